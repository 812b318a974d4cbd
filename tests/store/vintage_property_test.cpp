#include "base/error.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <random>
#include <set>

using namespace skurd;
using namespace skurd::test;

namespace {

using Key = std::pair<std::string, std::string>; ///< nr, period
using Cells = std::map<Key, std::string>;        ///< as StoreFixture::word writes values

constexpr int series_count = 5;
constexpr int period_count = 4;
constexpr int payload_count = 12;

/// One release, and when and how it arrives.
struct Arrival {
    Cells said;
    std::vector<std::string> periods;
    Coverage coverage = Coverage::partial;
    Time published{};
    Time observed{};
    int payload = 0; ///< which of the prepared ones
    bool withdrawals_allowed = true;

    std::set<std::string> series() const
    {
        std::set<std::string> numbers;
        for (const auto& [key, word] : said)
            numbers.insert(key.first);
        return numbers;
    }

    Release release() const
    {
        std::map<std::string, std::vector<std::string>> rows;
        for (const auto& nr : series())
            for (const auto& period : periods) {
                const auto cell = said.find({nr, period});
                rows[nr].push_back(cell == said.end() ? "" : cell->second);
            }
        return release_of(periods, rows, coverage);
    }

    std::string text() const
    {
        std::string cells;
        for (const auto& [key, word] : said)
            cells += " " + key.first + "/" + key.second + "=" + word;
        return fmt::format("{} published {} seen {} payload {}{}: periods {}:{}\n", to_string(coverage),
                           format_time(published), format_time(observed), payload,
                           withdrawals_allowed ? "" : " guarded", fmt::join(periods, ","), cells);
    }
};

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
    bool take(const Arrival& arrival)
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
    static bool covers_silence(const Arrival& copy, const std::set<std::string>& series, const Key& key)
    {
        const bool asked_for = copy.coverage == Coverage::whole ||
                               std::find(copy.periods.begin(), copy.periods.end(), key.second) != copy.periods.end();
        return copy.coverage != Coverage::partial && asked_for && series.count(key.first) > 0 &&
               copy.said.count(key) == 0;
    }

    bool is_repeat(const Arrival& arrival) const
    {
        return std::any_of(copies_.begin(), copies_.end(), [&](const auto& copy) {
            return copy.payload == arrival.payload && copy.published == arrival.published;
        });
    }

    std::vector<const Arrival*> in_order(const AsOf& as_of) const
    {
        std::vector<const Arrival*> visible;
        for (const auto& copy : copies_)
            if ((!as_of.published || copy.published <= *as_of.published) &&
                (!as_of.known || copy.observed <= *as_of.known))
                visible.push_back(&copy);
        std::stable_sort(visible.begin(), visible.end(),
                         [](const auto* a, const auto* b) { return a->published < b->published; });
        return visible;
    }

    std::vector<Arrival> copies_;
};

/// Makes sequences of releases that revise, leave out, withdraw, bring back and repeat, in any order.
class ArrivalMaker {
public:
    explicit ArrivalMaker(unsigned seed) : random_(seed) {}

    std::vector<Arrival> sequence()
    {
        std::vector<Arrival> arrivals;
        Time observed = at("2020-01-01");
        const int count = 3 + one_of(4);
        for (int i = 0; i < count; ++i) {
            observed += std::chrono::hours(one_of(4) == 0 ? 0 : 1);
            arrivals.push_back(arrivals.empty() || one_of(8) != 0 ? next() : repeat(arrivals));
            arrivals.back().observed = observed;
        }
        return arrivals;
    }

private:
    int one_of(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

    Time some_day() { return at("2015-01-01") + std::chrono::hours(24 * one_of(6)); }

    Arrival next()
    {
        Arrival made;
        const int first = one_of(3) == 0 ? one_of(period_count - 1) : 0;
        const int count = one_of(3) == 0 ? 1 + one_of(period_count - first) : period_count - first;
        const int left_out = one_of(4) == 0 ? one_of(count) : -1;
        for (int i = 0; i < count; ++i)
            if (i != left_out || count == 1)
                made.periods.push_back(std::to_string(2010 + first + i));
        const int change_percent = one_of(2) == 0 ? 0 : one_of(50);
        const int gap_percent = one_of(2) == 0 ? 0 : one_of(30);
        for (int nr = one_of(3) == 0 ? one_of(series_count) : 0; nr < series_count; ++nr)
            for (const auto& period : made.periods)
                say(made.said, {std::to_string(nr), period}, change_percent, gap_percent);
        made.coverage = static_cast<Coverage>(one_of(3));
        made.published = some_day();
        made.payload = payloads_++;
        made.withdrawals_allowed = one_of(4) != 0;
        return made;
    }

    /// The same bytes again, on the same day or another.
    Arrival repeat(const std::vector<Arrival>& arrivals)
    {
        Arrival again = arrivals[static_cast<std::size_t>(one_of(static_cast<int>(arrivals.size())))];
        if (one_of(2) == 0)
            again.published = some_day();
        return again;
    }

    void say(Cells& said, const Key& key, int change_percent, int gap_percent)
    {
        auto& value = truth_[key];
        if (value.empty() || one_of(100) < change_percent) {
            const std::string words[] = {"1", "2.5", "2.50", "-3.75", ":", "missing", "4.5*"};
            value = words[one_of(7)];
        }
        if (one_of(100) >= gap_percent)
            said[key] = value;
    }

    std::mt19937 random_;
    Cells truth_;
    int payloads_ = 0;
};

/// The store that all sequences are tried in, each in a transaction that is taken back.
class Trial {
public:
    Trial()
    {
        for (int i = 0; i < payload_count; ++i)
            payloads_.push_back(fixture_.new_payload());
    }

    /// What the store and the full copies disagree about; "" when they agree.
    std::string run(const std::vector<Arrival>& arrivals)
    {
        Store::Transaction never_committed(fixture_.store);
        FullCopies copies;
        std::string differences;
        for (const auto& arrival : arrivals)
            if (!arrival.said.empty() && copies.take(arrival) != take(arrival))
                differences += "taken by one of the two: " + arrival.text();
        if (!fixture_.store.datasets().empty())
            differences += compare(arrivals, copies);
        return differences;
    }

private:
    bool take(const Arrival& arrival)
    {
        fixture_.clock.set(arrival.observed);
        AcceptRules rules;
        rules.withdrawals_allowed = arrival.withdrawals_allowed;
        rules.second_look_after = std::chrono::hours(1000);
        try {
            fixture_.store.accept(arrival.release(), {arrival.published, "test", Confidence::stated}, Origin::harvest,
                                  payloads_[static_cast<std::size_t>(arrival.payload)], 0, rules);
            return true;
        } catch (const Error&) {
            return false;
        }
    }

    std::string compare(const std::vector<Arrival>& arrivals, const FullCopies& copies)
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
        for (const auto& found : fixture_.store.observations(Selector::parse("drop/table"), as_of, from))
            stored[{found.codes[0].second, found.period.text()}] = normal(StoreFixture::word(found.value));
        if (stored == copies.state(as_of, from))
            return "";
        const auto text = [](std::optional<Time> time) { return time ? format_time(*time) : "-"; };
        return fmt::format("as of {} known at {} from {}\n", text(as_of.published), text(as_of.known), text(from));
    }

    StoreFixture fixture_;
    std::vector<PayloadRef> payloads_;
};

/// The shortest part of a failing sequence that still fails, as text.
std::string shrunk(Trial& trial, std::vector<Arrival> arrivals)
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
    const unsigned sequences = 2000;
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
