#pragma once

#include "store/observation_store.hpp"
#include "store/vintage_store.hpp"
#include "tests/version/tried_store.hpp"

#include <optional>

namespace skurd::test {

/// The store itself, in a file or, with a URL, in that database; a sequence is a transaction of the database that is
/// never committed, and has commits in it.
class StoreOnTrial : public TriedStore {
public:
    explicit StoreOnTrial(const std::string& url = "") : fixture_(url)
    {
        for (int i = 0; i < payload_count; ++i)
            payloads_.push_back(fixture_.new_payload());
    }

    StoreSession& session() { return fixture_.store; }

    void begin() override { never_committed_.emplace(fixture_.store.database()); }
    void end() override { never_committed_.reset(); }

    bool ingest(const PlannedRelease& planned) override
    {
        fixture_.clock.set(planned.observed);
        try {
            VintageStore(fixture_.store)
                .ingest(planned.release(), {planned.published, "test", planned.confidence}, planned.origin,
                        payloads_[static_cast<std::size_t>(planned.payload)], 0, rules_for(planned));
            return true;
        } catch (const Error&) {
            return false;
        }
    }

    Cells state(const AsOf& as_of, std::optional<Time> published_from) override
    {
        Cells cells;
        if (VintageStore(fixture_.store).datasets().empty())
            return cells;
        for (const auto& found :
             ObservationStore(fixture_.store).as_of(Selector::parse("drop/table"), as_of, published_from))
            cells[{found.codes[0].second, found.period.text()}] = without_zeros(StoreFixture::word(found.value));
        return cells;
    }

private:
    static constexpr int payload_count = 12; ///< more than the longest sequence has

    StoreFixture fixture_;
    std::vector<PayloadRef> payloads_;
    std::optional<Database::Transaction> never_committed_;
};

} // namespace skurd::test
