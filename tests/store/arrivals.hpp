#pragma once

#include "base/error.hpp"
#include "model/ingest.hpp"
#include "model/payload.hpp"
#include "model/release.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/store/store_fixture.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace skurd::test {

/// Random sequences of releases, and a store that takes them in: what the tests of properties are made of.

using Key = std::pair<std::string, std::string>; ///< nr, period
using Cells = std::map<Key, std::string>;        ///< as StoreFixture::word writes values

/// One release, and when and how it arrives.
struct IncomingRelease {
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

/// Makes sequences of releases that revise, leave out, withdraw, bring back and repeat, in any order.
class ArrivalMaker {
public:
    explicit ArrivalMaker(unsigned seed) : random_(seed) {}

    std::vector<IncomingRelease> sequence()
    {
        std::vector<IncomingRelease> arrivals;
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
    static constexpr int series_count = 5;
    static constexpr int period_count = 4;

    int one_of(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

    Time some_day() { return at("2015-01-01") + std::chrono::hours(24 * one_of(6)); }

    IncomingRelease next()
    {
        IncomingRelease made;
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
    IncomingRelease repeat(const std::vector<IncomingRelease>& arrivals)
    {
        IncomingRelease again = arrivals[static_cast<std::size_t>(one_of(static_cast<int>(arrivals.size())))];
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

/// A store for such sequences; each is to be tried in a transaction that is taken back.
class ArrivalStore {
public:
    ArrivalStore()
    {
        for (int i = 0; i < payload_count; ++i)
            payloads_.push_back(fixture_.new_payload());
    }

    StoreSession& store() { return fixture_.store; }

    /// False when the release is refused.
    bool take(const IncomingRelease& arrival)
    {
        fixture_.clock.set(arrival.observed);
        IngestRules rules;
        rules.agreement.withdrawals = arrival.withdrawals_allowed;
        rules.agreement.anomalies = true; // random numbers are: tests/store/suspicion_test.cpp is about that
        rules.confirming_fetch_after = std::chrono::hours(1000);
        try {
            VintageStore(fixture_.store)
                .ingest(arrival.release(), {arrival.published, "test", Confidence::stated}, Origin::harvest,
                        payloads_[static_cast<std::size_t>(arrival.payload)], 0, rules);
            return true;
        } catch (const Error&) {
            return false;
        }
    }

private:
    static constexpr int payload_count = 12; ///< more than the longest sequence has

    StoreFixture fixture_;
    std::vector<PayloadRef> payloads_;
};

} // namespace skurd::test
