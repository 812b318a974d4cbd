// Real spreadsheets that may lie beside the project, each read with a layout.
#include "base/text.hpp"
#include "tests/connectors/drop_layout.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>

using namespace skurd;
using namespace skurd::test;

namespace {

std::optional<std::string> sample(const std::string& name)
{
    const auto file = reference("samples/files/" + name);
    return file ? std::optional(read_file(*file)) : std::nullopt;
}

/// What follows the codes in the line of a long CSV that begins with them: "value,status".
std::string at(const std::string& csv, const std::string& codes)
{
    for (const auto line : split(csv, '\n'))
        if (line.starts_with(codes + ","))
            return std::string(line.substr(codes.size() + 1));
    return "not there: " + csv.substr(0, 300);
}

std::size_t lines(const std::string& csv)
{
    return static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n'));
}

} // namespace

TEST_CASE("an export of Statistics Norway decodes: groups of columns written once, footnotes below", "[sheet]")
{
    const auto file = sample("ssb_11403_export.xlsx");
    if (!file)
        return;
    const auto csv = decoded("sheet='Godsmengde'\nheader=3\nheader_rows=2\nfill_header=true\nperiod_column='År'\n"
                             "stop=['^Statistikken omfatter']\n[layout.names]\nA='År'\n"
                             "[[layout.across]]\nid='variabel'\nrow=1\npattern='^(.*) \\('\nrole='metric'\n"
                             "[[layout.across]]\nid='transport'\nrow=2\npattern='.+'\n",
                             *file);
    CHECK(lines(csv) == 1 + 4 * 6 * 13);
    CHECK(at(csv, "Godsmengde,Godstransport i alt,2010") == "421,");
    CHECK(at(csv, "Transportarbeid,Fastlandstransport i alt,2020") == "24481,");
    CHECK(at(csv, "Transportarbeid inklusiv kabotasjetransport,Godstransport i alt,2019") == "71749,");
    CHECK(at(csv, "Godsmengde,Jernbanetransport,2022") == "10,");
}

TEST_CASE("key figures of municipalities decode: the year in a cell, code and name in one, totals skipped", "[sheet]")
{
    const auto file = sample("ssb_13502_kostra.xlsx");
    if (!file)
        return;
    const auto csv = decoded("header=4\nperiod_cell='A3'\nmeasures='.* "
                             "år$'\nskip=['^(Min|Maks|Snitt|Median|Barnehagedeltakelse|1-5 år)$']\n"
                             "stop=['^Landet']\n[layout.names]\nA='Region'\n[[layout.series]]\ncolumn='Region'\n"
                             "pattern='^(?:K-)?(\\d{4}) (.*)$'\n",
                             *file);
    CHECK(at(csv, "3804,1-5 år,2021") == "91.3,");
    CHECK(at(csv, "3811,3-5 år,2021") == "99,");
    CHECK(at(csv, "3806,3-5 år,2021") == "102.1,");
    CHECK(lines(csv) == 1 + 23 * 2);
}

TEST_CASE("an order from NAV decodes: two tables side by side, an unnamed column, numbers with exponents", "[sheet]")
{
    const auto file = sample("nav_arbeidsledighet_2025-01.xlsx");
    if (!file)
        return;
    const auto layout = [](const std::string& sheet, const std::string& columns, const std::string& region) {
        return "sheet='" + sheet + "'\ncolumns='" + columns +
               "'\nheader=2\nperiod_column='År-måned'\ndates='month'\n" +
               "measures='^(Beh personer i mnd|% av arbeidsstyrken)$'\n[[layout.series]]\n" + region +
               "[[layout.series]]\ncolumn='Arbeidsmarkedsstatus hovedgruppe'\nid='status'\n"
               "[[layout.series]]\ncolumn='Kjønn'\nid='kjønn'\n";
    };
    const std::string county = "column='Nåværende Fylke Nr Navn'\nid='fylke'\npattern='^(\\d\\d) (.*?)(?: - .*)?$'\n";
    const auto both = decoded(layout("Fylker", "B:I", county), *file);
    CHECK(at(both, "03,Arbeidssøkere på tiltak,Kvinner,% av arbeidsstyrken,2025M01") == "0.6,");
    CHECK(at(both, "03,Arbeidssøkere på tiltak,Kvinner,Beh personer i mnd,2025M01") == "1220,");
    CHECK(at(both, "56,Helt ledige,Menn,% av arbeidsstyrken,2025M01") == "3.2,");
    CHECK(lines(both) == 1 + 15 * 3 * 2 * 2);
    const auto total = decoded(layout("Fylker", "K:R", county), *file);
    CHECK(at(total, "18,Helt ledige,Begge kjønn,Beh personer i mnd,2025M01") == "2247,");
    const auto country = decoded(layout("Landet", "K:R", "column='Nåværende Fylke Nr Navn'\nid='fylke'\n"), *file);
    CHECK(at(country, "Landet,Helt ledige,Begge kjønn,% av arbeidsstyrken,2025M01") == "2.3,");
    const auto cube = decode_table(*file, layout_from(layout("Fylker", "B:I", county))).cube;
    const auto& counties = cube.dimensions[0].categories;
    const auto north = std::find_if(counties.begin(), counties.end(), [](const auto& c) { return c.code == "18"; });
    REQUIRE(north != counties.end());
    CHECK(north->label == "Nordland");
}

TEST_CASE("a table pasted from a PDF decodes: all cells are text, the header is in the wrong columns", "[sheet]")
{
    const auto file = sample("nav_text_cells_decimalcomma.xlsx");
    if (!file)
        return;
    const auto csv = decoded("sheet='Arbeidsledighet NAV okt 2022'\nheader=3\nskip=['^I$']\nperiod='2022M10'\n"
                             "measures='^v: (.*)$'\n[layout.names]\nA='Nr'\nB='Navn'\nC='v: antall'\nD='v: prosent'\n"
                             "E='v: endring'\nF='v: endring i prosent'\n"
                             "[[layout.series]]\ncolumn='Nr'\nid='kommune'\nlabel='Navn'\n"
                             "[layout.missing]\n'*'='suppressed'\n",
                             *file);
    CHECK(lines(csv) == 1 + 23 * 4);
    CHECK(at(csv, "3801,prosent,2022M10") == "2.8,");
    CHECK(at(csv, "3804,endring,2022M10") == "-241,");
    CHECK(at(csv, "3822,antall,2022M10") == ",*");
    const auto months =
        decoded("sheet='jan-feb 2023'\ncolumns='A:E'\nheader=2\nskip=['^I alt']\nlone_cells='skip'\n"
                "periods='^(Januar|Februar)$'\n"
                "period_codes={Januar='2023M01',Februar='2023M02'}\n[layout.names]\nA='Nr'\nB='Navn'\n"
                "[[layout.series]]\ncolumn='Nr'\nlabel='Navn'\n[layout.missing]\n'*'='suppressed'\n",
                *file);
    CHECK(lines(months) == 1 + 23 * 2);
    CHECK(at(months, "3805,2023M02") == "2.3,"); // 2.2999999999999998 in the file
    CHECK(at(months, "3821,2023M01") == "1.1,");
    CHECK(at(months, "3823,2023M01") == ",*");
}

TEST_CASE("a long table of Udir decodes: numbers as text, thousands with spaces, school years, nothing", "[sheet]")
{
    const auto file = sample("udir_text_space_thousands.xlsx");
    if (!file)
        return;
    const auto csv = decoded("period_column='År'\nvalue_column='Verdi'\nempty='absent'\n[[layout.series]]\n"
                             "column='Fylke'\n"
                             "[[layout.series]]\ncolumn='Type'\n[[layout.series]]\ncolumn='Utdanningsområde'\n",
                             *file);
    CHECK(at(csv, "Telemark,Antall elever,Studieforberedende,2011-12") == "3912,");
    CHECK(at(csv, "Vestfold,Antall sluttet,Yrkesfag,2018-19") == "167,");
    CHECK(at(csv, "Vestfold,Antall sluttet,Yrkesfag,2019-20") == ",");
    CHECK(at(csv, "Vestfold og Telemark,Antall elever,Yrkesfag,2020-21") == "5985,");
    CHECK(lines(csv) == 1 + 3 * 2 * 2 * 10);
}

TEST_CASE("the state budget decodes: 1761 rows by chapter, post and sub-post, whole kroner", "[sheet]")
{
    const auto file = sample("gul_bok_2025.xlsx");
    if (!file)
        return;
    const std::string layout = "period='2025'\nvalue_column='GB'\nunit='kr'\nempty='absent'\n"
                               "[[layout.series]]\ncolumn='kap_nr'\nlabel='kap_navn'\n[[layout.series]]\n"
                               "column='post_nr'\n[[layout.series]]\ncolumn='upost_nr'\n";
    const auto csv = decoded(layout, *file);
    CHECK(at(csv, "1,1,2,2025") == "15565000,");
    CHECK(at(csv, "5800,50,0,2025") == "413647646000,");
    const auto cube = decode_table(*file, layout_from(layout)).cube;
    CHECK(std::count_if(cube.cells.begin(), cube.cells.end(), [](const auto& c) { return c.has_number(); }) == 1761);
    CHECK(cube.dimensions[0].categories[0].label == "H.M. Kongen og H.M. Dronningen");
}
