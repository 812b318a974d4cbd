#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/dfo/decode.hpp"
#include "decode/csv/cube_csv.hpp"
#include "tests/sim/archive.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/zip_bytes.hpp"

using namespace skurd;

namespace {

using Row = std::vector<std::string>;

Row row(const std::string& post, const std::string& period, const std::string& amount,
        const std::string& agency = "00870")
{
    Row row(28, "x");
    row[0] = period.substr(0, 4);
    row[1] = period;
    row[10] = post.substr(0, 4);
    row[11] = "Psykisk helse, rus og vold; \"kap. " + post.substr(0, 4) + "\"";
    row[12] = post;
    row[13] = "Særskilte driftsutgifter";
    row[23] = agency;
    row[24] = "Virksomhet " + agency;
    row[27] = amount;
    return row;
}

DfoSelection chapter_765()
{
    DfoSelection selection;
    selection.chapters = {"0765"};
    return selection;
}

std::string cells_of(const Cube& cube)
{
    std::vector<std::string> texts;
    for (const auto& cell : cube.cells)
        texts.push_back(cell.has_number() ? cell.number()->text() : "");
    return join(texts, " ");
}

std::string zip_of(const std::vector<Row>& rows)
{
    return sim::dfo_zip("statsregnskapet_aar_2024.csv", rows);
}

} // namespace

TEST_CASE("the state accounts are added up exactly, signs kept", "[decode]")
{
    const auto zip = zip_of({row("076521", "202401", "0,100"), row("076521", "202402", "0,200"),
                             row("076521", "202412", "-847732,870"), row("076572", "202403", "12"),
                             row("073270", "202403", "99,000"), row("", "202403", "7,000")});
    const auto cube = decode_dfo(zip, chapter_765());

    CHECK(cells_of(cube) == "-847732.570 12.000");
    CHECK(cube.find(dfo_chapter)->categories.at(0).label == "Psykisk helse, rus og vold; \"kap. 0765\"");
    CHECK(cube.find(dfo_post)->categories.at(0).code == "21");
    CHECK(cube.find(dfo_post)->categories.at(0).label == "Særskilte driftsutgifter");
    CHECK(cube.find(dfo_measure)->categories.at(0).unit == "kroner");
    CHECK(cube.find(dfo_period)->categories.at(0).code == "2024");
}

TEST_CASE("the state accounts can be told apart by month and agency; what is in no row is absent", "[decode]")
{
    auto selection = chapter_765();
    selection.by_month = true;
    selection.by_agency = true;
    selection.posts = {"21"};
    const auto cube = decode_dfo(zip_of({row("076521", "202401", "1,000", "a"), row("076521", "202402", "2,000", "b"),
                                         row("076572", "202403", "3,000", "a")}),
                                 selection);
    CHECK(cells_of(cube) == "1.000   2.000");
    CHECK(cube.cells[1].state == Cell::State::absent);
    CHECK(cube.find(dfo_period)->categories.at(1).code == "2024M02");
    CHECK(cube.find(dfo_agency)->categories.at(1).label == "Virksomhet b");
}

TEST_CASE("a file of state accounts with one wrong row is refused with its line", "[decode]")
{
    const auto refusal = [](const Row& wrong) {
        auto selection = chapter_765();
        selection.year = 2024;
        try {
            decode_dfo(zip_of({row("076521", "202401", "1,000"), wrong}), selection);
        } catch (const Error& failure) {
            return std::string(failure.what());
        }
        return std::string("taken in");
    };
    CHECK(refusal(row("073270", "202401", "1.5")) ==
          "line 3: the amount '1.5' is not a number with a decimal comma and at most 3 decimals");
    CHECK(refusal(row("076521", "202401", "")) ==
          "line 3: the amount '' is not a number with a decimal comma and at most 3 decimals");
    CHECK(refusal(row("076521", "202413", "1,000")) == "line 3: the period '202413' is not a month like 202401");
    CHECK(refusal(row("076521", "202301", "1,000")) ==
          "line 3: the period 202301 in the year '2023' of the accounts of 2024");
    auto short_post = row("076521", "202401", "1,000");
    short_post[10] = "765";
    short_post[12] = "76521";
    CHECK(refusal(short_post) == "line 3: chapter 0765 with the post '76521', which is not six digits");
    CHECK(refusal(row("076521", "202401", "9223372036854775,807")) == "line 3: the sum of 076521 is too large");
    CHECK(refusal(row("076521", "202401", "2,000")) == "taken in");
}

TEST_CASE("a file of state accounts of another form is refused", "[decode]")
{
    const auto csv = [](std::string header, const std::string& rest) {
        return replace_all(std::move(header), "\n", "") + "\r\n" + rest;
    };
    const auto names = join(sim::dfo_columns(), ";");
    CHECK_THROWS_WITH(decode_dfo_csv("", chapter_765()), "an empty file");
    CHECK_THROWS_WITH(decode_dfo_csv(csv(names + ";Ny", ""), chapter_765()),
                      "column 29 is 'Ny' and should be '': the file has another form than the one that is known");
    CHECK_THROWS_WITH(
        decode_dfo_csv(csv(replace_all(names, "Post_id", "Post_nr"), ""), chapter_765()),
        "column 13 is 'Post_nr' and should be 'Post_id': the file has another form than the one that is "
        "known");
    CHECK_THROWS_WITH(decode_dfo_csv(csv(names, "a;b\r\n"), chapter_765()), "line 2: 2 fields instead of 28");
    CHECK_THROWS_WITH(decode_dfo_csv(csv(names, ""), chapter_765()), "no row of chapter 0765 with the chosen posts");
    CHECK_THROWS_WITH(decode_dfo(test::zip_of({{"a.csv", "x"}, {"b.csv", "x"}}), chapter_765()),
                      "the archive holds more than one CSV file: 'a.csv' and 'b.csv'");
    CHECK_THROWS_WITH(decode_dfo(test::zip_of({{"a.txt", "x"}}), chapter_765()), "the archive holds no CSV file");
    CHECK_THROWS_AS(decode_dfo("PK, they say", chapter_765()), Error);
}
