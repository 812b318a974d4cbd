#include "base/error.hpp"
#include "config/toml_edit.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using Kind = TomlEdit::Kind;

namespace {

constexpr std::string_view job = "# A job.\n"
                                 "[job]\n"
                                 "connector   = \"ssb\"   # Norway\n"
                                 "unconfirmed = \"codes\"   # seen by nobody\n"
                                 "\n"
                                 "[source.select]\n"
                                 "\"label(kjønn)\"  = [\"label(menn)\"]   # men, ø before it\n"
                                 "Tid             = [\n"
                                 "    \"2020\",\n"
                                 "    \"2021\",\n"
                                 "]               # two years\n"
                                 "Alder = [\n"
                                 "    \"000\", # the new-born\n"
                                 "]\n";

std::string edited(Kind kind, std::uint32_t line, const std::string& lines = "", std::string_view text = job)
{
    return edit_toml(text, "job.toml", {kind, line, lines});
}

std::string refusal(std::uint32_t line, std::string_view text = job)
{
    try {
        return edited(Kind::replace, line, "A = 1", text);
    } catch (const Error& failure) {
        return failure.what();
    }
}

/// The text with one piece of it in the place of another.
std::string with(std::string text, std::string_view piece, std::string_view other)
{
    REQUIRE(text.find(piece) != std::string::npos);
    return text.replace(text.find(piece), piece.size(), other);
}

} // namespace

TEST_CASE("a key's line is replaced, and the comment behind it and every other byte stay", "[config]")
{
    CHECK(edited(Kind::replace, 7, "Kjonn = [\"1\"]") ==
          with(std::string(job), "\"label(kjønn)\"  = [\"label(menn)\"]", "Kjonn           = [\"1\"]"));
    CHECK(edited(Kind::replace, 8, "Tid = [\"*\"]") == with(std::string(job),
                                                            "Tid             = [\n    \"2020\",\n    \"2021\",\n]",
                                                            "Tid             = [\"*\"]"));
    CHECK(edited(Kind::replace, 7, "A = [\"*\"]\nB = [\"*\"]") ==
          with(std::string(job), "\"label(kjønn)\"  = [\"label(menn)\"]   # men, ø before it\n",
               "A               = [\"*\"]   # men, ø before it\nB               = [\"*\"]\n"));
}

TEST_CASE("a key in quotes stays what it is, whatever is in it", "[config]")
{
    const std::string above = "a          = 1\n";
    CHECK(edited(Kind::insert, 1, R"("a = \"b" = ["x = y"])", above) == above + R"("a = \"b"  = ["x = y"])" + "\n");
    CHECK(edited(Kind::insert, 1, R"("a = b" = 2)", above) == above + "\"a = b\"    = 2\n");
}

TEST_CASE("a line goes below a key, whatever lines its value takes, or below a header", "[config]")
{
    CHECK(edited(Kind::insert, 8, "Region = []") == with(std::string(job), "]               # two years\n",
                                                         "]               # two years\nRegion          = []\n"));
    CHECK(edited(Kind::insert, 6, "Region = []") ==
          with(std::string(job), "[source.select]\n", "[source.select]\nRegion = []\n"));
    CHECK(edited(Kind::insert, 1, "b = 2", "  a = 1") == "  a = 1\n  b = 2\n");
}

TEST_CASE("a key goes, and the comment behind it stays", "[config]")
{
    CHECK(edited(Kind::remove, 4) ==
          with(std::string(job), "unconfirmed = \"codes\"   # seen by nobody\n", "# seen by nobody\n"));
    CHECK(edited(Kind::remove, 1, "", "a = 1\r\nb = 2\r\n") == "b = 2\r\n");
    CHECK(edited(Kind::replace, 2, "b = 3", "a = 1\r\nb = 2\r\n") == "a = 1\r\nb = 3\r\n");
}

TEST_CASE("what only a person can change is refused", "[config]")
{
    CHECK(refusal(12) == "job.toml:12: cannot be changed by a program: its value holds a comment");
    CHECK(refusal(6) == "job.toml:6: cannot be changed by a program: no key with a value begins there");
    CHECK(refusal(1) == "job.toml:1: cannot be changed by a program: no key with a value begins there");
    CHECK(refusal(9) == "job.toml:9: cannot be changed by a program: no key with a value begins there");
    CHECK(refusal(99) == "job.toml:99: cannot be changed by a program: there is no such line");
    CHECK(refusal(1, "select = { a = 1, b = 2 }\n") ==
          "job.toml:1: cannot be changed by a program: more than one key stands there");
    CHECK(refusal(1, "select = { a = 1 }\n") ==
          "job.toml:1: cannot be changed by a program: its key stands within another's value");
    CHECK(refusal(1, "a = [").starts_with("job.toml:1: not valid TOML"));
}
