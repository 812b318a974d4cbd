#include "lib/orcus/xml.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

struct Ignore final : XmlHandler {
    void start(std::string_view, const XmlAttributes&) override {}
    void end(std::string_view) override {}
    void text(std::string_view) override {}
};

} // namespace

TEST_CASE("a text that breaks off where a section of characters begins is refused", "[lib]")
{
    Ignore handler;
    for (const auto* text : {"<a><![CDATA[", "<a><![CDATA[x", "<a><![CDATA[]]>", "<a><![CDATA[x]]>"}) {
        CAPTURE(text);
        CHECK_THROWS_WITH(read_xml(text, handler), "the XML breaks off");
    }
    CHECK_NOTHROW(read_xml("<a><![CDATA[]]></a>", handler));
}
