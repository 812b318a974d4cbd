// The commands that look after the store, and releases that lack much, through the built program.
#include "lib/json/json.hpp"
#include "store/engine/database.hpp"
#include "store/sqlite/sqlite_database.hpp"
#include "store/store_session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/store_engine.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <set>

using namespace skurd::test;
using Catch::Matchers::Contains;
using skurd::Json;

namespace fs = std::filesystem;

namespace {

constexpr auto job = R"(
[job]
connector = "drop"
[source]
files = "tall-*.csv"
published = "2020-03-02"
coverage = "complete"
[layout]
separator = ";"
periods = '^\d{4}$'
empty = "absent"
[[layout.series]]
column = "nr"
)";

struct Scene : Installed {
    Scene()
    {
        write_file(folder / "skurd.toml", own_jobs_only);
        write_file(folder / "schedules/tall.toml", job);
        REQUIRE(take("nr;2018;2019\n1;5;6\n2;7;8\n").exit == 0);
    }

    Ended take(const char* bytes, const std::vector<std::string>& more = {}) const
    {
        write_file(folder / "tall-1.csv", bytes);
        std::vector<std::string> arguments = {"drop", "tall-1.csv", "--job", "tall", "--published", "2020-02-02"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }

    std::size_t withdrawn() const
    {
        const auto rows = Json::parse(run({"get", "drop/tall", "--json"}).out);
        return static_cast<std::size_t>(
            std::count_if(rows.begin(), rows.end(), [](const Json& row) { return row["value"].is_null(); }));
    }
};

constexpr auto half = "nr;2018;2019\n1;5;\n2;;8\n";

} // namespace

TEST_CASE("a complete file that lacks much is held until a person says that it is so", "[flow]")
{
    const Scene here;
    const auto held = here.take(half);
    const auto still_there = here.withdrawn();
    const auto taken = here.take(half, {"--accept-withdrawals", "--json"});

    CHECK(held.exit == 1);
    CHECK_THAT(held.err, Contains("2 of 4 known cells are gone from this complete release, more than 2 %") &&
                             Contains("at least 60 minutes after the first") && Contains("--accept-withdrawals"));
    CHECK(still_there == 0);
    CHECK(taken.exit == 0);
    CHECK(Json::parse(taken.out)[0]["withdrawn"] == 2);
    CHECK(here.withdrawn() == 2);
}

TEST_CASE("a harvest takes a person's word too", "[flow]")
{
    const Scene here;
    const auto file = here.state / "drop/tall-2.csv";
    const auto drop = [&] {
        write_file(file, half);
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(1));
    };
    drop();
    const auto held = here.run({"harvest", "tall"});
    drop();
    const auto taken = here.run({"harvest", "tall", "--accept-withdrawals"});

    CHECK(held.exit == 1);
    CHECK(taken.exit == 0);
    CHECK(here.withdrawn() == 2);
}

TEST_CASE("how much may vanish, and when a confirming fetch is ingested, is configured", "[flow]")
{
    for (const char* setting : {"withdrawn_percent = 50", "confirming_fetch_minutes = 0"}) {
        const Scene here;
        write_file(here.folder / "skurd.toml", std::string("[store]\n") + setting + "\n");
        const auto first = here.take(half);
        const auto second = here.take(half);
        INFO(setting << "\n" << first.err << second.err);
        CHECK(first.exit == (std::string(setting).starts_with("withdrawn") ? 0 : 1));
        CHECK(second.exit == 0);
        CHECK(here.withdrawn() == 2);
    }
}

TEST_CASE("verify says that all is well, or what is not", "[flow]")
{
    const Scene here;
    const auto good = here.run({"verify"});
    auto json = Json::parse(here.run({"verify", "--json"}).out);
    const auto head = json["log_head"].get<std::string>();
    const auto content_head = json["content_head"].get<std::string>();
    json.erase("log_head");
    json.erase("content_head");
    lose_payload(here.state);
    const auto bad = here.run({"verify"});
    const auto bad_json = here.run({"verify", "--json"});

    CHECK(good.exit == 0);
    CHECK(good.out ==
          fmt::format("1 vintages with 4 cells, 1 payloads: all is well\ncontent head: {}\nlog head:     {}\n",
                      content_head, head));
    CHECK(json == Json::parse(R"({"ok": true, "wrong": [], "vintages": 1, "cells": 4, "payloads": 1,
        "payloads_removed": 0, "unchecked": 0, "kept_head": ""})"));
    CHECK(head.size() == 64);
    CHECK(bad.exit == 1);
    CHECK_THAT(bad.out, Contains("wrong: ") && Contains("the payload's file is gone") &&
                            Contains("1 payloads: put back a backup, or what is missing from one\n"));
    CHECK(bad_json.exit == 1);
    CHECK(Json::parse(bad_json.out)["ok"] == false);
    CHECK(Json::parse(bad_json.out)["wrong"].size() == 1);
}

TEST_CASE("a backup is written where there is none, verified, and put back by its copy", "[flow]")
{
    if (needs_a_file("the copy of a backup is a store in a file; `skurd restore` puts it into a database"))
        return;
    const Scene here;
    const auto made = here.run({"backup", "b.db"});
    const auto bytes = read_file(here.folder / "b.db");
    const auto there = here.run({"backup", "b.db"});
    const auto untouched = read_file(here.folder / "b.db") == bytes;
    const auto replaced = here.run({"backup", "b.db", "--replace", "--json"});
    const auto verified = here.run({"verify", "b.db"});
    fs::remove_all(here.state);
    fs::create_directories(here.state);
    fs::copy_file(here.folder / "b.db", here.state / "skurd.db");

    CHECK(made.exit == 0);
    CHECK_THAT(made.out, Contains("b.db: ") && Contains("`skurd verify b.db` checks it"));
    CHECK(there.exit == 2);
    CHECK_THAT(there.err, Contains("b.db: is there already; give another name, or --replace"));
    CHECK(untouched);
    CHECK(replaced.exit == 0);
    CHECK(Json::parse(replaced.out)["bytes"] == fs::file_size(here.folder / "b.db"));
    CHECK_THAT(verified.out, Catch::StartsWith("1 vintages with 4 cells, 1 payloads: all is well\n"));
    CHECK(here.take("nr;2018;2019\n1;5;7\n2;7;8\n").exit == 0);
    CHECK_THAT(here.run({"verify"}).out, Catch::StartsWith("2 vintages with 8 cells, 2 payloads: all is well\n"));
}

TEST_CASE("what cannot be a backup is refused with what to do", "[flow]")
{
    const Scene here;
    fs::create_directories(here.folder / "folder");
    const struct {
        std::vector<std::string> arguments;
        int exit;
        const char* message;
    } rows[] = {
        {{"backup", "folder"}, 2, "folder: is a folder; name a file, or --to it"},
        {{"backup", "state/skurd.db"}, 2, "skurd.db: is there already"},
        {{"backup", "state/skurd.db", "--replace"}, 2, "skurd.db: is the store itself; name another file"},
        {{"backup", "no/such/folder/b.db"}, 1, "no/such/folder/b.db.part"},
        {{"backup", "b.db", "--state", "nowhere"}, 1, "run skurd harvest"},
        {{"backup"}, 2, "name a file, or with --to a folder"},
        {{"backup", "b.db", "--keep", "2"}, 2, "--keep goes with --to"},
        {{"backup", "--to", "nowhere"}, 2, "nowhere: is no folder; make it"},
        {{"verify", "--since", "tomorrow"}, 1, "no vintage has the number tomorrow, nor ever was it the head"},
        {{"verify", "none.db"}, 2, "none.db: there is no such file"},
        {{"verify", "tall-1.csv"}, 1, "tall-1.csv"},
        {{"verify", "--state", "nowhere"}, 1, "run skurd harvest"},
    };
    for (const auto& row : rows) {
        if (on_postgres() && row.arguments.size() > 1 && row.arguments[1] == "state/skurd.db")
            continue; // there is no such file
        const auto ended = here.run(row.arguments);
        INFO(ended.out << ended.err);
        CHECK(ended.exit == row.exit);
        CHECK_THAT(ended.err, Contains(row.message));
    }
    CHECK(here.run({"verify"}).exit == 0);
}

TEST_CASE("the program says which store it makes, and the store says so to readers", "[flow]")
{
    const Scene here;
    const skurd::SystemClock clock;
    const skurd::StoreSession store(store_of(here.state), skurd::StoreSession::Access::read, clock);
    const auto schema = store.database().integer("SELECT store_schema FROM store_version");
    const auto views = store.database().integer("SELECT views FROM store_version");
    CHECK_THAT(here.out({"--version"}), Contains(fmt::format("(store schema {}, views {})\n", schema, views)));
}

TEST_CASE("backups in a folder have their time for a name, are restored on trial, and the newest stay", "[flow]")
{
    const Scene here;
    fs::create_directories(here.folder / "backups");
    write_file(here.folder / "backups/skurd-2020-01-01T000000Z.db", "an old one");
    write_file(here.folder / "backups/skurd-2021-01-01T000000Z.db", "another");
    write_file(here.folder / "backups/skurd-mine.db", "not one of ours");
    const auto made = here.json({"backup", "--to", "backups", "--keep", "2", "--rehearse"});
    const auto file = fs::path(made["file"].get<std::string>());

    CHECK(made["rehearsed"]["ok"] == true);
    CHECK(made["rehearsed"]["vintages"] == 1);
    CHECK(made["rehearsed"]["payloads"] == 1);
    CHECK(made["removed"] == 1);
    CHECK_THAT(file.filename().string(), Catch::StartsWith("skurd-20") && Catch::EndsWith("Z.db"));
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(here.folder / "backups"))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    CHECK(names ==
          std::vector<std::string>{"skurd-2021-01-01T000000Z.db", file.filename().string(), "skurd-mine.db"});
}

TEST_CASE("a backup that cannot be restored is told of, and no older one goes for it", "[flow]")
{
    const Scene here;
    fs::create_directories(here.folder / "backups");
    write_file(here.folder / "backups/skurd-2020-01-01T000000Z.db", "an old one");
    damage(here.state, "observation_no_update", "observation", "UPDATE observation SET value = value + 1");
    const auto ended = here.run({"backup", "--to", "backups", "--keep", "1", "--rehearse"});

    CHECK(ended.exit == 1);
    // From a database a backup is made row by row, into a file that has all triggers.
    CHECK_THAT(ended.err, Contains(on_postgres() ? "cannot be restored, 3 things are wrong with it, the first: "
                                                 : "cannot be restored, 4 things are wrong with it, the first: "
                                                   "the trigger observation_no_update"));
    CHECK(fs::exists(here.folder / "backups/skurd-2020-01-01T000000Z.db"));
    const auto left = [&] {
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(here.folder / "backups"))
            names.insert(entry.path().filename().string());
        return names;
    };
    CHECK(left() == std::set<std::string>{"skurd-2020-01-01T000000Z.db", "skurd-wrong.db"});
    damage(here.state, "observation_no_update", "observation", "UPDATE observation SET value = value - 1");
    const auto mended = here.run({"backup", "--to", "backups", "--keep", "2"});
    CHECK(mended.exit == 0);
    CHECK(left().contains("skurd-2020-01-01T000000Z.db")); // the one that failed does not count
}

TEST_CASE("verify goes on from a head that was kept, a vintage or a day", "[flow]")
{
    const Scene here;
    const auto head = here.json({"verify"})["log_head"].get<std::string>();
    REQUIRE(here.take("nr;2018;2019\n1;5;7\n2;7;8\n").exit == 0);
    for (const auto& since : {head, std::string("2"), std::string("2000-01-01")}) {
        const auto found = here.json({"verify", "--since", since});
        INFO(since);
        CHECK(found["ok"] == true);
        CHECK(found["vintages"] == 2);
        CHECK(found["log_head"] != head);
    }
    CHECK(here.json({"verify", "--since", "2100-01-01"})["cells"] == 0);
    CHECK_THAT(here.out({"verify", "--since", "2"}), Contains("only what came from 2 on was looked at: all is well"));
    damage(here.state, "vintage_no_update", "vintage", "UPDATE vintage SET withdrawn = 7 WHERE id = 1");
    CHECK(here.run({"verify", "--since", "2100-01-01"}).exit == 1); // the chain is always held against all of it
    CHECK(here.run({"verify", "--since", std::string(64, 'a')}).exit == 1);
}

TEST_CASE("the commands that read the store run while the daemon holds it, and replay runs through it",
          "[flow][long]")
{
    const Scene here;
    Running daemon(here.state, {"serve", "--config", (here.folder / "skurd.toml").string()});
    REQUIRE(daemon.wait_for("serving 1 jobs"));

    CHECK(here.run({"verify"}).exit == 0);
    CHECK(here.run({"backup", "b.db"}).exit == 0);
    CHECK(here.run({"verify", "b.db"}).exit == 0);
    CHECK(here.run({"replay"}).out == "1 vintages decoded again, 0 cells differ\n");
}

TEST_CASE("a backup takes the place of the store, which is kept", "[flow]")
{
    if (needs_a_file("into a database a backup is restored where no store is (tests/postgres/backup_test.cpp)"))
        return;
    const Scene here;
    REQUIRE(here.run({"backup", "b.db"}).exit == 0);
    REQUIRE(here.take("nr;2018;2019\n1;5;6\n2;7;9\n").exit == 0);
    write_file(here.state / "skurd.db-wal", "a log that belongs to another database");
    const auto restored = here.json({"restore", "b.db"});
    CHECK(restored["vintages"] == 1);
    CHECK(fs::exists(restored["kept"].get<std::string>()));
    CHECK(read_file(restored["kept"].get<std::string>() + "-wal") == "a log that belongs to another database");
    CHECK_FALSE(fs::exists(here.state / "skurd.db-wal"));
    CHECK_FALSE(fs::exists(here.state / "skurd.db.restoring"));
    CHECK(here.run({"verify"}).exit == 0);
    CHECK(here.out({"get", "drop/tall{nr=2}", "--period", "2019"}).find('8') != std::string::npos);
    CHECK(here.take("nr;2018;2019\n1;5;6\n2;7;9\n").exit == 0);

    fs::remove_all(here.state); // a machine that was lost
    CHECK(here.json({"restore", "b.db"})["kept"].is_null());
    CHECK(here.run({"verify"}).exit == 0);
}

TEST_CASE("a restore follows no link that was put where it works", "[flow]")
{
    if (needs_a_file("a restore into a database works in no file"))
        return;
    const Scene here;
    REQUIRE(here.run({"backup", "b.db"}).exit == 0);
    write_file(here.folder / "treasure", "somebody else's");
    fs::create_symlink(here.folder / "treasure", here.state / "skurd.db.restoring");
    CHECK(here.json({"restore", "b.db"})["vintages"] == 1);
    CHECK(read_file(here.folder / "treasure") == "somebody else's");
    CHECK(here.run({"verify"}).exit == 0);
}

TEST_CASE("what cannot take the place of the store leaves it as it was", "[flow]")
{
    if (needs_a_file("into a database a backup is restored where no store is (tests/postgres/backup_test.cpp)"))
        return;
    const Scene here;
    REQUIRE(here.run({"backup", "damaged.db"}).exit == 0);
    {
        skurd::SqliteDatabase database(here.folder / "damaged.db", skurd::SqliteDatabase::Access::write);
        database.exec("DROP TRIGGER observation_no_update; UPDATE observation SET value = value + 1");
    }
    {
        const skurd::SqliteDatabase empty(here.folder / "empty.db", skurd::SqliteDatabase::Access::write);
    }
    write_file(here.folder / "empty.db", "");
    REQUIRE(here.run({"backup", "live.db"}).exit == 0);
    write_file(here.folder / "live.db-wal", "");
    const struct {
        const char* file;
        int exit;
        const char* message;
    } rows[] = {
        {"none.db", 2, "none.db: there is no such file"},     {"tall-1.csv", 1, "tall-1.csv: "},
        {"empty.db", 2, "empty.db: is no backup of a store"}, {"live.db", 2, "has a log beside it (live.db-wal)"},
        {"state/skurd.db", 2, "is the store itself"},         {"damaged.db", 1, "the backup is not put in place: "},
    };
    for (const auto& row : rows) {
        const auto ended = here.run({"restore", row.file});
        INFO(row.file << ": " << ended.out << ended.err);
        CHECK(ended.exit == row.exit);
        CHECK_THAT(ended.err, Contains(row.message));
        CHECK_THAT(ended.err, !Contains("restoring")); // the operator knows of no such file
        CHECK_FALSE(fs::exists(here.state / "skurd.db.restoring"));
    }
    CHECK(here.run({"verify"}).exit == 0);

    Running daemon(here.state, {"serve", "--config", (here.folder / "skurd.toml").string()});
    REQUIRE(daemon.wait_for("serving 1 jobs"));
    REQUIRE(here.run({"backup", "good.db"}).exit == 0);
    CHECK(here.run({"restore", "good.db"}).exit == 3);
}
