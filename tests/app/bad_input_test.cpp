// Every kind of wrong input: one clear line, the right exit code, and nothing lost.
#include "lib/json/json.hpp"
#include "store/observation_store.hpp"
#include "store/payload_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/store_session.hpp"
#include "tests/sim/sim_ssb.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <functional>
#include <sqlite3.h>

using namespace skurd::test;
using namespace skurd::sim;
using skurd::Json;
namespace fs = std::filesystem;

namespace {

constexpr auto good_drop = R"([job]
connector = "drop"
[source]
files = "tall*.csv"
published = "2020-01-02"
[layout]
encoding = "utf-8"
separator = ";"
periods = '^\d{4}$'
[[layout.series]]
column = "nr"
)";

constexpr auto good_ssb = R"([job]
connector = "ssb"
[source]
table = "07459"
blackout = "none"
expect = "Befolkning"
base_url = "{url}"
[source.select]
Region = ["0"]
Kjonn = ["1"]
Alder = ["000"]
ContentsCode = ["Personer1"]
Tid = ["2025"]
)";

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

/// An installation with one good vintage in its store, which must survive whatever comes.
struct Scene {
    Scene()
    {
        sim.add_table(SimTable::read(skurd::Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml")));
        write_file(folder / "skurd.toml", "[fetch]\nallow_private = [\"127.0.0.1\"]\nallow_http = [\"127.0.0.1\"]\n"
                                          "allow_hosts = [\"127.0.0.2\"]\ntries = 1\n[jobs]\nshipped = false\n");
        write_file(folder / "schedules/tall.toml", good_drop);
        write_file(folder / "tall.csv", "nr;2018;2019\n1;5;6\n2;7;8\n");
        const auto first = run({"drop", "tall.csv", "--job", "tall"});
        INFO(first.out << first.err);
        REQUIRE(first.exit == 0);
    }

    void ssb_job(const std::string& text) const
    {
        write_file(folder / "schedules/ssb.toml", replaced(text, "{url}", sim.base_url()));
    }

    Ended run(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(), {"--config", (folder / "skurd.toml").string()});
        return skurd::test::skurd(folder / "state", arguments);
    }

    /// The numbers of the good vintage as they are now.
    std::string numbers() const
    {
        const ManualClock now("2026-01-01");
        const skurd::StoreSession store(folder / "state", skurd::StoreSession::Access::read, now);
        std::string text;
        for (const auto& seen : skurd::ObservationStore(store).as_of(skurd::Selector::parse("drop/tall"), {}))
            text += seen.value.number ? seen.value.number->text() + " " : "- ";
        return text;
    }

    ManualClock clock{"2026-01-01"};
    SimSsb sim{clock};
    TempDir folder;
};

struct Row { // NOLINT(clang-analyzer-optin.performance.Padding): in the order in which the table reads
    const char* name;
    std::function<std::vector<std::string>(Scene&)> arrange; ///< gives the arguments
    int exit;
    const char* message; ///< part of the one line that says it
    bool quarantined = false;
};

std::vector<std::string> drop_of(Scene& scene, const std::string& bytes)
{
    write_file(scene.folder / "tall-ny.csv", bytes);
    return {"drop", "tall-ny.csv", "--job", "tall"};
}

std::vector<std::string> job_with(Scene& scene, const char* from, const char* to)
{
    write_file(scene.folder / "schedules/tall.toml", replaced(good_drop, from, to));
    return {"harvest", "--all"};
}

std::vector<std::string> ssb_answering(Scene& scene, const HttpReply& reply)
{
    scene.ssb_job(good_ssb);
    scene.sim.fail_next(1, reply);
    return {"harvest", "ssb"};
}

std::vector<std::string> ssb_with(Scene& scene, const char* from, const char* to)
{
    scene.ssb_job(replaced(good_ssb, from, to));
    return {"harvest", "ssb"};
}

void set_schema_version(const fs::path& database, int version)
{
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(database.c_str(), &handle) == SQLITE_OK);
    REQUIRE(sqlite3_exec(handle, ("PRAGMA user_version=" + std::to_string(version)).c_str(), nullptr, nullptr,
                         nullptr) == SQLITE_OK);
    sqlite3_close(handle);
}

const Row rows[] = {
    {"unknown key in a job", [](Scene& s) { return job_with(s, "files =", "fils ="); }, 2, "schedules/tall.toml:"},
    {"unknown connector", [](Scene& s) { return job_with(s, "\"drop\"", "\"drip\""); }, 2,
     "tall.toml:2: unknown connector 'drip' (did you mean 'drop'?) (known: "},
    {"bad cron", [](Scene& s) { return job_with(s, "[source]", "schedule = \"20 8 * *\"\n[source]"); }, 2,
     "tall.toml:3: cron expression '20 8 * *' has 4 fields, not 5"},
    {"bad TOML", [](Scene& s) { return job_with(s, "\"drop\"", "\"drop"); }, 2, "tall.toml:2: not valid TOML"},
    {"bad TOML in the configuration",
     [](Scene& s) {
         write_file(s.folder / "skurd.toml", "[fetch\n");
         return std::vector<std::string>{"harvest", "--all"};
     },
     2, "skurd.toml:1: not valid TOML"},
    {"unknown key in the configuration",
     [](Scene& s) {
         write_file(s.folder / "skurd.toml", "[fetch]\ncontakt = \"x\"\n");
         return std::vector<std::string>{"harvest", "--all"};
     },
     2, "skurd.toml:2: unknown key 'contakt' (did you mean 'contact'?)"},
    {"missing column", [](Scene& s) { return drop_of(s, "nummer;2018\n1;5\n"); }, 1, "'nr'", true},
    {"ragged row", [](Scene& s) { return drop_of(s, "nr;2018\n1;5\n2;6;7\n"); }, 1, "line 3", true},
    {"bad encoding", [](Scene& s) { return drop_of(s, "nr;2018\nbl\xe5;5\n"); }, 1,
     "offset 10: the bytes 0xe5 are not utf-8", true},
    {"not a number", [](Scene& s) { return drop_of(s, "nr;2018\n1;ca. 40\n"); }, 1, "line 2, column '2018': 'ca. 40'",
     true},
    {"no such file",
     [](Scene&) {
         return std::vector<std::string>{"drop", "x.csv", "--job", "tall"};
     },
     2, "x.csv: there is no such file"},
    {"unknown job",
     [](Scene&) {
         return std::vector<std::string>{"harvest", "tal"};
     },
     2, "there is no job 'tal' (did you mean 'tall'?)"},
    {"HTML instead of JSON", [](Scene& s) { return ssb_answering(s, html_page()); }, 1, "HTML"},
    {"truncated JSON",
     [](Scene& s) {
         return ssb_answering(s, {200, "application/json", {}, R"({"id":"07459",)", {}});
     },
     1, "JSON"},
    {"connection that breaks off",
     [](Scene& s) {
         s.ssb_job(good_ssb);
         s.sim.cut_next(10);
         return std::vector<std::string>{"harvest", "ssb"};
     },
     1, "/tables/07459"},
    {"wrong title", [](Scene& s) { return ssb_with(s, "\"Befolkning\"", "\"Sysselsatte\""); }, 1,
     "expect = 'Sysselsatte'"},
    {"unknown table", [](Scene& s) { return ssb_with(s, "\"07459\"", "\"99999\""); }, 1, "99999"},
    {"unknown code", [](Scene& s) { return ssb_with(s, "[\"0\"]", "[\"9999\"]"); }, 1, "'9999'"},
    {"host that does not answer",
     [](Scene& s) {
         write_file(s.folder / "schedules/ssb.toml", replaced(good_ssb, "{url}", "http://127.0.0.1:1/api"));
         return std::vector<std::string>{"harvest", "ssb"};
     },
     1, "http://127.0.0.1:1/api/tables/07459"},
    {"host that may not be spoken to",
     [](Scene& s) {
         write_file(s.folder / "schedules/ssb.toml", replaced(good_ssb, "{url}", "https://127.0.0.2/api"));
         return std::vector<std::string>{"harvest", "ssb"};
     },
     1, "allow_private"},
    {"429",
     [](Scene& s) {
         return ssb_answering(s, {429, "text/plain", {{"Retry-After", "3600"}}, "quota", {}});
     },
     1, "429"},
    {"server error", [](Scene& s) { return ssb_answering(s, status_reply(503, "busy")); }, 1, "503"},
    {"a store from a newer program",
     [](Scene& s) {
         set_schema_version(s.folder / "state/skurd.db", 99);
         return std::vector<std::string>{"harvest", "tall"};
     },
     1, "99"},
    {"unknown option",
     [](Scene&) {
         return std::vector<std::string>{"harvest", "--al"};
     },
     2, "--al"},
    {"unknown command", [](Scene&) { return std::vector<std::string>{"harvset"}; }, 2, "(did you mean 'harvest'?)"},
    {"an empty catalogue",
     [](Scene& s) {
         write_file(s.folder / "skurd.toml", "[catalogue]\nshipped = false\n");
         return std::vector<std::string>{"report"};
     },
     2, "skurd.toml: the catalogue that comes with skurd is left out, and there is no other"},
    {"a shipped job left out that does not come with skurd",
     [](Scene& s) {
         write_file(s.folder / "skurd.toml", "[jobs]\noff = [\"ssb-populaton\"]\n");
         return std::vector<std::string>{"harvest", "tall"};
     },
     2, "skurd.toml:2: no job 'ssb-populaton' comes with skurd (did you mean 'ssb-population'?)"},
    {"not a period in a report",
     [](Scene&) {
         return std::vector<std::string>{"report", "--period", "20x"};
     },
     2, "'20x' is not a period (like 2018, 2018Q1, 2018M06)"},
    {"not a period to get",
     [](Scene&) {
         return std::vector<std::string>{"get", "drop/tall", "--period", "20x"};
     },
     2, "'20x' is not a period (like 2018, 2018Q1, 2018M06)"},
    {"not a day",
     [](Scene&) {
         return std::vector<std::string>{"get", "9", "--as-of", "i går"};
     },
     2, "--as-of 'i går'"},
    {"unknown dataset",
     [](Scene&) {
         return std::vector<std::string>{"get", "drop/tal"};
     },
     2, "did you mean 'drop/tall'"},
    {"unknown indicator",
     [](Scene&) {
         return std::vector<std::string>{"why", "94"};
     },
     2, "there is no indicator 94"},
};

std::size_t lines_with(const std::string& text, const std::string& wanted)
{
    std::size_t count = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        count += text.substr(begin, end - begin).find(wanted) != std::string::npos ? 1 : 0;
        begin = end + 1;
    }
    return count;
}

} // namespace

TEST_CASE("wrong input gives one clear line and the right exit code, and loses nothing", "[app]")
{
    for (const auto& row : rows) {
        Scene scene;
        const auto ended = scene.run(row.arrange(scene));
        INFO(row.name << ": exit " << ended.exit << "\n" << ended.out << ended.err);
        CHECK(ended.exit == row.exit);
        CHECK(lines_with(ended.err, row.message) == 1);
        CHECK(ended.err.find("terminate called") == std::string::npos);
        if (row.name == std::string("a store from a newer program"))
            set_schema_version(scene.folder / "state/skurd.db", static_cast<int>(skurd::store_migrations().size()));
        CHECK(scene.numbers() == "5 6 7 8 ");
        const ManualClock now("2026-01-01");
        const skurd::StoreSession store(scene.folder / "state", skurd::StoreSession::Access::read, now);
        const auto refused = skurd::QuarantineStore(store).list();
        REQUIRE(refused.size() == (row.quarantined ? 1 : 0));
        if (row.quarantined)
            CHECK(skurd::PayloadStore(store).bytes(refused[0].payload_hash) ==
                  read_file(scene.folder / "tall-ny.csv"));
    }
}

TEST_CASE("a refused file in the drop folder goes to quarantine with its reason, the next one is taken", "[app]")
{
    Scene scene;
    const auto old = [&](const char* name, const char* bytes) {
        write_file(scene.folder / "state/drop" / name, bytes);
        fs::last_write_time(scene.folder / "state/drop" / name,
                            fs::file_time_type::clock::now() - std::chrono::hours(1));
    };
    old("tall-a.csv", "nr;2018;2019\n1;5\n");
    old("tall-b.csv", "nr;2018;2019\n1;5;66\n2;7;8\n");
    const auto ended = scene.run({"harvest", "tall", "--json"});
    CHECK(ended.exit == 1);
    const auto runs = Json::parse(ended.out);
    REQUIRE(runs.size() == 2);
    CHECK(runs[0]["outcome"] == "failed");
    CHECK(runs[1]["outcome"] == "new vintage");
    CHECK(runs[1]["revised"] == 1);
    CHECK(scene.numbers() == "5 66 7 8 ");
    CHECK(fs::is_empty(scene.folder / "state/drop"));
    std::size_t reasons = 0;
    for (const auto& entry : fs::directory_iterator(scene.folder / "state/quarantine"))
        if (entry.path().extension() == ".reason") {
            ++reasons;
            CHECK(read_file(entry.path()).find("line 2") != std::string::npos);
        }
    CHECK(reasons == 1);
}
