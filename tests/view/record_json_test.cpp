// What the JSON of records promises to readers: one shape for each, wherever it is shown.
#include "tests/report/sample_report.hpp"
#include "tests/support/catch.hpp"

#include "base/time_text.hpp"
#include "report/report.hpp"
#include "view/annotation_json.hpp"
#include "view/flag_json.hpp"
#include "view/observation_json.hpp"
#include "view/run_json.hpp"
#include "view/status_json.hpp"
#include "view/store_json.hpp"
#include "view/value_json.hpp"
#include "view/verdict_json.hpp"

#include <set>

using namespace skurd;
using namespace skurd::test;

namespace {

std::set<std::string> members(const Json& object)
{
    std::set<std::string> names;
    for (const auto& [name, value] : object.items())
        names.insert(name);
    return names;
}

} // namespace

TEST_CASE("a verdict has one shape, alone and in a report", "[view]")
{
    const SampleReports sample;
    const auto report =
        Json::parse(find_report_format("json")->render({sample.status, sample.catalogue, Language::nb, Colour::off}));
    auto in_report = members(report.at("rows").at(0).at("changes").at(0));
    CHECK(in_report.erase("shown") == 1); // the report's own: rounded for people
    CHECK(in_report == members(to_json(Verdict())));
    CHECK(members(report.at("differences").at(0)) == members(to_json(ReportDifference())));
}

TEST_CASE("a text in two languages is an object, or null where there is none", "[view]")
{
    Verdict verdict;
    verdict.caveat = {"ny ordlyd", "new wording"};
    const auto json = to_json(verdict);
    CHECK(json.at("caveat") == Json{{"nb", "ny ordlyd"}, {"en", "new wording"}});
    CHECK(json.at("near_miss").is_null());
    CHECK(json.at("from").is_null());
}

TEST_CASE("what there is none of is null, and never 0 or an empty text", "[view]")
{
    CHECK(to_json(Run()).at("vintage").is_null());
    CHECK(to_json(Run()).at("finished").is_null());
    CHECK(to_json(Flag()).at("indicator").is_null());
    CHECK(to_json(Quarantined()).at("ended").is_null());
    CHECK(to_json(Quarantined()).at("run").is_null());
    CHECK(to_json(Annotation()).at("period").is_null());
    CHECK(to_json(Correction()).at("ended").is_null());
    CHECK(number_json(std::nullopt).is_null());
    CHECK(number_json(Decimal(0, 1)) == "0.0"); // zero is a number
}

TEST_CASE("who did something is called actor in every record", "[view]")
{
    Flag flag;
    flag.actor = "Kari";
    CHECK(to_json(flag).at("actor") == "Kari");
    Annotation annotation;
    annotation.actor = "Kari";
    annotation.withdrawn_at = Time();
    annotation.withdrawn_by = "Ola";
    CHECK(to_json(annotation).at("actor") == "Kari");
    CHECK(to_json(annotation).at("withdrawn").at("actor") == "Ola");
    SignOff signing;
    signing.actor = "Kari";
    CHECK(to_json(signing).at("actor") == "Kari");
}

TEST_CASE("an observation tells its indicator only where it was read as one", "[view]")
{
    Definition second;
    second.id = 2;
    second.reason = {"nytt spørsmål", "a new question"};
    ObservationRow row;
    CHECK_FALSE(to_json(row).contains("indicator"));
    row.indicator = 9;
    row.definition = &second;
    const auto json = to_json(row);
    CHECK(json.at("indicator") == 9);
    CHECK(json.at("comparable_with_previous_definition") == false);
    CHECK(json.at("reason").at("en") == "a new question");
}

TEST_CASE("a value in one word is its number and its symbol, or what that means", "[view]")
{
    CHECK(value_text(Value{Decimal(45, 1), {"*", Meaning::provisional}}) == "4.5*");
    CHECK(value_text(Value{std::nullopt, {"", Meaning::withdrawn}}) == "withdrawn");
    CHECK(value_text(std::nullopt) == "");
}

TEST_CASE("a job says why its next run is made when it is")
{
    JobStatus job;
    CHECK(why_text(job).empty());
    job.expected = parse_time("2026-06-18");
    CHECK(why_text(job) == "release of 2026-06-18 expected");
    job.owed_since = parse_time("2026-03-02T07:20:00Z");
    CHECK(why_text(job) == "owed since 2026-03-02T07:20:00Z");
    job.tries = 1;
    CHECK(why_text(job) == "owed since 2026-03-02T07:20:00Z, one try failed");
    job.tries = 4;
    job.next_run = parse_time("2026-03-02T08:00:00Z");
    const auto json = to_json(job);
    CHECK(json["why"] == "owed since 2026-03-02T07:20:00Z, 4 tries failed");
    CHECK(json["next_run"] == "2026-03-02T08:00:00Z");
    CHECK(json["owed_since"] == "2026-03-02T07:20:00Z");
    CHECK(json["next_due"].is_null());
}
