// Snapshots, reading them, and exports: the command line.
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd::test;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

/// An installation that harvested two numbers.
struct Published : Installed {
    explicit Published(const std::string& configuration = own_jobs_only)
    {
        write_file(folder / "skurd.toml", configuration);
        write_file(folder / "schedules/tall.toml", tall_job);
        drop("10;20");
    }

    void drop(const std::string& numbers)
    {
        const auto file = state / ("drop/tall-" + std::to_string(++files) + ".csv");
        write_file(file, "nr;2018;2019\n1;" + numbers + "\n");
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(1));
        out({"harvest", "--all"});
    }

    int files = 0;
};

} // namespace

TEST_CASE("publish makes a snapshot, does nothing twice, and says where it is", "[app]")
{
    Published here;
    const auto first = here.run({"publish"});
    const auto again = here.json({"publish"});
    const auto named = here.run({"publish", "--names"});
    const auto elsewhere = here.json({"publish", "--to", (here.folder / "out").string(), "--names", "--since", "0"});

    CHECK(first.exit == 0);
    CHECK_THAT(first.out, Contains("changes since commit 0") && Contains("content head: "));
    CHECK(again["new"] == false);
    CHECK_THAT(named.out, Contains("without people's names, and is left as it is; to have it otherwise"));
    CHECK(elsewhere["new"] == true);
    CHECK(elsewhere["names"] == true);
    CHECK(elsewhere["content_head"] == again["content_head"]);
    CHECK(fs::exists(here.state / "published/latest/parquet/current_observation.parquet"));
    CHECK(here.run({"publish", "--since", "999"}).exit == 2);
}

TEST_CASE("a harvest publishes what it changed where the configuration says so", "[app]")
{
    Published here(std::string(own_jobs_only) + "[publish]\nafter_harvest = true\nkeep = 2\n");
    const auto latest = [&] { return fs::read_symlink(here.state / "published/latest").string(); };
    const auto first = latest();
    here.out({"harvest", "--all"});
    const auto unchanged = latest();
    here.drop("10;21");
    const auto second = latest();
    here.drop("10;22");

    CHECK(unchanged == first);
    CHECK(second != first);
    CHECK(latest() != second);
    CHECK_FALSE(fs::exists(here.state / "published" / first));
}

TEST_CASE("a snapshot and a backup are read by --state FILE, and nothing is written to them", "[app]")
{
    const Published here;
    here.out({"publish"});
    here.out({"backup", (here.folder / "backup.db").string()});
    const auto get = here.run({"get", "drop/tall", "--format", "csv"});
    for (const auto& file : {here.state / "published/latest/skurd.db", here.folder / "backup.db"}) {
        INFO(file.string());
        const auto of_file = [&](std::vector<std::string> arguments) {
            arguments.insert(arguments.end(), {"--state", file.string()});
            return here.run(std::move(arguments));
        };
        const auto before = read_file(file);
        CHECK(of_file({"get", "drop/tall", "--format", "csv"}).out == get.out);
        CHECK(of_file({"verify"}).exit == 0);
        CHECK(of_file({"history", "drop/tall"}).exit == 0);
        for (const auto& command :
             std::vector<std::vector<std::string>>{{"harvest", "--all"},
                                                   {"serve"},
                                                   {"status"},
                                                   {"publish"},
                                                   {"restore", (here.folder / "backup.db").string()}}) {
            const auto refused = of_file(command);
            INFO(command.front());
            CHECK(refused.exit == 2);
            CHECK_THAT(refused.err, Contains("is a file, a backup or a snapshot, and is only read"));
        }
        CHECK(read_file(file) == before);
    }
    const auto restored = here.run({"restore", (here.state / "published/latest/skurd.db").string()});
    CHECK(restored.exit == 2);
    CHECK_THAT(restored.err, Contains("is a published snapshot, made to be read"));
}

TEST_CASE("export writes what get and history read, in the form of the file's name", "[app]")
{
    Published here;
    here.drop("10;21");
    const auto path = [&](const std::string& name) { return (here.folder / name).string(); };
    const auto csv = here.json({"export", "get", "drop/tall", "--output", path("a.csv")});
    const auto history = here.json({"export", "history", "drop/tall", "--output", path("h.csv")});
    const auto parquet = here.json({"export", "history", "drop/tall", "--output", path("h.parquet")});
    const auto jsonstat = here.json({"export", "get", "drop/tall", "--output", path("a.json")});
    const auto xlsx = here.json({"export", "get", "drop/tall", "--output", path("a.xlsx")});
    const auto revisions = here.json({"export", "revisions", "drop/tall", "--output", path("r.csv")});

    CHECK(csv["rows"] == 2);
    CHECK(read_file(path("a.csv")) == here.run({"get", "drop/tall", "--format", "csv"}).out);
    CHECK(read_file(path("h.csv")) == here.run({"history", "drop/tall", "--format", "csv"}).out);
    CHECK(history["rows"] == 3);
    CHECK(parquet["rows"] == 3);
    CHECK(read_file(path("h.parquet")).starts_with("PAR1"));
    CHECK(read_file(path("a.json")) == here.run({"get", "drop/tall", "--format", "jsonstat"}).out);
    CHECK(jsonstat["format"] == "jsonstat");
    CHECK(read_file(path("a.xlsx")).starts_with("PK"));
    CHECK(xlsx["bytes"] == fs::file_size(path("a.xlsx")));
    CHECK(read_file(path("r.csv")) == here.run({"revisions", "drop/tall", "--tidy"}).out);
    CHECK(revisions["rows"] == 3);
    CHECK(here.json({"export", "revisions", "drop/tall", "--output", path("r.parquet")})["rows"] == 3);
    CHECK(read_file(path("r.parquet")).ends_with("PAR1"));
    CHECK_THAT(read_file(path("r.parquet")), Contains("value_digits"));
    CHECK(here.json({"export", "revisions", "drop/tall", "--output", path("r.xlsx")})["rows"] == 3);
    CHECK(read_file(path("r.xlsx")).starts_with("PK"));
    CHECK_THAT(here.run({"export", "revisions", "drop/tall", "--output", path("r.json")}).err,
               Contains("revisions are exported as csv, parquet or xlsx, and not as jsonstat"));
    const auto sdmx = here.json({"export", "get", "drop/tall", "--output", path("s.csv"), "--format", "sdmx-csv"});
    CHECK(sdmx["rows"] == csv["rows"]);
    CHECK_THAT(read_file(path("s.csv")),
               Catch::Matchers::StartsWith("STRUCTURE,STRUCTURE_ID") && Contains("SKURD:drop_tall"));
    CHECK(here.run({"export", "get", "--output", path("i.csv"), "--format", "sdmx-csv"}).exit == 2);
    CHECK(here.run({"export", "get", "drop/tall", "--output", path("a.txt")}).exit == 2);
    CHECK(here.run({"export", "history", "drop/tall", "--output", path("h.json")}).exit == 2);
    CHECK_FALSE(fs::exists(path("h.json")));
}
