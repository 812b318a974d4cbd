#include "normalise/normalise.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

const Conventions ssb = {"",
                         {{".", Meaning::not_applicable},
                          {"..", Meaning::not_available},
                          {":", Meaning::confidential},
                          {"-", Meaning::nil},
                          {"*", Meaning::provisional}}};
const Conventions fhi = {
    "AAR", {{".", Meaning::not_computable}, {"..", Meaning::not_available}, {"-", Meaning::not_computable}}};

Dimension dimension(const std::string& id, const std::vector<std::string>& codes, Role role = Role::none)
{
    Dimension made{id, id, role, {}, std::nullopt};
    for (const auto& code : codes)
        made.categories.push_back({code, code, "", std::nullopt});
    return made;
}

/// A cube of dimensions and cells; a cell is written as a number, as a symbol, or as both: "12 *".
Cube cube_of(std::vector<Dimension> dimensions, const std::vector<std::string>& cells)
{
    Cube cube;
    cube.label = "a table";
    cube.notes = {"a note"};
    cube.dimensions = std::move(dimensions);
    SymbolIndex symbols(cube.symbols);
    for (const auto& text : cells) {
        const auto space = text.find(' ');
        const auto number = Decimal::parse(text.substr(0, space));
        const auto symbol = number ? (space == std::string::npos ? "" : text.substr(space + 1)) : text;
        cube.cells.push_back(number ? Cell::of(*number, symbols(symbol)) : Cell::missing(symbols(symbol)));
    }
    return cube;
}

std::string shown(const Release& release, std::size_t series, std::size_t period)
{
    const auto& cell = release.cell(series, period);
    const auto number = cell.number();
    const auto& symbol = release.symbols[cell.symbol];
    std::string text = number ? number->text() : "nothing";
    if (symbol.meaning != Meaning::none)
        text += ", " + symbol.text + " " + std::string(to_string(symbol.meaning));
    return text;
}

std::vector<std::string> texts(const std::vector<Period>& periods)
{
    std::vector<std::string> written;
    written.reserve(periods.size());
    for (const auto& period : periods)
        written.push_back(period.text());
    return written;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("time becomes periods and the other dimensions series, in the source's order")
{
    Texts notes;
    const auto cube = cube_of({dimension("Region", {"0301", "0"}), dimension("Kjonn", {"1", "2"}),
                               dimension("Tid", {"2022", "2023"}, Role::time)},
                              {"1", "2", "3", "4", "5", "6", "7", "8"});
    const auto release = normalise(cube, ssb, "ssb/09999", Coverage::complete_selection, notes);
    CHECK(release.dataset == "ssb/09999");
    CHECK(release.label == "a table");
    CHECK(release.notes == Texts{"a note"});
    CHECK(release.coverage == Coverage::complete_selection);
    CHECK(release.time_dimension == "Tid");
    REQUIRE(release.dimensions.size() == 2);
    CHECK(release.dimensions[1].id == "Kjonn");
    CHECK(texts(release.periods) == Texts{"2022", "2023"});
    CHECK(release.series_count() == 4);
    CHECK(shown(release, 1, 0) == "3");
    CHECK(shown(release, 2, 1) == "6");
    CHECK(notes.empty());
}

TEST_CASE("periods are put in order and cells follow, wherever time stands")
{
    Texts notes;
    const auto cube =
        cube_of({dimension("A", {"a", "b"}), dimension("Tid", {"2024K2", "2023K4", "2024K1"}, Role::time),
                 dimension("B", {"x", "y"})},
                {"a2x", "a2y", "a4x", "a4y", "a1x", "a1y", "b2x", "b2y", "b4x", "b4y", "b1x", "b1y"});
    const auto release = normalise(cube, ssb, "d", Coverage::partial, notes);
    CHECK(texts(release.periods) == Texts{"2023Q4", "2024Q1", "2024Q2"});
    const auto symbol = [&](std::size_t series, std::size_t period) {
        return release.symbols[release.cell(series, period).symbol].text;
    };
    CHECK(Texts{symbol(0, 0), symbol(0, 1), symbol(0, 2)} == Texts{"a4x", "a1x", "a2x"});
    CHECK(Texts{symbol(1, 0), symbol(1, 1), symbol(1, 2)} == Texts{"a4y", "a1y", "a2y"});
    CHECK(Texts{symbol(2, 0), symbol(2, 1), symbol(2, 2)} == Texts{"b4x", "b1x", "b2x"});
    CHECK(Texts{symbol(3, 0), symbol(3, 1), symbol(3, 2)} == Texts{"b4y", "b1y", "b2y"});
}

TEST_CASE("cells that are in order already are moved, not copied")
{
    Texts notes;
    auto cube = cube_of({dimension("A", {"a"}), dimension("Tid", {"2022", "2023"}, Role::time)}, {"1", "2"});
    const auto* cells = cube.cells.data();
    const auto release = normalise(std::move(cube), ssb, "d", Coverage::partial, notes);
    CHECK(release.cells.data() == cells);
}

TEST_CASE("a symbol has the meaning of its source")
{
    Texts notes;
    const std::vector<std::string> cells = {"1", ".", "..", "-", "7 *"};
    const auto years = Texts{"2018_2018", "2019_2019", "2020_2020", "2021_2021", "2022_2024"};
    const auto at_ssb =
        normalise(cube_of({dimension("AAR", years, Role::time)}, cells), ssb, "ssb/1", Coverage::partial, notes);
    CHECK(shown(at_ssb, 0, 1) == "nothing, . not applicable");
    CHECK(shown(at_ssb, 0, 2) == "nothing, .. not available");
    CHECK(shown(at_ssb, 0, 3) == "0, - nil");
    CHECK(shown(at_ssb, 0, 4) == "7, * provisional");
    CHECK(notes.empty());

    const auto at_fhi = normalise(cube_of({dimension("AAR", years)}, cells), fhi, "fhi/1", Coverage::partial, notes);
    CHECK(shown(at_fhi, 0, 1) == "nothing, . not computable");
    CHECK(shown(at_fhi, 0, 3) == "nothing, - not computable");
    CHECK(at_fhi.periods.back().text() == "2022-2024");
    CHECK(notes == Texts{"symbol '*' has no known meaning, for instance at AAR=2022-2024"});
}

TEST_CASE("nothing but nil ever becomes a number")
{
    for (const auto* symbol : {"", ".", "..", ":", "k", "*", "0x", "--"}) {
        INFO(symbol);
        Texts notes;
        const auto release = normalise(cube_of({dimension("Tid", {"2022"}, Role::time)}, {symbol}), ssb, "d",
                                       Coverage::partial, notes);
        CHECK_FALSE(release.cell(0, 0).has_number());
    }
}

TEST_CASE("each odd symbol is noted once, with an example")
{
    Texts notes;
    const auto cube = cube_of({dimension("Region", {"0301", "1103"}), dimension("Tid", {"2022", "2023"}, Role::time)},
                              {"1", "k", "k", "0 :"});
    const auto release = normalise(cube, ssb, "d", Coverage::partial, notes);
    CHECK(shown(release, 0, 1) == "nothing, k unknown");
    CHECK(shown(release, 1, 1) == "0, : confidential");
    CHECK(notes == Texts{"symbol 'k' has no known meaning, for instance at Region=0301, Tid=2023",
                         "symbol ':' (confidential) stands beside a number, for instance at Region=1103, Tid=2023"});
}

TEST_CASE("a cell the source does not mention stays absent")
{
    Texts notes;
    auto cube = cube_of({dimension("Tid", {"2023", "2022"}, Role::time)}, {"1", ""});
    cube.cells[1] = Cell();
    const auto release = normalise(cube, ssb, "d", Coverage::partial, notes);
    CHECK(release.cell(0, 0).state == Cell::State::absent);
    CHECK(shown(release, 0, 1) == "1");
}

TEST_CASE("a period of no known form is kept as text and noted")
{
    Texts notes;
    const auto release = normalise(cube_of({dimension("Tid", {"ukjent", "2022"}, Role::time)}, {"1", "2"}), ssb, "d",
                                   Coverage::partial, notes);
    CHECK(texts(release.periods) == Texts{"2022", "ukjent"});
    CHECK(shown(release, 0, 1) == "1");
    CHECK(notes == Texts{"period 'ukjent' is of no known form and stored as text"});
}

TEST_CASE("how periods are written is decided from all that the source lists, and told")
{
    Texts notes;
    auto conventions = ssb;
    conventions.described_periods = dimension("Tid", {"2005-05", "2005-06", "2005-07"}).categories;
    const auto cube = cube_of({dimension("Tid", {"2005-06"}, Role::time)}, {"1"});
    CHECK(texts(normalise(cube, conventions, "d", Coverage::partial, notes).periods) == Texts{"2005M06"});
    CHECK(notes == Texts{"the periods of Tid are read as months (by all its codes): '2005-05' is 2005M05"});
    conventions.described_periods.clear();
    CHECK_THROWS_WITH(normalise(cube, conventions, "d", Coverage::partial, notes), Catch::Contains("period_kind"));
    conventions.periods.stated = PeriodKind::school_year;
    CHECK(texts(normalise(cube, conventions, "d", Coverage::partial, notes).periods) == Texts{"2005/2006"});
}

TEST_CASE("periods of no known form are counted, with a few examples")
{
    Texts notes;
    const auto cube =
        cube_of({dimension("Tid", {"a", "b", "c", "d", "2022"}, Role::time)}, {"1", "2", "3", "4", "5"});
    const auto release = normalise(cube, ssb, "d", Coverage::partial, notes);
    CHECK(texts(release.periods) == Texts{"2022", "a", "b", "c", "d"});
    CHECK(release.period_labels == Texts(5));
    CHECK(notes == Texts{"4 of 5 periods are of no known form and stored as text: 'a', 'b', 'c', …"});
}

TEST_CASE("periods that are labels are read where the source lists them, also where an answer has codes alone")
{
    Texts notes;
    auto conventions = ssb;
    auto described = dimension("Tid", {"0", "1", "2"});
    described.categories[0].label = "2019";
    described.categories[1].label = "2020";
    described.categories[2].label = "2021";
    conventions.described_periods = described.categories;
    const auto cube = cube_of({dimension("Tid", {"1", "2"}, Role::time)}, {"1", "2"});
    CHECK(texts(normalise(cube, conventions, "d", Coverage::partial, notes).periods) == Texts{"2020", "2021"});
}

TEST_CASE("a label of a period is stored where it says more than the period, and told where it says another")
{
    Texts notes;
    auto time = dimension("Tid", {"2019", "2020", "2021", "a"}, Role::time);
    time.categories[0].label = "År 2019";
    time.categories[1].label = "2020*";
    time.categories[2].label = "2022";
    time.categories[3].label = "before";
    const auto release = normalise(cube_of({time}, {"1", "2", "3", "4"}), ssb, "d", Coverage::partial, notes);
    CHECK(release.period_labels == Texts{"", "2020*", "2022", "before"});
    CHECK(notes == Texts{"period 'a' is of no known form and stored as text",
                         "1 of 4 periods of Tid are labelled as others: 2021 is '2022'"});
}

TEST_CASE("a dimension that the source calls time and the job does not is a dimension like others")
{
    Texts notes;
    const auto cube = cube_of({dimension("Tid", {"a", "b"}, Role::time), dimension("AAR", {"2022"})}, {"1", "2"});
    const auto release = normalise(cube, fhi, "d", Coverage::partial, notes);
    CHECK(release.time_dimension == "AAR");
    CHECK(release.dimensions[0].role == Role::none);
}

TEST_CASE("a cube that cannot be a release is refused")
{
    struct Row {
        Cube cube;
        Conventions conventions;
        std::string message;
    };
    const auto years = dimension("Tid", {"2022"}, Role::time);
    Cube description;
    description.dimensions = {years};
    const std::vector<Row> rows = {
        {cube_of({dimension("A", {"a"}), dimension("AAR", {"2022"})}, {"1"}), ssb,
         "none of the dimensions A, AAR has the role of time; name the time dimension"},
        {cube_of({dimension("A", {"2021"}, Role::time), years}, {"1"}), ssb,
         "more than one of the dimensions A, Tid has the role of time; name the time dimension"},
        {cube_of({dimension("A", {"a"}), years}, {"1"}), fhi,
         "the time dimension 'AAR' is not there; the dimensions are A, Tid"},
        {cube_of({dimension("Tid", {"2024K1", "2024Q1"}, Role::time)}, {"1", "2"}), ssb,
         "dimension 'Tid' has the period 2024Q1 twice, as '2024K1' and '2024Q1'"},
        {cube_of({dimension("Tid", {"2022-01", "2022M01"}, Role::time)}, {"1", "2"}), ssb,
         "dimension 'Tid' has the period 2022M01 twice, as '2022-01' and '2022M01'"},
        {cube_of({dimension("Tid", {""}, Role::time)}, {"1"}), ssb, "dimension 'Tid' has an empty period"},
        {cube_of({dimension("A", {"a"}), dimension("A", {"a"}), years}, {"1"}), ssb, "two dimensions are called 'A'"},
        {description, ssb, "a description without values: it has 0 cells, its dimensions multiply to 1"},
    };
    for (const auto& row : rows) {
        Texts notes;
        CHECK_THROWS_WITH(normalise(row.cube, row.conventions, "d", Coverage::partial, notes), row.message);
    }
}

TEST_CASE("a release of several parts is refused")
{
    Texts notes;
    const auto part = cube_of({dimension("Tid", {"2022"}, Role::time)}, {"1"});
    CHECK_THROWS_WITH(normalise({part, part}, ssb, "ssb/1", Coverage::partial, notes),
                      "ssb/1: the release comes in 2 parts; exactly one can be ingested");
    CHECK_THROWS_AS(normalise(std::vector<Cube>{}, ssb, "ssb/1", Coverage::partial, notes), Error);
    CHECK(normalise(std::vector<Cube>{part}, ssb, "ssb/1", Coverage::partial, notes).periods.size() == 1);
}
