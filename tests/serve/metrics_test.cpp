// Metrics: their notation, and their names against the documents.
#include "serve/metrics.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <regex>
#include <set>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;

namespace {

Time at(int seconds)
{
    return Time(std::chrono::seconds(seconds));
}

/// Something of everything.
DaemonFigures figures()
{
    DaemonFigures all;
    all.now = at(5000);
    all.fetched["data.ssb.no"] = {3, 1, 1, 2048, std::chrono::milliseconds(1500)};
    all.runs_ended = {{RunOutcome::new_vintage, 2}};
    all.orders = {{OrderState::running, 1}};
    all.store.emplace();
    all.store->sources = {{"ssb", 2, 9, at(1000), at(4000)}, {"empty", 1, 0}};
    all.store->flags = {{{FlagKind::revision, FlagState::open}, 4}};
    all.store->outbox = {{"waiting", 5}};
    all.rooms = {{"/a", "/", 10, 20, 5}, {"/a/payloads", "/b", 30, 40, 5}};
    JobStatus job;
    job.job = "ssb-cpi";
    job.schedule = "0 8 * * *";
    job.owed_since = at(4990);
    job.next_run = at(4990);
    job.health.last_success = at(900);
    job.health.failures_in_row = 3;
    all.jobs = {job};
    job = {};
    job.job = "by-hand";
    all.jobs.push_back(job);
    return all;
}

std::set<std::string> documented_names()
{
    const auto page = read_file(SKURD_SOURCE_DIR "/src/serve/README.md");
    const auto begin = page.find("| metric | labels |");
    REQUIRE(begin != std::string::npos);
    const auto table = page.substr(begin, page.find("\n\n", begin) - begin);
    const std::regex name("`((?:skurd|process)_[a-z_]+)`");
    std::set<std::string> names;
    for (std::sregex_iterator found(table.begin(), table.end(), name), end; found != end; ++found)
        names.insert((*found)[1]);
    return names;
}

} // namespace

TEST_CASE("every metric is described, and none that there is not", "[serve]")
{
    std::set<std::string> names;
    for (const auto& metric : all_metrics())
        names.emplace(metric.head.name);
    CHECK(names.size() == all_metrics().size());
    CHECK(names == documented_names());
}

TEST_CASE("a metric's name ends as its type and its unit have it", "[serve]")
{
    for (const auto& metric : all_metrics()) {
        auto name = std::string(metric.head.name);
        INFO(name);
        CHECK(std::regex_match(name, std::regex("(skurd|process)_[a-z_]+")));
        CHECK(name.ends_with("_total") == (metric.head.type == MetricHead::Type::counter));
        CHECK(name.ends_with("_info") == (metric.head.type == MetricHead::Type::info));
        if (name.ends_with("_total"))
            name.erase(name.size() - 6);
        if (!metric.head.unit.empty())
            CHECK_THAT(name, EndsWith("_" + std::string(metric.head.unit)));
        CHECK_THAT(std::string(metric.head.help), EndsWith("."));
    }
}

TEST_CASE("metrics are OpenMetrics, with types, units and an end", "[serve]")
{
    const auto text = metrics_text(figures(), MetricsFormat::openmetrics);
    CHECK_THAT(text, StartsWith("# HELP skurd_build "));
    CHECK_THAT(text, Contains("# TYPE skurd_build info\nskurd_build_info{version=\"" SKURD_VERSION
                              "\",store_version=\"0\"} 1\n"));
    CHECK_THAT(text, Contains("# TYPE skurd_fetch_response_bytes counter\n# UNIT skurd_fetch_response_bytes bytes\n"
                              "skurd_fetch_response_bytes_total{host=\"data.ssb.no\"} 2048\n"));
    CHECK_THAT(text, Contains("skurd_fetch_wait_seconds_total{host=\"data.ssb.no\"} 1.5\n"));
    CHECK_THAT(text, Contains("skurd_job_lateness_seconds{job_id=\"ssb-cpi\"} 10\n"));
    CHECK_THAT(text, Contains("skurd_job_last_success_timestamp_seconds{job_id=\"ssb-cpi\"} 900\n"));
    CHECK_THAT(text, Contains("skurd_job_failures_in_row{job_id=\"by-hand\"} 0\n"));
    CHECK_THAT(text, Contains("skurd_runs_total{outcome=\"new vintage\"} 2\n"));
    CHECK_THAT(text, Contains("skurd_runs_total{outcome=\"failed\"} 0\n"));
    CHECK_THAT(text, Contains("skurd_flags{kind=\"revision\",state=\"open\"} 4\n"));
    CHECK_THAT(text, Contains("skurd_flags{kind=\"drift\",state=\"acknowledged\"} 0\n"));
    CHECK_THAT(text, Contains("skurd_outbox_messages{state=\"waiting\"} 5\n"));
    CHECK_THAT(text, Contains("skurd_disk_free_bytes{of=\"payloads\"} 30\n"));
    CHECK_THAT(text, EndsWith("\n# EOF\n"));
}

TEST_CASE("what has no number is absent", "[serve]")
{
    const auto text = metrics_text(figures(), MetricsFormat::openmetrics);
    CHECK(text.find("lateness_seconds{job_id=\"by-hand\"") == std::string::npos);
    CHECK(text.find("last_success_timestamp_seconds{job_id=\"by-hand\"") == std::string::npos);
    CHECK(text.find("newest_release_timestamp_seconds{source=\"empty\"") == std::string::npos);

    auto without_store = figures();
    without_store.store.reset();
    const auto less = metrics_text(without_store, MetricsFormat::openmetrics);
    CHECK_THAT(less, Contains("skurd_store_readable 0\n"));
    CHECK(less.find("skurd_flags") == std::string::npos);
    CHECK(less.find("skurd_source_") == std::string::npos);
}

TEST_CASE("who asks for the older text format is given it", "[serve]")
{
    const auto text = metrics_text(figures(), MetricsFormat::prometheus);
    CHECK_THAT(text, Contains("# TYPE skurd_runs_total counter\n"));
    CHECK_THAT(text, Contains("# TYPE skurd_build_info gauge\n"));
    CHECK(text.find("# UNIT") == std::string::npos);
    CHECK(text.find("# EOF") == std::string::npos);

    CHECK(format_for("") == MetricsFormat::openmetrics);
    CHECK(format_for("*/*") == MetricsFormat::openmetrics);
    CHECK(format_for("text/plain") == MetricsFormat::prometheus);
    CHECK(format_for("text/plain;version=0.0.4;q=1,*/*;q=0.1") == MetricsFormat::prometheus);
    CHECK(format_for("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1") ==
          MetricsFormat::openmetrics);
}

TEST_CASE("labels and help say what they say, whatever stands in them", "[serve]")
{
    const MetricHead head{"x", MetricHead::Type::gauge, "", "a \\ b\nc \"d\""};
    const std::vector<MetricSample> samples = {{{{"host", "a\"b\\c\nd"}}, -0.5}};
    MetricsText modern(MetricsFormat::openmetrics);
    modern.add(head, samples);
    CHECK(modern.take() ==
          "# HELP x a \\\\ b\\nc \\\"d\\\"\n# TYPE x gauge\nx{host=\"a\\\"b\\\\c\\nd\"} -0.5\n# EOF\n");
    MetricsText older(MetricsFormat::prometheus);
    older.add(head, samples);
    CHECK(older.take() == "# HELP x a \\\\ b\\nc \"d\"\n# TYPE x gauge\nx{host=\"a\\\"b\\\\c\\nd\"} -0.5\n");
}
