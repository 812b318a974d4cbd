// The property that versions stand on: whatever comes in whatever order, every question is answered as a full copy of
// every release would answer it. Tried on the algorithm over plain maps, often, and on the store, with its SQL.
#include "tests/support/catch.hpp"
#include "tests/version/memory_versions.hpp"
#include "tests/version/planned_releases.hpp"
#include "tests/version/sqlite_store.hpp"

#include <algorithm>
#include <set>

using namespace skurd;
using namespace skurd::test;

namespace {

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
                cells[key] = {without_zeros(word), copy->published};
        }
        Cells seen;
        for (const auto& [key, said] : cells)
            if (!from || said.published >= *from)
                seen[key] = said.word;
        return seen;
    }

    /// False when it would withdraw too much.
    bool ingest(const PlannedRelease& planned)
    {
        if (is_repeat(planned))
            return true;
        std::size_t known = 0;
        std::size_t withdrawn = 0;
        const auto series = planned.series();
        for (const auto& [key, word] : state({planned.published, {}})) {
            const bool gone = covers_silence(planned, series, key);
            if (word == "withdrawn" || (!gone && !planned.said.contains(key)))
                continue;
            ++known;
            withdrawn += gone ? 1 : 0;
        }
        if (!planned.withdrawals_allowed && withdrawn * 50 > known)
            return false;
        copies_.push_back(planned);
        return true;
    }

private:
    /// Whether the release says of the cell, by leaving it out, that it is gone.
    static bool covers_silence(const PlannedRelease& copy, const std::set<std::string>& series, const Key& key)
    {
        const bool asked_for = copy.coverage == Coverage::full_history ||
                               std::find(copy.periods.begin(), copy.periods.end(), key.second) != copy.periods.end();
        return copy.coverage != Coverage::partial && asked_for && series.contains(key.first) &&
               !copy.said.contains(key);
    }

    bool is_repeat(const PlannedRelease& planned) const
    {
        return std::any_of(copies_.begin(), copies_.end(), [&](const auto& copy) {
            return copy.payload == planned.payload && copy.published == planned.published;
        });
    }

    std::vector<const PlannedRelease*> in_order(const AsOf& as_of) const
    {
        std::vector<const PlannedRelease*> visible;
        for (const auto& copy : copies_)
            if ((!as_of.published || copy.published <= *as_of.published) &&
                (!as_of.known || copy.observed <= *as_of.known))
                visible.push_back(&copy);
        std::stable_sort(visible.begin(), visible.end(),
                         [](const auto* a, const auto* b) { return a->published < b->published; });
        return visible;
    }

    std::vector<PlannedRelease> copies_;
};

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
            if (!planned.said.empty() && copies.ingest(planned) != tried_.ingest(planned))
                differences += "ingested by one of the two: " + planned.text();
        differences += compare(sequence, copies);
        tried_.end();
        return differences;
    }

private:
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
std::string shrunk(Trial& trial, std::vector<PlannedRelease> sequence)
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

void check_sequences(TriedStore& tried, unsigned count)
{
    Trial trial(tried);
    const unsigned first_seed = 20191101;
    unsigned agreed = 0;
    for (unsigned seed = first_seed; seed < first_seed + count; ++seed) {
        const auto sequence = SequenceMaker(seed).sequence();
        if (trial.run(sequence).empty())
            ++agreed;
        else
            FAIL_CHECK("seed " << seed << "\n" << shrunk(trial, sequence));
    }
    CHECK(agreed == count);
}

} // namespace

TEST_CASE("the algorithm of versions answers every as-of question as a full copy of every release does", "[version]")
{
    MemoryStore tried;
    check_sequences(tried, 2 * SKURD_SEQUENCES);
}

TEST_CASE("the store answers every as-of question as a full copy of every release does", "[version]")
{
    SqliteStore tried;
    check_sequences(tried, SKURD_SEQUENCES);
}
