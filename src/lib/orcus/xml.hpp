#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace skurd {

/// An attribute by its local name; namespace prefixes are left out ("office:value" is "value").
struct XmlAttribute {
    std::string_view prefix;
    std::string_view name;
    std::string_view value;
};

/// The attributes of one start tag; valid while its start() runs.
using XmlAttributes = std::vector<XmlAttribute>;

/// The value of the first attribute of that local name; `fallback` where there is none.
std::string_view attribute(const XmlAttributes& attributes, std::string_view name, std::string_view fallback = "");

/// What stands in an XML text, in its order. Names are local names, and all texts are gone after the call.
class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual void start(std::string_view element, const XmlAttributes& attributes) = 0;
    virtual void end(std::string_view element) = 0;
    virtual void text(std::string_view utf8) = 0; ///< may come in pieces
    /// Whether the rest need not be read; asked after every end().
    virtual bool is_done() const { return false; }
};

/// Reads an XML text in UTF-8 with liborcus' pull-free parser. Nothing outside the text is ever looked up and no
/// entity but the five of XML and character references is known: a document type declaration is refused. Throws
/// Error for that, for what is not well formed, for elements nested deeper than 100 and for more than 100 attributes.
void read_xml(std::string_view bytes, XmlHandler& handler);

} // namespace skurd
