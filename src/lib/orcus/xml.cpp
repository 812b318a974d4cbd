#include "lib/orcus/xml.hpp"

#include "base/error.hpp"
#include "base/stopping.hpp"
#include "base/text.hpp"

#include <orcus/sax_parser.hpp>

#include <algorithm>
#include <charconv>
#include <string>

namespace skurd {

namespace {

constexpr std::size_t depth_max = 100;
constexpr std::size_t attributes_max = 100;

struct Done {};

/// Whether what stands between "&" and ";" is one of the five entities of XML, or a character.
bool is_reference(std::string_view name)
{
    if (!name.starts_with('#'))
        return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
    const bool hexadecimal = name.starts_with("#x");
    const auto digits = name.substr(hexadecimal ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
    const bool is_surrogate = code >= 0xd800 && code < 0xe000;
    return failure == std::errc() && end == digits.data() + digits.size() && code > 0 && code <= 0x10ffff &&
           !is_surrogate;
}

/// liborcus 0.17 reads an entity it does not know as text with a letter lost, and trips over characters that are
/// none.
void check_references(std::string_view xml)
{
    constexpr std::size_t name_max = 10;
    for (std::size_t at = 0; (at = xml.find_first_of("&<", at)) != std::string_view::npos; ++at) {
        const auto rest = xml.substr(at);
        if (rest.starts_with("<![CDATA["))
            at += std::min(rest.find("]]>"), rest.size() - 1);
        else if (rest.starts_with("<!--"))
            at += std::min(rest.find("-->"), rest.size() - 1);
        else if (const auto end = rest.substr(0, name_max).find(';');
                 rest.front() == '&' && (end == std::string_view::npos || !is_reference(rest.substr(1, end - 1))))
            throw error("the XML has '{}' in it, an entity that XML does not know (offset {})",
                        excerpt(rest.substr(0, std::min(end, name_max) + 1)), at);
    }
}

class Callbacks : public orcus::sax_handler {
public:
    explicit Callbacks(XmlHandler& handler) : handler_(handler) {}

    static void doctype(const orcus::sax::doctype_declaration&)
    {
        throw error("the XML has a document type declaration, which is refused (entities)");
    }

    void start_declaration(std::string_view) { in_declaration_ = true; }
    void end_declaration(std::string_view)
    {
        in_declaration_ = false;
        attributes_.clear();
    }

    void attribute(const orcus::sax::parser_attribute& attribute)
    {
        if (attributes_.size() == attributes_max)
            throw error("the XML has an element of more than {} attributes", attributes_max);
        if (in_declaration_ && attribute.name == "encoding" && to_lower(attribute.value) != "utf-8")
            throw error("the XML is in {}; UTF-8 is read", excerpt(attribute.value));
        attributes_.push_back({attribute.ns, attribute.name, attribute.value});
    }

    void start_element(const orcus::sax::parser_element& element)
    {
        throw_if_stopped();
        if (open_.size() == depth_max)
            throw error("the XML is nested deeper than {} elements", depth_max);
        open_.push_back(element.name);
        handler_.start(element.name, attributes_);
        attributes_.clear();
    }

    void end_element(const orcus::sax::parser_element& element)
    {
        if (open_.empty() || open_.back() != element.name)
            throw error("the XML is not well formed: </{}> closes another element", excerpt(element.name));
        open_.pop_back();
        handler_.end(element.name);
        if (handler_.is_done())
            throw Done{};
    }

    void characters(std::string_view text, bool) { handler_.text(text); }

    bool is_closed() const { return open_.empty(); }

private:
    XmlHandler& handler_;
    XmlAttributes attributes_;
    std::vector<std::string_view> open_; ///< names point into the text
    bool in_declaration_ = false;
};

} // namespace

std::string_view attribute(const XmlAttributes& attributes, std::string_view name, std::string_view fallback)
{
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const auto& attribute) { return attribute.name == name; });
    return found == attributes.end() ? fallback : found->value;
}

void read_xml(std::string_view bytes, XmlHandler& handler)
{
    // The parser looks a few characters past the end of a text that breaks off; there it is to find what fits
    // nothing.
    constexpr std::size_t padding = 64;
    if (bytes.find('\0') != std::string_view::npos || !is_valid_utf8(bytes))
        throw error("the XML is not text in UTF-8");
    check_references(bytes);
    // The parser takes it for granted that more than an end mark follows the beginning of such a section.
    constexpr std::string_view section = "<![CDATA[";
    if (const auto last = bytes.rfind(section);
        last != std::string_view::npos && bytes.size() - last - section.size() <= std::string_view("]]>").size())
        throw error("the XML breaks off");
    std::string padded(bytes);
    padded.append(padding, '\0');
    Callbacks callbacks(handler);
    orcus::sax_parser<Callbacks> parser(padded.data(), bytes.size(), callbacks);
    try {
        parser.parse();
    } catch (const Done&) {
        return;
    } catch (const orcus::parse_error& failure) {
        throw error("the XML is not well formed: {} (offset {})", excerpt(failure.what(), 100), failure.offset());
    } catch (const std::logic_error& failure) { // of the standard library, in the parser
        throw error("the XML is not well formed: {}", failure.what());
    }
    if (!callbacks.is_closed())
        throw error("the XML breaks off");
}

} // namespace skurd
