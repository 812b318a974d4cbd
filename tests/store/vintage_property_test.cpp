#include "store/observation_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/store/arrivals.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <set>

using namespace skurd;
using namespace skurd::test;

namespace {

std::string normal(const std::string& word)
{
    return word == "2.50" ? "2.5" : word;
}

/// The reference model: a full copy of every release. What a reader sees is told by laying those its clocks show
/// one over the other in the order of their publication, whatever the order they arrived in.
class FullCopies {
public:
    Cells state(const AsOf& as_of, std::optional<Time> from = {}) const
    {
        struct Said {
            std::string word;
            Time published{};
        };
        std::map<Key, Said> cells;
        for (const auto* copy : in_order(as_of)) {
            const auto series = copy->series();
            for (auto& [key, said] : cells)
                if (said.word != "withdrawn" && covers_silence(*copy, series, key))
                    said = {"withdrawn", copy->published};
            for (const auto& [key, word] : copy->said)
                cells[key] = {normal(word), copy->published};
        }
        Cells seen;
        for (const auto& [key, said] : cells)
            if (!from || said.published >= *from)
                seen[key] = said.word;
        return seen;
    }

    /// Takes a release in; false when it would withdraw too much.
    bool take(const IncomingRelease& arrival)
    {
        if (is_repeat(arrival))
            return true;
        std::size_t known = 0;
        std::size_t withdrawn = 0;
        const auto series = arrival.series();
        for (const auto& [key, word] : state({arrival.published, {}})) {
            const bool gone = covers_silence(arrival, series, key);
            if (word == "withdrawn" || (!gone && arrival.said.count(key) == 0))
                continue;
            ++known;
            withdrawn += gone ? 1 : 0;
        }
        if (!arrival.withdrawals_allowed && withdrawn * 50 > known)
            return false;
        copies_.push_back(arrival);
        return true;
    }

private:
    /// Whether the release says of the cell, by leaving it out, that it is gone.
    static bool covers_silence(const IncomingRelease& copy, const std::set<std::string>& series, const Key& key)
    {
        const bool asked_for = copy.coverage == Coverage::full_history ||
                               std::find(copy.periods.begin(), copy.periods.end(), key.second) != copy.periods.end();
        return copy.coverage != Coverage::partial && asked_for && series.count(key.first) > 0 &&
               copy.said.count(key) == 0;
    }

    bool is_repeat(const IncomingRelease& arrival) const
    {
        return std::any_of(copies_.begin(), copies_.end(), [&](const auto& copy) {
            return copy.payload == arrival.payload && copy.published == arrival.published;
        });
    }

    std::vector<const IncomingRelease*> in_order(const AsOf& as_of) const
    {
        std::vector<const IncomingRelease*> visible;
        for (const auto& copy : copies_)
            if ((!as_of.published || copy.published <= *as_of.published) &&
                (!as_of.known || copy.observed <= *as_of.known))
                visible.push_back(&copy);
        std::stable_sort(visible.begin(), visible.end(),
                         [](const auto* a, const auto* b) { return a->published < b->published; });
        return visible;
    }

    std::vector<IncomingRelease> copies_;
};

/// The store that all sequences are tried in, each in a transaction that is taken back.
class Trial {
public:
    /// What the store and the full copies disagree about; "" when they agree.
    std::string run(const std::vector<IncomingRelease>& arrivals)
    {
        StoreSession::Transaction never_committed(tried_.store());
        FullCopies copies;
        std::string differences;
        for (const auto& arrival : arrivals)
            if (!arrival.said.empty() && copies.take(arrival) != tried_.take(arrival))
                differences += "taken by one of the two: " + arrival.text();
        if (!VintageStore(tried_.store()).datasets().empty())
            differences += compare(arrivals, copies);
        return differences;
    }

private:
    std::string compare(const std::vector<IncomingRelease>& arrivals, const FullCopies& copies)
    {
        std::set<std::optional<Time>> publications = {std::nullopt, at("2014-01-01")};
        std::set<std::optional<Time>> sightings = {std::nullopt, at("2014-01-01")};
        for (const auto& arrival : arrivals) {
            publications.insert(arrival.published);
            sightings.insert(arrival.observed);
        }
        std::string differences;
        for (const auto published : publications) {
            for (const auto known : sightings)
                differences += check(copies, {published, known}, {});
            for (const auto from : publications)
                differences += check(copies, {published, {}}, from);
        }
        return differences;
    }

    std::string check(const FullCopies& copies, const AsOf& as_of, std::optional<Time> from)
    {
        Cells stored;
        for (const auto& found : ObservationStore(tried_.store()).as_of(Selector::parse("drop/table"), as_of, from))
            stored[{found.codes[0].second, found.period.text()}] = normal(StoreFixture::word(found.value));
        if (stored == copies.state(as_of, from))
            return "";
        const auto text = [](std::optional<Time> time) { return time ? format_time(*time) : "-"; };
        return fmt::format("as of {} known at {} from {}\n", text(as_of.published), text(as_of.known), text(from));
    }

    ArrivalStore tried_;
};

/// The shortest part of a failing sequence that still fails, as text.
std::string shrunk(Trial& trial, std::vector<IncomingRelease> arrivals)
{
    for (std::size_t i = 0; i < arrivals.size();) {
        auto fewer = arrivals;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        if (trial.run(fewer).empty()) {
            ++i;
        } else {
            arrivals = std::move(fewer);
            i = 0;
        }
    }
    for (auto& arrival : arrivals)
        for (const auto& [key, word] : Cells(arrival.said)) {
            arrival.said.erase(key);
            if (trial.run(arrivals).empty())
                arrival.said[key] = word;
        }
    std::string text;
    for (const auto& arrival : arrivals)
        text += arrival.text();
    return text + trial.run(arrivals);
}

} // namespace

TEST_CASE("the store answers every as-of question as a full copy of every release does", "[store]")
{
    Trial trial;
    const unsigned first_seed = 20191101;
    const unsigned sequences = SKURD_SEQUENCES;
    unsigned agreed = 0;
    for (unsigned seed = first_seed; seed < first_seed + sequences; ++seed) {
        const auto arrivals = ArrivalMaker(seed).sequence();
        if (trial.run(arrivals).empty())
            ++agreed;
        else
            FAIL_CHECK("seed " << seed << "\n" << shrunk(trial, arrivals));
    }
    CHECK(agreed == sequences);
}
