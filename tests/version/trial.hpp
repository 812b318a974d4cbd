#pragma once

#include "tests/support/catch.hpp"
#include "tests/version/full_copies.hpp"
#include "tests/version/planned_releases.hpp"
#include "tests/version/tried_store.hpp"

#include <fmt/format.h>

#include <set>

namespace skurd::test {

/// One sequence after another, in one store.
class Trial {
public:
    explicit Trial(TriedStore& tried) : tried_(tried) {}

    /// What the store and the full copies disagree about; "" when they agree.
    std::string run(const std::vector<PlannedRelease>& sequence)
    {
        tried_.begin();
        FullCopies copies;
        std::string differences;
        for (const auto& planned : sequence)
            if (!planned.said.empty())
                differences += ingest(sequence, planned, copies);
        differences += compare(sequence, copies);
        tried_.end();
        return differences;
    }

private:
    /// Also, of a live fetch that is accepted: every cell it covers reads as it said, now and from its arrival on,
    /// and nothing that was to be read as of a time before its place has become another.
    std::string ingest(const std::vector<PlannedRelease>& sequence, const PlannedRelease& planned, FullCopies& copies)
    {
        const auto size = copies.size();
        std::map<Time, Cells> before;
        if (planned.origin == Origin::harvest)
            for (const auto& other : sequence)
                for (const auto time : {other.published, other.observed})
                    before[time] = tried_.state({time, {}}, {});
        const bool accepted = copies.ingest(planned);
        if (accepted != tried_.ingest(planned))
            return "ingested by one of the two: " + planned.text();
        if (!accepted || planned.origin != Origin::harvest)
            return "";
        std::string differences;
        const auto covered = FullCopies::covered(planned);
        for (const auto& as_of : {AsOf{}, AsOf{planned.observed, {}}}) {
            const auto now = tried_.state(as_of, {});
            for (const auto& [key, word] : covered)
                if (const auto found = now.find(key); (found == now.end() ? "withdrawn" : found->second) != word)
                    differences +=
                        fmt::format("{}/{} is not {} after {}", key.first, key.second, word, planned.text());
        }
        for (const auto& [time, cells] : before)
            if (copies.size() > size && time < copies.last_place() && tried_.state({time, {}}, {}) != cells)
                differences += fmt::format("as of {} another after {}", format_time(time), planned.text());
        return differences;
    }

    std::string compare(const std::vector<PlannedRelease>& sequence, const FullCopies& copies)
    {
        std::set<std::optional<Time>> publications = {std::nullopt, at("2014-01-01")};
        std::set<std::optional<Time>> sightings = {std::nullopt, at("2014-01-01")};
        for (const auto& planned : sequence) {
            publications.insert(planned.published);
            sightings.insert(planned.observed);
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
        if (tried_.state(as_of, from) == copies.state(as_of, from))
            return "";
        const auto text = [](std::optional<Time> time) { return time ? format_time(*time) : "-"; };
        return fmt::format("as of {} known at {} from {}\n", text(as_of.published), text(as_of.known), text(from));
    }

    TriedStore& tried_;
};

/// The shortest part of a failing sequence that still fails, as text.
inline std::string shrunk(Trial& trial, std::vector<PlannedRelease> sequence)
{
    for (std::size_t i = 0; i < sequence.size();) {
        auto fewer = sequence;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        if (trial.run(fewer).empty()) {
            ++i;
        } else {
            sequence = std::move(fewer);
            i = 0;
        }
    }
    for (auto& planned : sequence)
        for (const auto& [key, word] : Cells(planned.said)) {
            planned.said.erase(key);
            if (trial.run(sequence).empty())
                planned.said[key] = word;
        }
    std::string text;
    for (const auto& planned : sequence)
        text += planned.text();
    return text + trial.run(sequence);
}

inline void check_sequences(TriedStore& tried, unsigned count, Sort sort)
{
    Trial trial(tried);
    const unsigned first_seed = 20191101;
    unsigned agreed = 0;
    for (unsigned seed = first_seed; seed < first_seed + count && seed < first_seed + agreed + 3; ++seed) {
        const auto sequence = SequenceMaker(seed, sort).sequence();
        if (trial.run(sequence).empty())
            ++agreed;
        else
            FAIL_CHECK("seed " << seed << "\n" << shrunk(trial, sequence));
    }
    CHECK(agreed == count);
}

} // namespace skurd::test
