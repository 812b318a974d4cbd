// A report is signed off, the world goes on, and the report stays what it was: through the built program.
#include "lib/json/json.hpp"
#include "lib/openssl/base64.hpp"
#include "lib/openssl/ed25519.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <set>

using namespace skurd::test;
using Catch::Matchers::Contains;
using skurd::Json;
namespace fs = std::filesystem;

namespace {

const fs::path reports = SKURD_SOURCE_DIR "/deploy/first-harvest";

/// A state with both status reports taken in.
class Signed {
public:
    Signed()
    {
        for (const auto* number : {"1", "3"})
            REQUIRE(run({"drop", reports / fmt::format("statusrapport-{}.csv", number), "--job",
                         fmt::format("status-report-{}", number)})
                        .exit == 0);
    }

    Ended run(const std::vector<std::string>& arguments) const
    {
        return skurd::test::skurd(folder_ / "state", arguments);
    }

    std::string out(const std::vector<std::string>& arguments) const
    {
        const auto ended = run(arguments);
        INFO(ended.err);
        REQUIRE(ended.exit == 0);
        return ended.out;
    }

    Json json(std::vector<std::string> arguments) const
    {
        arguments.emplace_back("--json");
        return Json::parse(out(arguments));
    }

    /// The third report again, published later, with another number for indicator 9 in 2017.
    void revise()
    {
        auto text = read_file(reports / "statusrapport-3.csv");
        const auto row = text.find("\n9;");
        REQUIRE(row != std::string::npos);
        const auto number = text.find("247", row);
        REQUIRE(number != std::string::npos);
        text.replace(number, 3, "280");
        const auto file = folder_ / "later.csv";
        write_file(file, text);
        const auto ended = run({"drop", file, "--job", "status-report-3", "--published", "2020-05-01"});
        INFO(ended.out << ended.err);
        REQUIRE(ended.exit == 0);
    }

    fs::path file(const char* name) const { return folder_ / name; }

private:
    TempDir folder_;
};

} // namespace

TEST_CASE("a signed report comes back to the byte in every form, whatever happens later", "[flow][long]")
{
    Signed state;
    const std::vector<std::string> question = {"report", "--set", "3", "--period", "2018"};
    std::map<std::pair<std::string, std::string>, std::string> before;
    for (const auto* format : {"text", "md", "html", "csv", "json"})
        for (const auto* language : {"nb", "en"}) {
            auto arguments = question;
            for (const auto* more : {"--format", format, "--lang", language})
                arguments.emplace_back(more);
            before[{format, language}] = state.out(arguments);
        }
    state.out(
        {"report", "--set", "3", "--period", "2018", "--format", "xlsx", "--output", state.file("before.xlsx")});
    const auto signing = state.json({"signoff", "--set", "3", "--period", "2018", "--by", "Kari Nordmann"});
    CHECK(signing["sign_off"] == 1);

    state.revise();
    for (const auto& [form, bytes] : before) {
        CAPTURE(form.first, form.second);
        CHECK(state.out({"report", "--signed", "3", "--format", form.first, "--lang", form.second}) == bytes);
    }
    state.out({"report", "--signed", "3", "--format", "xlsx", "--output", state.file("after.xlsx")});
    CHECK(read_file(state.file("after.xlsx")) == read_file(state.file("before.xlsx")));
    CHECK(state.run({"verify"}).exit == 0);

    const auto diff = state.json({"diff", "--signed", "3", "--now"});
    REQUIRE(diff["differences"].size() == 1);
    const auto& one = diff["differences"][0];
    CHECK(one["kind"] == "revision");
    CHECK(one["indicator"] == 9);
    CHECK(one["period_now"] == "2017");
    CHECK(one["before"] == "247");
    CHECK(one["now"] == "280");
    // The report of today says what changed since the one that was signed.
    CHECK_THAT(state.out({"report", "--set", "3", "--period", "2018", "--lang", "en"}), Contains("247 → 280"));
}

TEST_CASE("nothing is signed twice, without a name, or for a report that is not there", "[flow][long]")
{
    const Signed state;
    CHECK(state.run({"signoff", "--set", "3", "--period", "2018"}).exit == 2);
    CHECK(state.run({"signoff", "--set", "7", "--period", "2018", "--by", "Kari"}).exit == 2);
    CHECK(state.run({"signoff", "--set", "3", "--period", "2018Q1", "--by", "Kari"}).exit == 2);
    CHECK(state.run({"report", "--signed", "3"}).exit == 2);
    CHECK(state.run({"diff", "--signed", "3", "--now"}).exit == 2);
    CHECK(state.json({"signoff", "--list"}).empty());
    CHECK(state.run({"signoff", "--set", "3", "--period", "2018", "--by", "Kari", "--note", "mars"}).exit == 0);
    const auto again = state.run({"signoff", "--set", "3", "--period", "2018", "--by", "Ola"});
    CHECK(again.exit == 2);
    CHECK_THAT(again.err, Contains("by Kari, and nothing differs since"));
    CHECK(state.run({"report", "--signed", "3", "--threshold-share", "0.5"}).exit == 2);
    const auto list = state.json({"signoff", "--list"});
    REQUIRE(list.size() == 1);
    CHECK(list[0]["actor"] == "Kari");
    CHECK(list[0]["note"] == "mars");
}

TEST_CASE("a sign-off is signed with a key, its heads prove what stood, and its signer is forgotten", "[flow][long]")
{
    const Signed state;
    const auto key = state.file("key.pem");
    // What `openssl genpkey -algorithm ed25519` wrote once; it opens nothing.
    write_file(key, "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIChENHL7XtwGpQfGhteDUScZYO+MlTiM28ON1kmb+ab9\n"
                    "-----END PRIVATE KEY-----\n");
    const auto signing = state.json({"signoff", "--set", "3", "--period", "2018", "--by", "Gunhild", "--key", key});
    CHECK(signing["signature"] == 1);
    const auto listed = state.json({"signoff", "--list"}).at(0);
    const auto& made = listed["signatures"].at(0);
    CHECK(made["statement"] == state.out({"signoff", "--statement", "1"}));
    CHECK(skurd::is_signed_ed25519(made["public_key"].get<std::string>(), made["statement"].get<std::string>(),
                                   skurd::from_base64(made["signature"].get<std::string>()).value()));
    CHECK(state.json({"signoff", "--sign", "1", "--key", key})["signature"] == 2);
    CHECK_THAT(state.run({"signoff", "--sign", "1"}).err, Contains("--key FILE"));
    CHECK_THAT(state.run({"signoff", "--sign", "1", "--key", reports / "statusrapport-1.csv"}).err,
               Contains("no private key of Ed25519"));

    CHECK_THAT(state.run({"forget", "Gunhild"}).err, Contains("this is for ever") && Contains("--yes"));
    const auto pseudonym = state.json({"forget", "Gunhild", "--yes"})["pseudonym"].get<std::string>();
    CHECK(state.json({"signoff", "--list"}).at(0)["actor"] == pseudonym);
    CHECK_THAT(state.run({"forget", "Gunhild", "--yes"}).err, Contains("nobody in the store is called so"));

    const auto head = signing["log_head"].get<std::string>();
    CHECK_THAT(state.out({"verify", "--head", head}),
               Contains("all is well") && Contains("nothing before it was rewritten"));
    CHECK_THAT(state.out({"verify", "--head", signing["content_head"].get<std::string>()}),
               Contains("all that was published up to commit"));
    const auto other = state.run({"verify", "--head", std::string(64, '0')});
    CHECK(other.exit == 1);
    CHECK_THAT(other.out, Contains("no state of this store ever had the head 0000"));
    const auto backup = state.json({"backup", state.file("backup.db")});
    CHECK(backup["content_head"] == state.json({"verify"})["content_head"]);
    CHECK(backup["log_head"] == state.json({"verify"})["log_head"]);
}

TEST_CASE("the differences between the first and the third report are told, each by its kind", "[flow]")
{
    const Signed state;
    std::map<std::string, std::set<int>> found;
    const auto diff = state.json({"diff", "--sets", "1", "3"});
    for (const auto& one : diff["differences"])
        found[one["kind"]].insert(one["indicator"].get<int>());
    CHECK(found == std::map<std::string, std::set<int>>{{"revision", {2, 6, 9, 10, 37, 38, 45, 47, 70, 82, 91}},
                                                        {"period corrected", {7, 11, 12, 14, 68, 76, 86}},
                                                        {"price base", {1, 2, 3, 5, 8, 24}},
                                                        {"definition", {15, 16, 22, 23, 32, 39, 56, 89, 90, 93}},
                                                        {"renumbered", {93}},
                                                        {"merged", {92}},
                                                        {"retired", {17, 18, 40, 41, 48, 49, 50, 51}}});
}

TEST_CASE("the first report has its own 94 numbers, with the year each was measured", "[flow][long]")
{
    const Signed state;
    const auto report = state.json({"report", "--set", "1", "--as-of", "2018-06-01"});
    const auto& rows = report["rows"];
    REQUIRE(rows.size() == 94);
    CHECK(rows[93]["number"] == 94);
    CHECK(rows[93]["indicator"] == 93);
    const auto text = state.out({"report", "--set", "1", "--as-of", "2018-06-01", "--lang", "en"});
    CHECK_THAT(text, Contains("4674  2015"));
}

TEST_CASE("other limits turn verdicts of the report, and say so", "[flow][long]")
{
    const Signed state;
    const auto verdict_of = [&](const std::vector<std::string>& more) {
        std::vector<std::string> arguments = {"report", "--set", "3", "--period", "2018"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto report = state.json(arguments);
        for (const auto& row : report["rows"])
            if (row["indicator"] == 15 + 1)
                return row["changes"][0]["verdict"].get<std::string>();
        return std::string();
    };
    CHECK(verdict_of({}) == "unchanged");
    CHECK(verdict_of({"--threshold-share", "0.5"}) == "worsened");
    CHECK_THAT(state.out({"report", "--set", "3", "--threshold-share", "0,5", "--lang", "en"}), Contains("0.5"));
    CHECK(state.run({"report", "--set", "3", "--threshold-number", "many"}).exit == 2);
}

TEST_CASE("amounts are shown in other prices once an index is there", "[flow]")
{
    const Signed state;
    CHECK(state.run({"report", "--set", "3", "--prices", "2017"}).exit == 2);
    REQUIRE(state.run({"drop", SKURD_SOURCE_DIR "/schedules/samples/price-index-sample.csv", "--job", "price-index"})
                .exit == 0);
    const auto report = state.json({"report", "--set", "3", "--period", "2018", "--prices", "2016"});
    for (const auto& row : report["rows"])
        if (row["indicator"] == 1)
            CHECK(row["values"]["2018"] == "284"); // 300 kroner of 2018: 300 * 104.0 / 110.0
}

TEST_CASE("a break that a person marks bars the comparison at once, until it is withdrawn", "[flow]")
{
    const Signed state;
    const auto outcome = [&] {
        const auto why = state.json({"why", "9"});
        for (const auto& verdict : why["verdicts"])
            if (verdict["comparison"] == "previous")
                return verdict["verdict"].get<std::string>();
        return std::string();
    };
    CHECK(outcome() == "improved");
    state.out({"annotate", "9", "--kind", "break", "--period", "2017", "--text", "nytt skjema", "--by", "Kari"});
    CHECK(outcome() == "not comparable");
    CHECK_THAT(state.out({"why", "9", "--lang", "en"}), Contains("a break from 2017: nytt skjema (Kari)"));
    state.out({"annotate", "--withdraw", "1", "--reason", "feil", "--by", "Kari"});
    CHECK(outcome() == "improved");
}

TEST_CASE("what changed between two days is listed cell by cell", "[flow]")
{
    const Signed state;
    const auto all = state.json({"diff", "--from", "2018-06-01", "--to", "2019-12-01"});
    std::map<std::string, Json> nine;
    for (const auto& one : all)
        if (one["codes"]["nr"] == "9")
            nine[one["period"]] = one;
    CHECK(nine.at("2016")["before"] == "282");
    CHECK(nine.at("2016")["now"] == "284");
    CHECK(nine.at("2017")["before"].is_null());
    CHECK(state.json({"diff", "--from", "2019-12-01"}).empty());
    CHECK(state.run({"diff"}).exit == 2);
}

TEST_CASE("the catalogue is shown whole, by set, by number, and as it was kept", "[flow]")
{
    const Signed state;
    CHECK(state.json({"indicators"}).size() == 93);
    CHECK(state.json({"indicators", "--set", "1"}).size() == 94);
    CHECK(state.json({"indicators", "--set", "3"}).size() == 85);
    const auto life = state.json({"indicators", "40"});
    CHECK(life["sets"][0]["number"] == 40);
    CHECK(life["sets"][2]["number"].is_null());
    CHECK(life["sets"][2]["retired"]["en"] == "the figures are doubtful");
    const auto versions = state.json({"indicators", "--versions"});
    REQUIRE(versions.size() == 1);
    CHECK(state.json({"indicators", "40", "--catalogue", versions[0]["catalogue"].get<std::string>().substr(0, 8)}) ==
          life);
    CHECK(state.run({"indicators", "99"}).exit == 2);
    CHECK(state.run({"indicators", "--catalogue", "none"}).exit == 2);
}
