#include "decode/px/px.hpp"

#include "base/text.hpp"
#include "decode/csv/encoding.hpp"
#include "decode/px/parts.hpp"
#include "lib/icu/same_text.hpp"
#include "lib/icu/text_converter.hpp"

#include <algorithm>

namespace skurd {

namespace {

using namespace px;

constexpr std::string_view utf8_mark = "\xef\xbb\xbf";

/// The value of a keyword whose letters are ASCII in every code page: CODEPAGE="iso-8859-1".
std::string_view ascii_value(std::string_view bytes, std::string_view keyword)
{
    const auto head = bytes.substr(0, 10'000);
    const auto at = head.find(std::string(keyword) + "=\"");
    if (at == std::string_view::npos)
        return "";
    const auto begin = at + keyword.size() + 2;
    const auto end = head.find('"', begin);
    return end == std::string_view::npos ? "" : head.substr(begin, end - begin);
}

/// The text by what it says of itself. Without CHARSET a file is of the time of DOS (code page 850). What is valid
/// UTF-8 with letters beyond ASCII is nothing else, whatever CODEPAGE says.
std::string text_of(std::string_view bytes)
{
    if (is_valid_utf8(bytes) || bytes.starts_with(utf8_mark))
        return decode_text(bytes, "utf-8").utf8;
    std::string page(ascii_value(bytes, "CODEPAGE"));
    constexpr std::size_t longest_name = 40;
    if (page.size() > longest_name || !std::all_of(page.begin(), page.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
        }))
        throw error("CODEPAGE is '{}', which is no character set", excerpt(page));
    const auto lowered = to_lower(page);
    if (page.empty() && ascii_value(bytes, "CHARSET").empty())
        return same_text(utf8_from(bytes, "cp850"));
    if (page.empty() || lowered == "iso-8859-1" || lowered == "latin1" || lowered == "windows-1252")
        return decode_text(bytes, "windows-1252").utf8; // of which Latin-1 is a part
    if (lowered.starts_with("utf-16") || lowered.starts_with("utf-32"))
        throw error("CODEPAGE is '{}', and the file is not written in it", excerpt(page));
    return same_text(utf8_from(bytes, page));
}

/// "Kjønn: Gjelder fra 2015."
void add_notes(const Keywords& keywords, std::vector<std::string>& notes)
{
    for (const auto* name : {"NOTEX", "NOTE", "VALUENOTEX", "VALUENOTE", "CELLNOTEX", "CELLNOTE"})
        for (const auto* keyword : keywords.all(name)) {
            auto text = keyword->values.empty() ? "" : with_line_ends(keyword->values.front());
            if (!keyword->subjects.empty())
                text.insert(0, join(keyword->subjects, ", ") + ": ");
            notes.push_back(std::move(text));
        }
}

/// The newest of LAST-UPDATED, of the file or of its contents: "20251027 08:00" orders as text.
std::string last_updated(const Keywords& keywords)
{
    std::string newest;
    for (const auto* keyword : keywords.all("LAST-UPDATED"))
        if (!keyword->values.empty())
            newest = std::max(newest, keyword->values.front());
    return newest;
}

Cube described(const Keywords& keywords)
{
    Cube cube;
    const auto first_of = [&](std::initializer_list<std::string_view> names) {
        for (const auto name : names)
            if (auto text = keywords.text(name); !text.empty())
                return text;
        return std::string();
    };
    cube.label = replace_all(first_of({"TITLE", "DESCRIPTION", "CONTENTS"}), "#", " ");
    cube.source = keywords.text("SOURCE");
    cube.table_id = first_of({"TABLEID", "MATRIX"});
    cube.updated = last_updated(keywords);
    cube.next_update = keywords.text("NEXT-UPDATE");
    cube.language = keywords.text("LANGUAGE");
    cube.discontinued = keywords.text("DISCONTINUED") == "YES";
    add_notes(keywords, cube.notes);
    return cube;
}

} // namespace

bool is_px(std::string_view bytes)
{
    if (bytes.starts_with(utf8_mark))
        bytes.remove_prefix(utf8_mark.size());
    bytes = trim(bytes.substr(0, 64U << 20));
    const auto end = bytes.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789");
    if (end == std::string_view::npos || end < 4 ||
        std::string_view("=[(").find(bytes[end]) == std::string_view::npos)
        return false;
    const auto has_line = [&](std::string_view beginning) {
        const auto at = bytes.find("\n" + std::string(beginning));
        return at != std::string_view::npos || bytes.starts_with(beginning);
    };
    return has_line("DATA=") && (has_line("STUB=") || has_line("HEADING="));
}

Cube decode_px(std::string_view bytes, const PxLimits& limits, std::vector<std::string>* notes)
{
    if (bytes.size() > limits.bytes)
        throw error("the PX file has {} bytes, more than the {} that are read", bytes.size(), limits.bytes);
    const auto text = text_of(bytes);
    const Keywords keywords(text);
    auto cube = described(keywords);
    const auto variables = read_variables(keywords);
    for (const auto& variable : variables.all)
        cube.dimensions.push_back(variable.dimension);
    const auto count = cube.cell_count();
    const auto cells_max = std::min(limits.cells, bounds_of(bytes.size()).cells);
    if (count == 0 || count > cells_max)
        throw error("the values multiply to {} cells; 1 to {} are read", count, cells_max);
    read_data(keywords, variables, cube, notes);
    return cube;
}

} // namespace skurd
