#pragma once

#include "model/release.hpp"
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace skurd::test {

/// Random sequences of releases: what the tests of properties are made of.

using Key = std::pair<std::string, std::string>; ///< nr, period
using Cells = std::map<Key, std::string>;        ///< as StoreFixture::word writes values

/// One release, and when and how it is to come.
struct PlannedRelease {
    Cells said;
    std::vector<std::string> periods;
    Coverage coverage = Coverage::partial;
    Time published{};
    Time observed{};
    int payload = 0; ///< which of the prepared ones
    bool withdrawals_allowed = true;
    Origin origin = Origin::drop; ///< or harvest: a live fetch
    Confidence confidence = Confidence::stated;

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
        return fmt::format("{} {} published {} ({}) seen {} payload {}{}: periods {}:{}\n", to_string(origin),
                           to_string(coverage), format_time(published), to_string(confidence), format_time(observed),
                           payload, withdrawals_allowed ? "" : " guarded", fmt::join(periods, ","), cells);
    }
};

/// What a sequence is of.
enum class Sort {
    placed, ///< files, long after they were published
    live,   ///< fetches, whose claims are old, new and ahead of them
    mixed   ///< both
};

/// Makes sequences of releases that revise, leave out, withdraw, bring back and repeat, in any order.
class SequenceMaker {
public:
    explicit SequenceMaker(unsigned seed, Sort sort = Sort::placed) : random_(seed), sort_(sort) {}

    std::vector<PlannedRelease> sequence()
    {
        if (sort_ != Sort::placed)
            return as_they_come();
        std::vector<PlannedRelease> planned;
        Time observed = at("2020-01-01");
        const int count = 3 + one_of(4);
        for (int i = 0; i < count; ++i) {
            observed += std::chrono::hours(one_of(4) == 0 ? 0 : 1);
            planned.push_back(planned.empty() || one_of(8) != 0 ? next() : repeat(planned));
            planned.back().observed = observed;
        }
        return planned;
    }

private:
    static constexpr int series_count = 5;
    static constexpr int period_count = 4;

    std::vector<PlannedRelease> as_they_come()
    {
        std::vector<PlannedRelease> planned;
        Time observed = at("2015-01-01T12:00:00Z");
        const int count = 3 + one_of(5);
        for (int i = 0; i < count; ++i) {
            observed += std::chrono::hours(12 * one_of(4) + 1);
            planned.push_back(planned.empty() || sort_ == Sort::mixed || one_of(6) != 0 ? next() : repeat(planned));
            auto& made = planned.back();
            made.observed = observed;
            made.origin = sort_ == Sort::live || one_of(2) == 0 ? Origin::harvest : Origin::drop;
            if (made.origin == Origin::drop)
                made.published = std::min(made.published, observed);
            else if (one_of(4) == 0)
                made.confidence = Confidence::arrival;
        }
        return planned;
    }

    int one_of(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

    Time some_day() { return at("2015-01-01") + std::chrono::hours(24 * one_of(6)); }

    PlannedRelease next()
    {
        PlannedRelease made;
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
    PlannedRelease repeat(const std::vector<PlannedRelease>& planned)
    {
        PlannedRelease again = planned[static_cast<std::size_t>(one_of(static_cast<int>(planned.size())))];
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
    Sort sort_;
    Cells truth_;
    int payloads_ = 0;
};

} // namespace skurd::test
