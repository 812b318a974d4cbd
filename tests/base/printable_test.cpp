#include "base/printable.hpp"

#include "tests/support/catch.hpp"

#include <sstream>

using namespace skurd;
using namespace std::string_view_literals;

TEST_CASE("text that is put into a message for people makes no line of its own")
{
    const std::string label = "a\x1b[31m\r\nFAKE: all is well\u202e";
    CHECK(format_printable("{}: {} of {}\n", label, 1, "b\x07") == "a [31m  FAKE: all is well : 1 of b \n");
    CHECK(format_printable(fmt::runtime("{:>4}|{}\n"), 7, std::string_view("ærlig")) == "   7|ærlig\n");
}

TEST_CASE("a printable stream shows what it is given line by line, and obeys none of it")
{
    std::ostringstream out;
    {
        const PrintableStream filter(out, PrintableStream::Colours::refused);
        out << "one\x1b[31m\r"
            << "\x9d]0;title\x07" << '\n'
            << "bl\xc3";
        out << "\xa5" << std::flush;
        out << "b\u00e6r\u200b\n"
            << "\x1b[1mrest";
    }
    out << "\x1b";
    CHECK(out.str() == "one [31m ?]0;title \nblåbær \n [1mrest\x1b");
}

TEST_CASE("colours pass where they may, and nothing that only looks like them")
{
    std::ostringstream out;
    {
        const PrintableStream filter(out, PrintableStream::Colours::allowed);
        out << "\x1b[1;32mgreen\x1b[0m \x1b[2J\x1b]0;x\x07\x1b[31\n";
    }
    CHECK(out.str() == "\x1b[1;32mgreen\x1b[0m  [2J ]0;x  [31\n");
}

TEST_CASE("what is for programs goes past a printable stream to the byte, in its place")
{
    std::ostringstream out;
    {
        const PrintableStream filter(out, PrintableStream::Colours::refused);
        out << "before\x01";
        std::ostream exact(PrintableStream::exact(out));
        exact << "\x1b\x00\r\n"sv;
        out << "after\x01";
    }
    CHECK(out.str() == "before \x1b\x00\r\nafter "sv);
    CHECK(PrintableStream::exact(out) == out.rdbuf());
}
