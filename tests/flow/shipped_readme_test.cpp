// What schedules/README.md says of the indicators and their jobs, held against the catalogue, the jobs and the
// samples.
#include "tests/flow/shipped_drops.hpp"

#include "base/text.hpp"
#include "indicator/catalogue.hpp"
#include "indicator/formula.hpp"
#include "store/observation_store.hpp"
#include "store/store_session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/store_engine.hpp"

#include <regex>
#include <set>

using namespace skurd;
using namespace skurd::test;

namespace {

std::string readme()
{
    return read_file(SKURD_SOURCE_DIR "/schedules/README.md");
}

/// A row of the table of indicators.
struct Row {
    int number = 0;
    std::string label;
    std::string source;
    std::string job;
    std::string live; ///< the formula that the indicator goes on with, or ""
};

std::vector<Row> rows()
{
    std::vector<Row> found;
    const auto text = readme();
    const std::regex row("\n\\| *(\\d+) \\| ([^|]*) \\| ([^|]*) \\| `([^`|]*)` *\\| (?:`([^`]*)`)? *\\|[^|]*\\|");
    for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at)
        found.push_back({std::stoi((*at)[1]), std::string(trim((*at)[2].str())), std::string(trim((*at)[3].str())),
                         (*at)[4], replace_all((*at)[5].str(), "\\|", "|")});
    return found;
}

std::set<std::string> shipped_jobs()
{
    std::set<std::string> ids;
    for_each_shipped_job([&](const Job& job) { ids.insert(job.id); });
    return ids;
}

} // namespace

TEST_CASE("the table of indicators has every indicator of the catalogue with its job", "[shipped][docs]")
{
    // Named in the table before they are there: take a name off when its job has come.
    const auto jobs = shipped_jobs();
    std::map<int, Row> by_number;
    for (const auto& row : rows())
        CHECK(by_number.emplace(row.number, row).second);
    std::size_t indicators = 0;
    for (const auto& indicator : read_catalogue(shipped_catalogue(), "").indicators) {
        INFO("indicator " << indicator.number);
        REQUIRE(by_number.contains(indicator.number));
        const auto& row = by_number.at(indicator.number);
        INFO("job " << row.job);
        CHECK(row.label == indicator.label.en);
        CHECK(row.source == indicator.source);
        CHECK(jobs.contains(row.job));
        ++indicators;
    }
    CHECK(by_number.size() == indicators);
    CHECK(indicators == 93);
}

TEST_CASE("the table of indicators has the formulas that the catalogue goes on with", "[shipped][docs]")
{
    std::map<int, std::string> live;
    for (const auto& row : rows())
        live[row.number] = row.live.empty() ? "" : parse_formula(row.live).text();
    std::size_t going_on = 0;
    for (const auto& indicator : read_catalogue(shipped_catalogue(), "").indicators) {
        INFO("indicator " << indicator.number);
        const auto& formula = indicator.definitions.back().formula;
        const bool goes_on = formula.kind == Formula::Kind::coalesce;
        CHECK(live[indicator.number] == (goes_on ? formula.operands.front().text() : ""));
        going_on += goes_on ? 1 : 0;
        if (goes_on) {
            CHECK(formula.operands.back().kind == Formula::Kind::earlier);
        }
    }
    CHECK(going_on == 88);
}

TEST_CASE("every series of a file that an indicator goes on with is in its job's sample", "[shipped][docs]")
{
    const ManualClock clock("2026-01-01");
    const StoreSession store(store_of(harvested_samples() / "state"), StoreSession::Access::read, clock);
    std::size_t series = 0;
    for (const auto& row : rows()) {
        if (row.live.empty())
            continue;
        for (const auto& selector : selectors_of(parse_formula(row.live))) {
            INFO(row.number << " " << selector.text());
            if (!selector.dataset.starts_with("drop/"))
                continue;
            CHECK_FALSE(ObservationStore(store).history(selector).empty());
            ++series;
        }
    }
    CHECK(series == 82);
}

TEST_CASE("every job that comes along is named in the README of the schedules", "[shipped][docs]")
{
    const auto text = readme();
    std::vector<std::string> names;
    const std::regex quoted("`([a-z0-9][a-z0-9*-]+)(?:\\.toml)?`");
    for (std::sregex_iterator at(text.begin(), text.end(), quoted), end; at != end; ++at)
        names.push_back((*at)[1]);
    for (const auto& job : shipped_jobs()) {
        INFO(job);
        CHECK(std::any_of(names.begin(), names.end(), [&](const auto& name) { return matches_glob(job, name); }));
    }
}
