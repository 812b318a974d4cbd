#include "base/web_page.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t beginning_size = 500;

constexpr std::string_view first_elements[] = {"!doctype html", "html", "head", "title", "body", "center", "h1", "h2",
                                               "div",           "p",    "meta", "script"};

void skip_declaration(std::string_view& text)
{
    if (!text.starts_with("<?xml"))
        return;
    text.remove_prefix(std::min(text.find('>'), text.size() - 1) + 1);
    text = trim(text);
}

} // namespace

bool is_web_page(std::string_view bytes, std::string_view media_type)
{
    if (media_type == "text/html")
        return true;
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (bytes.starts_with(byte_order_mark))
        bytes.remove_prefix(byte_order_mark.size());
    const auto beginning = to_lower(bytes.substr(0, beginning_size));
    auto text = trim(beginning);
    skip_declaration(text);
    if (!text.starts_with('<'))
        return false;
    text.remove_prefix(1);
    return std::any_of(std::begin(first_elements), std::end(first_elements), [&](std::string_view element) {
        return text.starts_with(element) &&
               (text.size() == element.size() ||
                std::string_view(" \t\r\n/>").find(text[element.size()]) != std::string::npos);
    });
}

} // namespace skurd
