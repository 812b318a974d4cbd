#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <cstdio>
#include <iostream>
#include <map>
#include <regex>
#include <sstream>

using namespace skurd::test;

namespace {

struct Figure {
    std::string value;
    std::string rest; ///< unit, bar, verdict
};

struct BenchRun {
    std::string out;
    int status = 0; ///< as waitpid() gives it
};

BenchRun run_bench(const std::string& arguments)
{
    BenchRun ended;
    const auto command = SKURD_BENCH " " + arguments;
    FILE* pipe = popen(command.c_str(), "r"); // NOLINT(cert-env33-c): a command of the test's own
    REQUIRE(pipe != nullptr);
    char buffer[4096];
    for (std::size_t count = 0; (count = fread(buffer, 1, sizeof buffer, pipe)) > 0;)
        ended.out.append(buffer, count);
    ended.status = pclose(pipe);
    return ended;
}

std::string output_of(const std::string& arguments)
{
    const auto ended = run_bench(arguments);
    CHECK(ended.status == 0);
    return ended.out;
}

std::map<std::string, Figure> figures_in(const std::string& text)
{
    static const std::regex line(R"((\S+) +(-?[0-9]+\.?[0-9]*) (.*))");
    std::map<std::string, Figure> found;
    std::istringstream in(text);
    for (std::string each; std::getline(in, each);) {
        std::smatch match;
        INFO(each);
        CHECK(std::regex_match(each, match, line));
        if (!match.empty())
            found[match[1]] = {match[2], match[3]};
    }
    return found;
}

} // namespace

TEST_CASE("the bench answers every question with figures, and its README explains each")
{
    const auto figures = figures_in(output_of("all --small"));
    const auto readme = read_file(std::string(SKURD_SOURCE_DIR) + "/tests/bench/README.md");

    const std::map<std::string, std::string> bars = {
        {"first.ratio", "at most 1.5"},
        {"same_bytes.ratio", "at most 0.03"},
        {"other_bytes.ratio", "at most 0.25"},
        {"revised.ratio", "at most 0.3"},
        {"vintages.last_to_first", "at most 1.2"},
        {"vintages.growth", "at most 60"},
        {"revisions.last_to_first", "at most 1.2"},
        {"revisions.verify_ten_million", "at most 30"},
        {"read.one_series", "at most 1"},
        {"read.more_series", "at most 1.3"},
        {"decode.ratio", "at most 3"},
        {"memory.beyond_payload", "at most 40"},
        {"verdicts.all", "at most 1000"},
        {"places.ratio", "at most 1"},
        {"places.report", "at most 2000"},
        {"views.dataset", "at most 2"},
        {"views.history", "at most 2"},
    };
    for (const auto& [name, bar] : bars) {
        INFO(name);
        CHECK(figures.contains(name));
        if (figures.contains(name))
            CHECK(figures.at(name).rest.find(bar + " ") != std::string::npos);
    }
    for (const auto& [name, figure] : figures)
        if (readme.find("`" + name + "`") == std::string::npos)
            FAIL_CHECK("tests/bench/README.md does not explain " << name);
}

TEST_CASE("what the bench counts, rather than times, is as it should be in the small form too")
{
    const auto figures = figures_in(output_of("same-bytes other-bytes revised --small"));
    for (const auto* name : {"same_bytes.rows", "other_bytes.rows", "revised.rows", "revised.revised"}) {
        INFO(name);
        REQUIRE(figures.contains(name));
        CHECK(figures.at(name).rest.find(" reached") != std::string::npos);
    }
}

TEST_CASE("the bench of a store on PostgreSQL gives every figure that its README explains")
{
    const auto text = output_of("postgres --small");
    if (text.starts_with("skipped:")) {
        std::cout << text;
        return;
    }
    const auto figures = figures_in(text);
    const auto readme = read_file(std::string(SKURD_SOURCE_DIR) + "/tests/bench/README.md");
    const std::map<std::string, std::string> bars = {
        {"postgres.first.ratio", "at most 2.5"},
        {"postgres.same_bytes.ratio", "at most 0.03"},
        {"postgres.revised.ratio", "at most 0.3"},
        {"postgres.one_series", "at most 3"},
    };
    for (const auto& [name, bar] : bars) {
        INFO(name);
        REQUIRE(figures.contains(name));
        CHECK(figures.at(name).rest.find(bar + " ") != std::string::npos);
    }
    for (const auto& [name, figure] : figures)
        if (readme.find("`" + name + "`") == std::string::npos)
            FAIL_CHECK("tests/bench/README.md does not explain " << name);
    for (const auto* name :
         {"postgres.revised.rows", "postgres.first.more_round_trips", "postgres.revised.more_round_trips"})
        CHECK(figures.at(name).rest.find(" reached") != std::string::npos);
}

TEST_CASE("the bench refuses a question it does not know")
{
    CHECK(run_bench("speed --small 2>/dev/null").status >> 8 == 2);
}
