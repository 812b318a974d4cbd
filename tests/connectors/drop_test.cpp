#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "config/job.hpp"
#include "connectors/connector.hpp"
#include "decode/csv/cube_csv.hpp"
#include "decode/layout/read_layout.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <regex>
#include <set>

using namespace skurd;
namespace fs = std::filesystem;

namespace {

const fs::path root = SKURD_SOURCE_DIR;

std::unique_ptr<Connector> make(const std::string& text, const std::string& id)
{
    auto job = Job::read(Section::parse(text, id + ".toml"), id);
    JobSections sections{job.id, job.source, job.layout, "/var/lib/skurd/drop"};
    auto connector = create_connector(job.connector, job.connector_where, sections);
    job.whole.reject_unknown_keys();
    return connector;
}

Response file_response(const fs::path& file)
{
    Response response;
    response.url = file.string();
    response.body = test::read_file(file);
    response.received_at = parse_time("2018-04-05T12:00:00Z").value();
    response.modified_at = parse_time("2018-04-03T10:00:00Z").value();
    return response;
}

std::string message_of(const std::string& text)
{
    try {
        make(text, "x");
        return "";
    } catch (const Error& failure) {
        CHECK(failure.code() == ExitCode::usage);
        return failure.what();
    }
}

/// A cube's cells by "nr period", for comparison with published figures.
std::map<std::string, std::string> values_of(const Cube& cube)
{
    std::map<std::string, std::string> values;
    std::string csv;
    write_cube_csv(cube, csv);
    for (const auto line : split(csv, '\n'))
        if (const auto fields = split(line, ','); fields.size() == 4)
            values[std::string(fields[0]) + " " + std::string(fields[1])] =
                fields[3].empty() ? std::string(fields[2]) : std::string(fields[3]);
    return values;
}

Decoded harvest_first(const std::string& report)
{
    const auto connector =
        make(test::read_file(root / ("schedules/status-report-" + report + ".toml")), "status-report-" + report);
    const std::vector<Response> responses = {
        file_response(root / ("deploy/first-harvest/statusrapport-" + report + ".csv"))};
    return connector->decode({}, responses);
}

} // namespace

TEST_CASE("each mistake in a drop job is refused with its line", "[drop]")
{
    const std::string job = "[job]\nconnector='drop'\n[source]\nfiles='*.csv'\n";
    const std::string series = "[[layout.series]]\ncolumn='Nr'\n";
    const struct {
        std::string text;
        const char* message;
    } mistakes[] = {
        {job, "x.toml:3: a file drop needs a table [layout] that says where things are in the file"},
        {"[job]\nconnector='drop'\n[source]\n[layout]\n", "x.toml:3: the key 'files' is missing"},
        {"[job]\nconnector='drop'\n[source]\nfiles='../*.csv'\n[layout]\n",
         "x.toml:4: 'files' is a pattern of file names such as '*.csv', without '/': '../*.csv'"},
        {job + "dataset='a/b'\n[layout]\n",
         "x.toml:5: 'dataset' must be 1 to 100 of the characters a-z A-Z 0-9 - _ . and is 'a/b'"},
        {job + "published='april'\n[layout]\n",
         "x.toml:5: 'april' is not a date or instant such as '2018-04-01' or '2018-04-01T08:00:00Z'"},
        {job + "published_confidence='month'\n[layout]\n",
         "x.toml:5: 'published_confidence' says how sure 'published' is, which is missing"},
        {job + "[layout]\nperiods='x'\n",
         "x.toml:5: nothing says what identifies a series: give [[layout.series]], 'measures', or both"},
        {job + "[layout]\n" + series, "x.toml:5: exactly one of 'periods' (periods are columns), 'period_column' "
                                      "(periods are rows) and 'period' (one "
                                      "for the whole file) must be given"},
        {job + "[layout]\nperiod='2016'\n" + series,
         "x.toml:5: exactly one of 'value_column' (one column of values) and 'measures' (several) must be given"},
        {job + "[layout]\nperiods='x'\nvalue_column='y'\n" + series,
         "x.toml:7: 'value_column' and 'periods' exclude one another: with periods as columns, those hold the "
         "values"},
        {job + "[layout]\nperiods='x'\nperiod_id='Nr'\n" + series,
         "x.toml:8: two dimensions are called 'Nr': give one another id"},
        {job + "[layout]\nperiods='x'\nthousands=['.', ',']\n" + series,
         "x.toml:7: ',' cannot separate thousands (known: space, ., ', \u2019, the figure space \\u2007)"},
        {job + "[layout]\nperiods='x'\nencoding='utf8'\n" + series,
         "x.toml:7: 'encoding' cannot be 'utf8' (did you mean 'utf-8'?) (known: auto, utf-8, utf-16, utf-16le, "
         "utf-16be, "
         "windows-1252, latin-1)"},
        {job + "[layout]\nperiods='x'\nkolonner=1\n" + series, "x.toml:7: unknown key 'kolonner'"},
        {job + "[layout]\nperiods='x'\n" + series + "[layout.missing]\n'N/A'='not there'\n",
         "x.toml:10: 'N/A' cannot be 'not there' (known: not applicable, not available, preliminary missing, "
         "confidential, nil, not computable, suppressed, withdrawn, not asked for)"},
    };
    for (const auto& mistake : mistakes)
        CHECK(message_of(mistake.text) == mistake.message);
    CHECK(message_of(job + "[layout]\nperiods='('\n" + series)
              .starts_with("x.toml:6: '(' is not a regular expression"));
}

TEST_CASE("the sample job of the drop connector is valid and its README names every key of it", "[drop]")
{
    const auto sample = test::read_file(root / "connectors/drop/sample.toml");
    const auto readme = test::read_file(root / "connectors/drop/README.md");
    CHECK(message_of(sample) == "");
    const std::regex key("(?:^|\n)(?:# )?([a-z_]+) *= ");
    std::set<std::string> keys;
    const auto own = sample.begin() + static_cast<std::ptrdiff_t>(sample.find("[source]"));
    for (std::sregex_iterator match(own, sample.end(), key), end; match != end; ++match)
        keys.insert((*match)[1]);
    CHECK(keys.size() >= 25);
    for (const auto& name : keys) {
        INFO(name);
        CHECK(readme.find("`" + name + "`") != std::string::npos);
    }
}

TEST_CASE("every job that comes with the program can be read", "[drop]")
{
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(root / "schedules")) {
        const auto& file = entry.path();
        if (file.extension() != ".toml")
            continue;
        const auto job = Job::read(Section::load(file), file.stem().string());
        CHECK(job.id == file.stem().string());
        CHECK(job.cron);
        CHECK(job.enabled == (job.connector == "drop"));
        ++count;
    }
    CHECK(count >= 3);
}

TEST_CASE("a file's time is its claim of publication, unless it lies ahead of its arrival", "[drop]")
{
    const auto connector = make(
        "[job]\nconnector='drop'\n[source]\nfiles='*'\n[layout]\nperiods='.*\\d'\n[[layout.series]]\ncolumn='a'\n",
        "x");
    Response file;
    file.body = "a;2016\n1;2\n";
    file.received_at = parse_time("2018-04-05T12:00:00Z").value();
    for (const auto& [modified, published] : {std::pair("2018-04-03T10:00:00Z", "2018-04-03T10:00:00Z"),
                                              std::pair("2099-01-01T00:00:00Z", "2018-04-05T12:00:00Z")}) {
        file.modified_at = parse_time(modified).value();
        const auto claim = connector->decode({}, std::span(&file, 1)).claim;
        CHECK(format_time(claim.published_at) == published);
        CHECK(claim.confidence == Confidence::arrival);
    }
}

TEST_CASE("missing marks get the meaning the layout gives them, and a guessed encoding is noted", "[drop]")
{
    const auto connector =
        make("[job]\nconnector='drop'\n[source]\nfiles='*'\ncoverage='complete'\n[layout]\n"
             "periods='^\\d+$'\n[[layout.series]]\ncolumn='å'\n[layout.missing]\n'*'='suppressed'\n",
             "x");
    Response file;
    file.body = "\xe5;2016\n1;*\n";
    const auto decoded = connector->decode({}, std::span(&file, 1));
    CHECK(decoded.conventions.symbols.at("*") == Meaning::suppressed);
    CHECK(decoded.conventions.time_dimension == "Tid");
    CHECK(decoded.notes.size() == 1);
    CHECK(connector->guarantee().coverage == Coverage::complete_selection);
}

TEST_CASE("the first harvest holds 94 numbers of the first report and 85 rows of the third", "[drop]")
{
    const auto first = harvest_first("1");
    const auto& cube = first.cubes.at(0);
    CHECK(first.dataset == "drop/status-report");
    CHECK(format_date(first.claim.published_at) == "2018-04-01");
    CHECK(first.claim.confidence == Confidence::month);
    CHECK(std::count_if(cube.cells.begin(), cube.cells.end(), [](const auto& cell) { return cell.has_number(); }) ==
          94);
    CHECK(cube.dimensions.at(0).categories.size() == 94);
    CHECK(cube.dimensions.at(0).categories.at(92).label == "Saker med ungdomsoppfølging");

    const auto third = harvest_first("3");
    const auto& wide = third.cubes.at(0);
    CHECK(third.dataset == "drop/status-report");
    CHECK(format_date(third.claim.published_at) == "2019-11-01");
    CHECK(wide.cells.size() == 85UL * 3);
    CHECK(std::none_of(wide.cells.begin(), wide.cells.end(),
                       [](const auto& cell) { return cell.state == Cell::State::absent; }));
    CHECK(wide.dimensions.at(0).id == cube.dimensions.at(0).id);
    CHECK(wide.dimensions.at(1).id == cube.dimensions.at(1).id);
    const auto values = values_of(wide);
    CHECK(values.at("4 2018") == "15894");
    CHECK(values.at("6 2017") == "-3.1");
    CHECK(values.at("9 2018") == "N/A");
    CHECK(wide.dimensions.at(0).categories.at(6).unit == "%");
    CHECK(wide.dimensions.at(0).categories.at(8).unit == "");
}

TEST_CASE("the first harvest says what the reports printed", "[drop]")
{
    const auto first = test::reference("data/status-report-1.csv");
    const auto third = test::reference("data/status-report-3.csv");
    if (!first || !third)
        return;
    std::size_t compared = 0;
    const auto once = values_of(harvest_first("1").cubes.at(0));
    const auto first_text = test::read_file(*first);
    for (const auto& line : split(first_text, '\n'))
        if (const auto fields = test::figure_fields(std::string(line)); fields.size() == 3 && all_digits(fields[0])) {
            CHECK(once.at(fields[0] + " " + fields[2]) == test::plain(fields[1]));
            ++compared;
        }
    CHECK(compared == 94);
    const auto wide = values_of(harvest_first("3").cubes.at(0));
    const auto third_text = test::read_file(*third);
    for (const auto& line : split(third_text, '\n'))
        if (const auto fields = test::figure_fields(std::string(line)); fields.size() == 8 && all_digits(fields[1]))
            for (std::size_t year = 2; year < 5; ++year, ++compared)
                CHECK(wide.at(fields[1] + " " + std::to_string(2014 + year)) == test::plain(fields[year]));
    CHECK(compared == 94 + 255);
}
