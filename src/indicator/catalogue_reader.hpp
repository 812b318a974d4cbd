#pragma once

#include "base/error.hpp"
#include "config/section.hpp"
#include "model/indicator.hpp"

#include <initializer_list>
#include <string_view>
#include <utility>

namespace skurd {

/// What is wrong with a catalogue, each mistake once, in the order of reading.
class Mistakes {
public:
    /// Does a part of the reading; false where it ended with an Error, which is noted.
    template <typename Work>
    bool attempt(Work work)
    {
        try {
            work();
            return true;
        } catch (const Error& failure) {
            add(failure.what());
            return false;
        }
    }
    void add(const std::string& mistake);
    const std::vector<std::string>& list() const { return list_; }
    std::size_t count() const { return list_.size(); }

private:
    std::vector<std::string> list_;
};

/// What the readers of indicators and of sets share. All throw Error (usage) with file and line.

/// A table { nb = "…", en = "…" }, both needed; or one string that stands for both.
LocalizedText require_localized_text(Section& section, std::string_view key);

/// One of the known words.
std::string require_choice(Section& section, std::string_view key, std::initializer_list<std::string_view> known);

Period require_period(Section& section, std::string_view key);
/// "2018-04-01", or "2018-04" where only the month is known: its first day.
std::pair<Time, Confidence> require_day(Section& section, std::string_view key);
Formula require_formula(Section& section, std::string_view key = "formula");

/// Indicators' numbers, as "9" or "1-16", ascending. Throws for one the catalogue does not have, and for one twice.
std::vector<int> read_numbers(Section& section, std::string_view key, const Catalogue& catalogue);

/// One `[[indicator]]` with its definitions, as far as it has no mistakes; those that it has are noted. Its number is
/// 0 where it has none.
Indicator read_indicator(Section& section, const std::string& part, Mistakes& mistakes);

/// What `for_each` and `codes` of an `[[indicator]]` say.
IndicatorTemplate read_template(Section& section, Indicator indicator);

/// One `[[set]]`; its members must be in the catalogue. `before` is the set before it in the same file, if any: what
/// left it must be retired, with a reason. After a mistake `set` has what stood before it.
void read_set(Section& section, const Catalogue& catalogue, const IndicatorSet* before, IndicatorSet& set);

} // namespace skurd
