#include "decode/layout/read_layout.hpp"

#include "base/text.hpp"
#include "config/period_kind_key.hpp"
#include "decode/layout/layout_keys.hpp"
#include "decode/pattern.hpp"
#include "lib/icu/same_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace skurd {

namespace {

Meaning get_meaning(Section& table, const std::string& key)
{
    return table.require_choice(key, {Meaning::not_applicable, Meaning::not_available, Meaning::preliminary_missing,
                                      Meaning::confidential, Meaning::nil, Meaning::not_computable,
                                      Meaning::suppressed, Meaning::withdrawn, Meaning::not_asked});
}

/// "normal" says that a number is as it should be: SDMX's "A".
Meaning get_flag_meaning(Section& table, const std::string& key)
{
    if (table.get_string(key, "") == "normal")
        return Meaning::none;
    return table.require_choice(key, {Meaning::provisional, Meaning::estimated, Meaning::revised,
                                      Meaning::break_in_series, Meaning::low_reliability, Meaning::footnote,
                                      Meaning::not_applicable, Meaning::not_available, Meaning::preliminary_missing,
                                      Meaning::confidential, Meaning::nil, Meaning::not_computable,
                                      Meaning::suppressed, Meaning::withdrawn, Meaning::not_asked});
}

void check_dimensions(const Section& layout, const TableLayout& table)
{
    std::vector<std::string> ids = {table.period_id};
    if (!table.measures.empty())
        ids.push_back(table.measure_id);
    for (const auto& series : table.series)
        ids.push_back(series.id);
    for (const auto& across : table.across)
        if (across.role != Role::time) // its id is the period_id
            ids.push_back(across.id);
    for (const auto& [id, code] : table.fixed)
        ids.push_back(id);
    std::sort(ids.begin(), ids.end());
    if (const auto twice = std::adjacent_find(ids.begin(), ids.end()); twice != ids.end())
        layout.fail("series", fmt::format("two dimensions are called '{}': give one another id", *twice));
}

void read_missing(Section& layout, FileLayout& read)
{
    auto missing = layout.get_table("missing");
    if (!missing)
        return;
    for (const auto& mark : missing->keys()) {
        const auto meaning = get_meaning(*missing, mark);
        if (trim(mark) != mark || mark.empty())
            missing->fail(mark, "a missing mark cannot be empty or begin or end with a space");
        read.conventions.symbols[mark] = meaning;
        read.table.missing.push_back(mark);
    }
}

/// Notes in place of values: their symbol is the word of what they mean, since each note reads otherwise.
void read_notes(Section& layout, FileLayout& read)
{
    auto notes = layout.get_table("notes");
    if (!notes)
        return;
    for (const auto& pattern : notes->keys()) {
        const auto meaning = get_meaning(*notes, pattern);
        const std::string word(to_string(meaning));
        make_pattern(*notes, pattern, pattern);
        read.conventions.symbols[word] = meaning;
        read.table.notes.emplace_back(pattern, word);
    }
}

/// What stands behind numbers, or around them. What could be a part of the number itself is no flag.
void check_flag(Section& flags, const std::string& text, const TableLayout& table)
{
    const auto has = [&](Negative one) {
        return std::find(table.negatives.begin(), table.negatives.end(), one) != table.negatives.end();
    };
    if (trim(text) != text || text.empty())
        flags.fail(text, "a flag cannot be empty or begin or end with a space");
    if (text.find_first_not_of("0123456789.,+-%() ") == std::string::npos && text != TableFlag::around &&
        text.find(')') == std::string::npos)
        flags.fail(text, fmt::format("'{}' behind a number could be a part of it", text));
    if (text == TableFlag::around && has(Negative::parentheses))
        flags.fail(text, "'()' makes a number negative ('negatives') or flags it: not both");
}

void read_flags(Section& layout, FileLayout& read)
{
    auto flags = layout.get_table("flags");
    if (!flags)
        return;
    for (const auto& key : flags->keys()) {
        const auto meaning = get_flag_meaning(*flags, key);
        const auto text = same_text(key);
        check_flag(*flags, key, read.table);
        const auto known = read.conventions.symbols.find(text);
        if (known != read.conventions.symbols.end() && known->second != meaning)
            flags->fail(key, fmt::format("'{}' means '{}' in [layout.missing] or [layout.notes], and another thing "
                                         "here: one symbol has one meaning",
                                         key, to_string(known->second)));
        if (meaning != Meaning::none)
            read.conventions.symbols[text] = meaning;
        read.table.flags.push_back({text, meaning});
    }
    std::stable_sort(read.table.flags.begin(), read.table.flags.end(),
                     [](const auto& a, const auto& b) { return a.text.size() > b.text.size(); });
}

} // namespace

FileLayout read_layout(Section& layout)
{
    FileLayout read;
    read.conventions.periods.stated = get_period_kind(layout);
    read_place(layout, read.table);
    const bool reads_cells = !describes_itself(read.table.format);
    if (reads_cells) {
        read_series(layout, read.table);
        read_periods(layout, read.table);
        check_dimensions(layout, read.table);
        read_numbers(layout, read.table);
        read_notes(layout, read);
        read.conventions.time_dimension = read.table.period_id;
    } else {
        read.conventions.time_dimension = layout.get_string("period_id", "");
    }
    if (read.table.format == TableLayout::Format::px)
        read.conventions.symbols["-"] = Meaning::nil; // as the format's specification says
    read_missing(layout, read);
    if (reads_cells)
        read_flags(layout, read);
    return read;
}

} // namespace skurd
