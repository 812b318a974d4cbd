#include "base/text_table.hpp"

#include "base/text.hpp"
#include "base/text_layout.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

TextTable flags()
{
    using enum TextTable::Align;
    using enum TextTable::Fit;
    TextTable table(
        {{"flagg", right}, {"slag"}, {"kilde", left, wide_only}, {"tekst", left, below}, {"merknad", left, below}});
    table.add({"1", "grense", "FHI", "Indikator 9 (Narkotikautløste dødsfall) krysset grensen i 2017; fra 2016", ""});
    table.add({"12", "revisjon", "SSB", "kort", ""});
    return table;
}

std::size_t widest(const std::string& text)
{
    std::size_t width = 0;
    for (const auto line : split(text, '\n'))
        width = std::max(width, display_width(line));
    return width;
}

} // namespace

TEST_CASE("a table that is asked for no width, or fits, is as wide as it is")
{
    CHECK(widest(flags().text()) > 100);
    CHECK(flags().text(200) == flags().text());
    CHECK(flags().text().find("FHI") != std::string::npos);
}

TEST_CASE("a long text wraps in its column while forty columns are left for it, and goes below the row with less")
{
    CHECK(flags().text(80) == "flagg  slag      tekst\n"
                              "─────  ────────  ───────────────────────────────────────────────────────────────\n"
                              "    1  grense    Indikator 9 (Narkotikautløste dødsfall) krysset grensen i 2017;\n"
                              "                 fra 2016\n"
                              "   12  revisjon  kort\n");
    CHECK(flags().text(50) == "flagg  slag\n"
                              "─────  ────────\n"
                              "    1  grense\n"
                              "    Indikator 9 (Narkotikautløste dødsfall)\n"
                              "    krysset grensen i 2017; fra 2016\n"
                              "   12  revisjon\n"
                              "    kort\n");
}

TEST_CASE("no line is wider than asked for, whatever is in the cells, and nothing of a cell is lost")
{
    for (const std::size_t width : {20, 40, 80, 120}) {
        TextTable table({{"job"}, {"number", TextTable::Align::right}, {"what"}});
        table.add({std::string(70, 'x'), "13 936", "a-very/long,word_without;spaces|" + std::string(90, 'y')});
        table.add({"統計統計統計統計統計統計統計統計統計統計統計", "1", "ord på norsk med blåbær og rømme"});
        const auto text = table.text(width);
        INFO(text);
        CHECK(widest(text) <= width);
        CHECK(std::count(text.begin(), text.end(), 'x') == 70);
        CHECK(std::count(text.begin(), text.end(), 'y') == 90 + 1); // and of "very"
    }
}

TEST_CASE("a cell is one line of printable text, whatever it is made from")
{
    TextTable table({{"label"}, {"text", TextTable::Align::left, TextTable::Fit::below}});
    table.add({"a\x1b[31m\nall is well", "x\r\u202e"});
    CHECK(table.text() == "label               text\n"
                          "──────────────────  ────\n"
                          "a [31m all is well  x\n");
    CHECK(hanging("a\nb\x07", 0, "", "") == "a b \n");
}

TEST_CASE("a word that is too long is broken where it is joined, if it can be")
{
    CHECK(folded("fhi-drug-deaths-by-county", 16) == std::vector<std::string>{"fhi-drug-deaths-", "by-county"});
    CHECK(folded("abcdefgh", 3) == std::vector<std::string>{"abc", "def", "gh"});
    CHECK(folded("", 3) == std::vector<std::string>{""});
    CHECK(fitted("one two three\n\n  four five\n", 9) == "one two\nthree\n\n  four\n  five\n");
    CHECK(fitted("one two three\n", 0) == "one two three\n");
}
