#include "base/error.hpp"
#include "base/text.hpp"
#include "indicator/catalogue_reader.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>

namespace skurd {

namespace {

int read_number(std::string_view text, std::string_view key, const Section& section)
{
    text = trim(text);
    int number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size() || number < 1)
        section.fail(key, fmt::format("'{}' is not an indicator's number", text));
    return number;
}

/// "9" or "9-12".
std::pair<int, int> read_range(std::string_view text, std::string_view key, const Section& section)
{
    const auto ends = split(text, '-');
    const int first = read_number(ends.front(), key, section);
    const int last = read_number(ends.back(), key, section);
    if (ends.size() > 2 || last < first || last - first > 9999)
        section.fail(key, fmt::format("'{}' is not a range of numbers such as 1-16", text));
    return {first, last};
}

bool is_member(const IndicatorSet& set, int number)
{
    return std::binary_search(set.members.begin(), set.members.end(), number);
}

void read_numbers_then(Section& section, IndicatorSet& set)
{
    auto table = section.get_table("numbers");
    if (!table)
        return;
    for (const auto& key : table->keys()) {
        const int today = read_number(key, key, *table);
        if (!is_member(set, today))
            table->fail(key, fmt::format("indicator {} is not a member of the set", today));
        set.numbers[today] = static_cast<int>(table->require_integer(key, 1, 9999));
    }
}

void read_merged(Section& section, IndicatorSet& set)
{
    for (auto& table : section.get_tables("merged")) {
        MergedNumber merged;
        merged.number = static_cast<int>(table.require_integer("number", 1, 9999));
        merged.into = static_cast<int>(table.require_integer("into", 1, 9999));
        if (!is_member(set, merged.into))
            table.fail("into", fmt::format("indicator {} is not a member of the set", merged.into));
        merged.label = require_localized_text(table, "label");
        merged.formula = require_formula(table);
        set.merged.push_back(std::move(merged));
    }
}

/// Those named one by one, and all of the parts named; each once, ascending. Templates stand apart.
void read_members(Section& section, const Catalogue& catalogue, IndicatorSet& set)
{
    std::set<int> members;
    std::set<int> templates;
    for (const int number : read_numbers(section, "members", catalogue))
        (catalogue.find(number) ? members : templates).insert(number);
    for (const auto& part : section.get_strings("parts")) {
        if (!catalogue.parts.contains(part))
            section.fail("parts", fmt::format("there is no part '{}'", part));
        for (const auto& indicator : catalogue.indicators)
            if (indicator.part == part)
                members.insert(indicator.number);
        for (const auto& one : catalogue.templates)
            if (one.indicator.part == part)
                templates.insert(one.indicator.number);
    }
    set.members.assign(members.begin(), members.end());
    set.templates.assign(templates.begin(), templates.end());
}

/// "30rev" as 30 and "rev".
std::pair<int, std::string> read_number_with_suffix(Section& section)
{
    const auto text = section.require_string("number");
    const auto digits = text.find_first_not_of("0123456789");
    constexpr std::size_t suffix_max = 8;
    if (digits == 0 || digits == std::string::npos || text.size() - digits > suffix_max)
        section.fail("number", fmt::format("'{}' is not a number with a suffix such as 30rev", text));
    for (const char c : text.substr(digits))
        if (c < 'a' || c > 'z')
            section.fail("number", fmt::format("'{}': a suffix is of the letters a to z", text));
    return {read_number(text.substr(0, digits), "number", section), text.substr(digits)};
}

void read_revised(Section& section, IndicatorSet& set)
{
    for (auto& table : section.get_tables("revised")) {
        RevisedNumber revised;
        std::tie(revised.number, revised.suffix) = read_number_with_suffix(table);
        revised.of = static_cast<int>(table.require_integer("of", 1, 9999));
        if (!is_member(set, revised.of))
            table.fail("of", fmt::format("indicator {} is not a member of the set", revised.of));
        revised.label = require_localized_text(table, "label");
        revised.reason = require_localized_text(table, "reason");
        revised.formula = require_formula(table);
        for (const auto& other : set.revised)
            if (other.number == revised.number && other.suffix == revised.suffix)
                table.fail("number", fmt::format("the set has the number {}{} twice", other.number, other.suffix));
        set.revised.push_back(std::move(revised));
    }
}

std::string list_of(const std::vector<int>& numbers)
{
    return fmt::format("{}", fmt::join(numbers, ", "));
}

/// What left since the set before must be retired with a reason, and nothing else can be.
void read_retired(Section& section, const Catalogue& catalogue, const IndicatorSet* before, IndicatorSet& set)
{
    std::vector<int> left;
    for (const int number : before ? before->members : std::vector<int>())
        if (!is_member(set, number))
            left.push_back(number);
    for (auto& table : section.get_tables("retired")) {
        const auto reason = require_localized_text(table, "reason");
        for (const int number : read_numbers(table, "indicators", catalogue)) {
            if (std::find(left.begin(), left.end(), number) == left.end())
                table.fail("indicators", fmt::format("indicator {} did not leave: it is a member of this set, or was "
                                                     "none of the set before",
                                                     number));
            set.retired.push_back({number, reason});
        }
    }
    std::sort(set.retired.begin(), set.retired.end(),
              [](const auto& a, const auto& b) { return a.indicator < b.indicator; });
    std::erase_if(left, [&](int number) {
        return std::any_of(set.retired.begin(), set.retired.end(),
                           [&](const auto& r) { return r.indicator == number; });
    });
    if (!left.empty())
        section.fail("members", fmt::format("the set lacks {} of set {}: say why in [[set.retired]], with indicators "
                                            "and reason",
                                            list_of(left), before->number));
}

void read_tables(Section& section, const Catalogue& catalogue, IndicatorSet& set)
{
    for (const auto& [part, table] : section.get_string_table("tables")) {
        if (!catalogue.parts.contains(part))
            section.fail("tables", fmt::format("there is no part '{}'", part));
        set.tables[part] = table;
    }
}

/// "plan", or a part of the catalogue.
void read_own_words(Section& section, const Catalogue& catalogue, IndicatorSet& set)
{
    for (auto& table : section.get_tables("own_words")) {
        auto part = table.require_string("part");
        if (part == "plan")
            part.clear();
        else if (!catalogue.parts.contains(part))
            table.fail("part", fmt::format("there is no part '{}'; say plan for the whole plan", part));
        set.own_words.push_back({std::move(part), {table.require_string("nb"), table.require_string("en")}});
    }
}

/// Which columns the report prints.
void read_columns(Section& section, IndicatorSet& set)
{
    const auto layout = section.get_choice("layout", "years", {"years", "every year", "newest"});
    set.values = layout == "newest"       ? ValueColumns::newest
                 : layout == "every year" ? ValueColumns::every
                                          : ValueColumns::recent;
    if (!section.has("changes"))
        return;
    set.changes.clear();
    for (const auto& word : section.get_strings("changes")) {
        const auto column = from_word<ChangeColumn>(word);
        if (!column)
            section.fail("changes", fmt::format("'{}' is no change column (known: {})", word,
                                                fmt::join(enum_words<ChangeColumn>, ", ")));
        if (std::find(set.changes.begin(), set.changes.end(), *column) != set.changes.end())
            section.fail("changes", fmt::format("'{}' is named twice", word));
        set.changes.push_back(*column);
    }
}

/// Each number of the report must stand for one thing, and there must be as many as stated.
void check_numbers(Section& section, const IndicatorSet& set)
{
    std::set<int> used;
    const auto use = [&](int number) {
        if (!used.insert(number).second)
            section.fail("numbers", fmt::format("the set has the number {} twice", number));
    };
    for (const int member : set.members)
        use(set.numbers.contains(member) ? set.numbers.at(member) : member);
    for (const auto& merged : set.merged)
        use(merged.number);
    const auto count = section.get_integer("count", -1, 0, 9999);
    if (count >= 0 && static_cast<std::int64_t>(used.size()) != count)
        section.fail("count", fmt::format("the set has {} numbers, not {}", used.size(), count));
}

} // namespace

std::vector<int> read_numbers(Section& section, std::string_view key, const Catalogue& catalogue)
{
    std::set<int> numbers;
    for (const auto& text : section.get_strings(key)) {
        const auto [first, last] = read_range(text, key, section);
        for (int number = first; number <= last; ++number) {
            if (!catalogue.find(number) && !catalogue.find_template(number))
                section.fail(key, fmt::format("there is no indicator {}", number));
            if (!numbers.insert(number).second)
                section.fail(key, fmt::format("indicator {} is named twice", number));
        }
    }
    return {numbers.begin(), numbers.end()};
}

void read_set(Section& section, const Catalogue& catalogue, const IndicatorSet* before, IndicatorSet& set)
{
    set.number = static_cast<int>(section.require_integer("number", 1, 9999));
    set.title = require_localized_text(section, "title");
    if (section.has("note"))
        set.note = require_localized_text(section, "note");
    if (section.has("published"))
        std::tie(set.published, set.published_known) = require_day(section, "published");
    if (section.get_choice("figures", "known", {"known", "unknown"}) == "unknown")
        set.figures = SetFigures::unknown;
    set.baseline = require_period(section, "baseline");
    read_columns(section, set);
    read_members(section, catalogue, set);
    read_numbers_then(section, set);
    read_merged(section, set);
    read_revised(section, set);
    read_own_words(section, catalogue, set);
    read_retired(section, catalogue, before, set);
    read_tables(section, catalogue, set);
    check_numbers(section, set);
}

} // namespace skurd
