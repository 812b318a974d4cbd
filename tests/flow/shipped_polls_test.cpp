// Every job that comes with skurd and polls Statistics Norway or FHI, against simulated sources with tables of the
// shape that is known of the real ones.
#include "tests/flow/shipped_polls.hpp"

#include <map>
#include <set>

using namespace skurd;
using namespace skurd::test;

TEST_CASE("every shipped job that polls a source can be harvested from a table of its shape", "[shipped]")
{
    const ShippedPolls here;
    std::vector<std::string> arguments = {"harvest"};
    arguments.insert(arguments.end(), here.jobs.begin(), here.jobs.end());
    const auto runs = here.json(arguments);

    CHECK(here.jobs.size() == 34);
    REQUIRE(runs.size() == here.jobs.size());
    for (const auto& run : runs) {
        INFO(run.dump());
        CHECK(run["outcome"] == "new vintage");
        CHECK(run["cells"] > 0);
    }
}

TEST_CASE("what the indicators live on comes out of the shipped jobs", "[shipped]")
{
    const ShippedPolls here;
    const std::vector<std::string> jobs = {"fhi-drug-deaths", "ssb-sanctions", "ssb-health-centres",
                                           "ssb-cpi-by-year", "ssb-substance-expenditure"};
    std::vector<std::string> arguments = {"harvest"};
    arguments.insert(arguments.end(), jobs.begin(), jobs.end());
    here.out(arguments);
    const auto one = [&](const std::string& selector, const std::string& period) {
        const auto rows = here.json({"get", selector, "--period", period});
        REQUIRE(rows.size() == 1);
        return rows[0]["value"].is_string() ? rows[0]["value"].get<std::string>() : rows[0]["meaning"].dump();
    };
    CHECK(one("fhi/drug-deaths", "2023") == "363");
    CHECK(one("ssb/13579{TypeReaksjon=00,UndertypeReaksjon=00,Hovedlovbrudd=6STR,ContentsCode=Straffereaksjoner}",
              "2024") == "3805");
    CHECK(one("ssb/11994{KOKutdanning0000=000}", "2018") == "136.2");
    CHECK(one("ssb/14709{Maaned=90}", "2026") == "\"not applicable\"");
    CHECK(here.run({"get", "ssb/13579{Hovedlovbrudd=6STRG}"}).err.find("(known: 6LEG, 6RUS, 6STR)") !=
          std::string::npos);
    CHECK_FALSE(here.json({"get", "ssb/12362{KOKfunksjon0000=243,KOKart0000=AGD2}"}).empty());
}

TEST_CASE("every shipped job that polls a source is confirmed by a table of its shape", "[shipped]")
{
    const ShippedPolls here;
    const auto checked = here.run({"check", "--online", "--json"});
    INFO(checked.out << checked.err);
    CHECK(checked.exit == 0);
    std::set<std::string> unsure;
    const auto answer = Json::parse(checked.out);
    for (const auto& job : answer["online"]) {
        CAPTURE(job.dump());
        CHECK(job["asked"] == true);
        for (const auto& result : job["results"]) {
            CHECK(result["kind"] != "wrong");
            if (result["kind"] == "unsure")
                unsure.insert(job["job"].get<std::string>());
        }
    }
    // Tables that have ended, and a dimension that is left out without a word.
    CHECK(unsure == std::set<std::string>{"ssb-child-welfare-reports", "ssb-child-welfare-reports-misuse",
                                          "ssb-child-welfare-reports-own-misuse", "ssb-cpi-2015",
                                          "ssb-cpi-by-year-2015", "ssb-health-centres", "ssb-sanctions-driving",
                                          "ssb-sanctions-medicines-act", "ssb-sanctions-penal-code"});
}
