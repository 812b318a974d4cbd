#include "store/engine/dataset_parts.hpp"

#include <algorithm>
#include <charconv>

namespace skurd {

namespace {

constexpr std::string_view opening = "/*:";
constexpr std::string_view closing = "*/";

/// Calls `visit(text, whether it is such a part)` for one piece of the statement after another.
template <typename Visitor>
void for_each_piece(std::string_view sql, Visitor visit)
{
    for (auto at = sql.find(opening); at != std::string_view::npos; at = sql.find(opening)) {
        visit(sql.substr(0, at), false);
        sql.remove_prefix(at + opening.size());
        const auto end = sql.find(closing);
        visit(sql.substr(0, end), true);
        sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + closing.size());
    }
    visit(sql, false);
}

int highest_parameter(std::string_view sql)
{
    int highest = 0;
    for (auto at = sql.find('$'); at != std::string_view::npos; at = sql.find('$', at + 1)) {
        int number = 0;
        std::from_chars(sql.data() + at + 1, sql.data() + sql.size(), number);
        highest = std::max(highest, number);
    }
    return highest;
}

} // namespace

std::string with_dataset_parts(std::string_view sql)
{
    std::string whole;
    whole.reserve(sql.size());
    for_each_piece(sql, [&](std::string_view piece, bool /*is_part*/) { whole += piece; });
    return whole;
}

std::string without_dataset_parts(std::string_view sql)
{
    std::string rest;
    rest.reserve(sql.size());
    for_each_piece(sql, [&](std::string_view piece, bool is_part) { rest += is_part ? "" : piece; });
    return rest;
}

std::string dataset_parts_if(bool is_one, std::string_view sql)
{
    return is_one ? std::string(sql) : without_dataset_parts(sql);
}

int last_dataset_parameter(std::string_view sql)
{
    int last = 0;
    for_each_piece(sql, [&](std::string_view piece, bool is_part) {
        if (is_part)
            last = std::max(last, highest_parameter(piece));
    });
    return last;
}

} // namespace skurd
