// How numbers are written.
//
// A sheet says of most cells that they are numbers. Of texts each tells something: of two signs the last is the
// decimal one; a sign that comes twice separates thousands; one with other than three digits behind it, with more
// than three before it or behind a 0 is decimal. "1,234" alone tells nothing: if no other number does, it is a doubt.
#include "decode/layout/table_draft.hpp"

#include "base/text.hpp"
#include "decode/layout/write_layout.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t notes_shown_max = 5;

/// How often numbers tell what a sign is.
struct SignCount {
    std::size_t decimal = 0;
    std::size_t thousands = 0;
    std::size_t open = 0; ///< either
    std::string example;  ///< of an open one
};

struct NumberSigns {
    SignCount comma;
    SignCount point;
};

std::size_t digits_from(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9')
        ++end;
    return end - at;
}

void weigh_one(SignCount& evidence, const std::string& text, std::size_t at)
{
    const auto behind = digits_from(text, at + 1);
    std::size_t before = 0;
    while (before < at && text[at - before - 1] >= '0' && text[at - before - 1] <= '9')
        ++before;
    const bool zero = before > 0 && text[at - before] == '0';
    if (behind != 3 || before > 3 || before == 0 || zero) {
        ++evidence.decimal;
    } else {
        ++evidence.open;
        evidence.example = text;
    }
}

void weigh(NumberSigns& signs, const std::string& text)
{
    const auto comma = text.rfind(',');
    const auto point = text.rfind('.');
    const auto commas = std::count(text.begin(), text.end(), ',');
    const auto points = std::count(text.begin(), text.end(), '.');
    if (commas > 0 && points > 0) {
        ++(comma > point ? signs.comma : signs.point).decimal;
        ++(comma > point ? signs.point : signs.comma).thousands;
    } else if (commas > 1 || points > 1) {
        ++(commas > 1 ? signs.comma : signs.point).thousands;
    } else if (commas == 1) {
        weigh_one(signs.comma, text, comma);
    } else if (points == 1) {
        weigh_one(signs.point, text, point);
    }
}

void draft_signs(TableDraft& draft, const NumberSigns& signs)
{
    const auto for_point = signs.point.decimal + signs.comma.thousands;
    const auto for_comma = signs.comma.decimal + signs.point.thousands;
    auto& layout = draft.layout;
    if (for_point > for_comma || (for_point + for_comma == 0 && signs.point.open > 0 && signs.comma.open == 0)) {
        layout.decimal = '.';
        draft.findings.note("the decimal sign is taken to be a point");
    }
    const auto& other = layout.decimal == '.' ? signs.comma : signs.point;
    if (other.thousands + other.open > 0)
        layout.thousands.emplace_back(layout.decimal == '.' ? "," : ".");
    if (for_point > 0 && for_comma > 0)
        draft.findings.doubt("some numbers have a point for decimals and some a comma");
    const auto& open = signs.comma.open > 0 ? signs.comma : signs.point;
    if (for_point + for_comma == 0 && open.open > 0)
        draft.findings.doubt(
            fmt::format("'{}' has three digits behind its only sign: say in 'decimal' and 'thousands' "
                        "which of the two it is",
                        excerpt(open.example)));
}

void draft_texts(TableDraft& draft, const std::set<std::string>& texts)
{
    if (texts.empty())
        return;
    std::vector<std::string> shown;
    for (const auto& note : texts) {
        draft.layout.notes.emplace_back(pattern_of(note), "not available");
        if (shown.size() < notes_shown_max)
            shown.push_back("'" + excerpt(note) + "'");
    }
    draft.findings.doubt(fmt::format("{} texts stand among the values: {}{}. Are they notes in place of one, as "
                                     "[layout.notes] says?",
                                     texts.size(), join(shown, ", "), texts.size() > notes_shown_max ? ", …" : ""));
}

} // namespace

void draft_numbers(TableDraft& draft)
{
    NumberSigns signs;
    std::set<std::string> marks;
    std::set<std::string> texts;
    for (const auto row : draft.rows)
        for (std::size_t i = 0; i < draft.grid.width; ++i) {
            if (draft.columns[i].part != ColumnDraft::Part::value)
                continue;
            const auto& at = draft.grid.rows[row];
            if (at.guesses[i] == CellGuess::mark)
                marks.insert(at.texts[i]);
            else if (at.guesses[i] == CellGuess::text)
                texts.insert(at.texts[i]);
            else if (!at.typed[i])
                weigh(signs, at.texts[i]);
        }
    draft_signs(draft, signs);
    draft.layout.missing.assign(marks.begin(), marks.end());
    draft_texts(draft, texts);
    if (draft.grid.percent) {
        draft.layout.percent = TableLayout::Percent::percent;
        draft.findings.note("fractions shown as percent are read as percent");
    }
}

} // namespace skurd
