#include "tests/report/sheet_text.hpp"

#include "base/text.hpp"
#include "lib/zip/zip_archive.hpp"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <string_view>
#include <vector>

namespace skurd::test {

namespace {

struct Element {
    std::string_view attributes;
    std::string_view inner;

    std::string attribute(const std::string& name) const
    {
        const auto at = attributes.find(" " + name + "=\"");
        if (at == std::string_view::npos)
            return "";
        const auto begin = at + name.size() + 3;
        return std::string(attributes.substr(begin, attributes.find('"', begin) - begin));
    }
};

/// The elements of that name, in order; none may stand in another of the same name.
std::vector<Element> elements(std::string_view xml, const std::string& name)
{
    std::vector<Element> found;
    for (std::size_t at = 0; (at = xml.find("<" + name, at)) != std::string_view::npos;) {
        const auto after = at + 1 + name.size();
        const auto end = xml.find('>', after);
        at = after;
        if (end == std::string_view::npos || (xml[after] != ' ' && xml[after] != '>' && xml[after] != '/'))
            continue;
        Element element{xml.substr(after, end - after), {}};
        if (xml[end - 1] != '/') {
            const auto close = xml.find("</" + name + ">", end);
            element.inner = xml.substr(end + 1, close - end - 1);
        }
        found.push_back(element);
        at = end;
    }
    return found;
}

/// All the <t> of it together, as they would be shown.
std::string text_of(std::string_view xml)
{
    std::string text;
    for (const auto& part : elements(xml, "t"))
        text += part.inner;
    for (const auto& [from, to] : std::vector<std::pair<const char*, const char*>>{
             {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}, {"\n", "⏎"}})
        text = replace_all(text, from, to);
    return text;
}

/// The look of each style, in words: "[0.0" %"] #14532D on #D3F0DA".
std::vector<std::string> looks(const std::string& styles)
{
    std::map<std::string, std::string> formats;
    for (const auto& format : elements(styles, "numFmt"))
        formats[format.attribute("numFmtId")] = replace_all(format.attribute("formatCode"), "&quot;", "\"");
    const auto list = [&](const char* all, const char* one) {
        return elements(elements(styles, all).at(0).inner, one);
    };
    const auto rgb = [](const std::vector<Element>& colours) {
        return colours.empty() ? std::string() : colours[0].attribute("rgb");
    };
    const auto fonts = list("fonts", "font");
    const auto fills = list("fills", "fill");
    std::vector<std::string> looks;
    for (const auto& style : list("cellXfs", "xf")) {
        std::string look;
        if (const auto id = style.attribute("numFmtId"); id != "0")
            look += fmt::format(" [{}]", formats.contains(id) ? formats[id] : "built-in " + id);
        const auto& font = fonts.at(std::stoul(style.attribute("fontId"))).inner;
        if (font.find("<b/>") != std::string_view::npos)
            look += " bold";
        if (const auto colour = rgb(elements(font, "color")); !colour.empty())
            look += " " + colour;
        const auto& fill = fills.at(std::stoul(style.attribute("fillId"))).inner;
        if (const auto colour = rgb(elements(fill, "fgColor")); !colour.empty())
            look += " on " + colour;
        looks.push_back(look);
    }
    return looks;
}

std::map<std::string, std::string> comments_of(const ZipArchive& archive, const std::string& sheet)
{
    std::map<std::string, std::string> comments;
    const auto relations = "xl/worksheets/_rels/" + sheet + ".xml.rels";
    if (!archive.has(relations))
        return comments;
    const auto xml = archive.read(relations);
    for (const auto& relation : elements(xml, "Relationship")) {
        const auto target = relation.attribute("Target");
        if (target.find("/comments") == std::string::npos)
            continue;
        const auto text = archive.read("xl" + target.substr(2));
        for (const auto& comment : elements(text, "comment"))
            comments[comment.attribute("ref")] = text_of(comment.inner);
    }
    return comments;
}

std::string cell_text(const Element& cell, const std::vector<std::string>& strings)
{
    const auto values = elements(cell.inner, "v");
    const auto value = values.empty() ? std::string() : std::string(values[0].inner);
    if (cell.attribute("t") == "s")
        return "\"" + strings.at(std::stoul(value)) + "\"";
    return cell.inner.find("<f>") == std::string_view::npos ? value : "FORMULA " + std::string(cell.inner);
}

} // namespace

std::string sheet_text(const std::string& xlsx)
{
    const ZipArchive archive(xlsx);
    const auto book = archive.read("xl/workbook.xml");
    const auto core = archive.read("docProps/core.xml");
    const auto shared = archive.read("xl/sharedStrings.xml");
    const auto styles = looks(archive.read("xl/styles.xml"));
    std::vector<std::string> strings;
    for (const auto& string : elements(shared, "si"))
        strings.push_back(text_of(string.inner));
    auto text = fmt::format("created {}\n", elements(core, "dcterms:created").at(0).inner);
    std::size_t number = 0;
    for (const auto& sheet : elements(book, "sheet")) {
        const auto name = fmt::format("sheet{}", ++number);
        const auto xml = archive.read("xl/worksheets/" + name + ".xml");
        const auto comments = comments_of(archive, name);
        text += fmt::format("\n== {}\n", sheet.attribute("name"));
        for (const auto* set_up : {"pane", "pageSetup"})
            for (const auto& element : elements(xml, set_up))
                text += fmt::format("   {}{}\n", set_up, element.attributes);
        for (const auto& cell : elements(xml, "c")) {
            const auto place = cell.attribute("r");
            const auto style = cell.attribute("s");
            text += fmt::format("{} {}{}\n", place, cell_text(cell, strings),
                                style.empty() ? "" : styles.at(std::stoul(style)));
            if (const auto comment = comments.find(place); comment != comments.end())
                text += fmt::format("   # {}\n", comment->second);
        }
    }
    return text;
}

} // namespace skurd::test
