#include "config/job.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

/// Reads a job as the program does and gives the message of the error, or "".
std::string message_of(const std::string& text)
{
    try {
        auto job = Job::read(Section::parse(text, "schedules/x.toml"), "x");
        job.source.get_string("table", "");
        job.source.get_strings("codes");
        job.whole.reject_unknown_keys();
        return "";
    } catch (const Error& failure) {
        CHECK(failure.code() == ExitCode::usage);
        return failure.what();
    }
}

} // namespace

TEST_CASE("each mistake in a job file is refused with its line")
{
    const struct {
        const char* text;
        const char* message;
    } mistakes[] = {
        {"[job]\nconnector='ssb'\n[source]\ntabel='1'\n",
         "schedules/x.toml:4: unknown key 'tabel' (did you mean 'table'?)"},
        {"[job]\nconnector='ssb'\n[source]\n[surce]\n",
         "schedules/x.toml:4: unknown key 'surce' (did you mean 'source'?)"},
        {"[job]\nconector='ssb'\n[source]\n",
         "schedules/x.toml:2: unknown key 'conector' (did you mean 'connector'?)"},
        {"[job]\n[source]\n", "schedules/x.toml:1: the key 'connector' is missing"},
        {"[job]\nconnector='ssb'\n", "schedules/x.toml:1: the table [source] is missing"},
        {"[job]\nconnector=1\n[source]\n", "schedules/x.toml:2: 'connector' must be a string"},
        {"[job]\nconnector='ssb'\nenabled='yes'\n[source]\n", "schedules/x.toml:3: 'enabled' must be true or false"},
        {"[job]\nconnector='ssb'\nschedule='20 25 * * *'\n[source]\n",
         "schedules/x.toml:3: cron field 'hour': '25' is not a number from 0 to 23"},
        {"[job]\nconnector='ssb'\nschedule='0 0 30 2 *'\n[source]\n",
         "schedules/x.toml:3: cron expression '0 0 30 2 *' names a day that never comes"},
        {"[job]\nid='../x'\nconnector='ssb'\n[source]\n",
         "schedules/x.toml:2: the job id '../x' must be 1 to 100 of the characters a-z A-Z 0-9 - _ . and not begin "
         "with a point"},
        {"[job]\nconnector='ssb'\n[source]\ncodes=[1]\n",
         "schedules/x.toml:4: 'codes' must hold strings only (write numbers in quotes)"},
    };
    for (const auto& mistake : mistakes)
        CHECK(message_of(mistake.text) == mistake.message);
}

TEST_CASE("invalid TOML is refused with its line")
{
    const auto message = message_of("[job]\nconnector = \"ssb\nx = 1\n");
    CHECK(message.starts_with("schedules/x.toml:2: not valid TOML: "));
    CHECK(message_of("[job]\na=1\na=2\n").starts_with("schedules/x.toml:3: not valid TOML: "));
}

TEST_CASE("a renamed key is read by either name, but not by both")
{
    const auto value = [](const char* text) {
        auto section = Section::parse(text, "f");
        auto value = section.get_string(section.either_key("new_name", "old_name"), "fallback");
        section.reject_unknown_keys();
        return value;
    };

    CHECK(value("new_name = 'a'\n") == "a");
    CHECK(value("old_name = 'b'\n") == "b");
    CHECK(value("") == "fallback");
    CHECK_THROWS_WITH(value("new_name = 'a'\nold_name = 'b'\n"),
                      "f:2: 'old_name' is the old name of 'new_name', which is given too: leave it out");
    CHECK_THROWS_WITH(value("new_nam = 'a'\n"), "f:1: unknown key 'new_nam' (did you mean 'new_name'?)");
}

TEST_CASE("a good job file is read with its defaults")
{
    auto job = Job::read(
        Section::parse("[job]\nconnector='ssb'\n[source]\n[source.select]\nTid=['1']\nA=['2']\n", "f"), "stem");
    CHECK(job.id == "stem");
    CHECK(job.enabled);
    CHECK(job.timezone == "Europe/Oslo");
    CHECK_FALSE(job.cron);
    CHECK(job.source.require_table("select").keys() == std::vector<std::string>{"Tid", "A"});
}

TEST_CASE("two readers of one table each know its keys, and what neither knows is refused")
{
    const auto file = Section::parse("[jobs]\nshipped = false\nspread = 5\nspraed = 6\n", "f");
    auto first = file;
    auto second = file;
    CHECK_FALSE(first.require_table("jobs").get_bool("shipped", true));
    CHECK(second.require_table("jobs").get_integer("spread", 1, 1, 9) == 5);
    CHECK(file.unknown_keys() == std::vector<std::string>{"f:4: unknown key 'spraed' (did you mean 'spread'?)"});
}

TEST_CASE("a key that may be overridden is what the environment says, by the name of its table and its own")
{
    auto file = Section::parse("proxy = 'a'\n[fetch.hosts.\"data.ssb.no\"]\nkey_file = 'b'\n", "skurd.toml");
    file.use_environment(
        {{"SKURD_PROXY", "c"}, {"SKURD_FETCH_HOSTS_DATA_SSB_NO_KEY_FILE", "d"}, {"SKURD_EMPTY", ""}});
    auto host = file.require_table("fetch").require_table("hosts").require_table("data.ssb.no");

    CHECK(file.get_string("proxy", "") == "a");
    for (const char* key : {"proxy", "empty", "unset"})
        file.override_by_environment(key);
    host.override_by_environment("key_file");
    CHECK(file.get_string("proxy", "") == "c");
    CHECK(file.where("proxy") == "SKURD_PROXY");
    CHECK(file.get_string("empty", "as ever") == "as ever");
    CHECK(file.origin("unset") == KeyOrigin::by_default);
    CHECK(host.get_string("key_file", "") == "d");
    CHECK(host.origin("key_file") == KeyOrigin::environment);
    file.reject_unknown_keys();
}

TEST_CASE("what was read is told by table, each key once, with where it comes from")
{
    auto file = Section::parse("a = 1\n[t]\nb = 'x'\n", "x.toml");
    file.get_integer("a", 0, 0, 9);
    CHECK(file.reads().empty());
    file.remember_reads();
    auto table = file.table("t");
    auto missing = file.table("m");
    missing.get_bool("c", true);
    table.get_string("b", "");
    table.get_string("b", "");
    file.get_integer("a", 0, 0, 9);
    file.get_strings("d");

    std::string told;
    for (const auto& key : file.reads())
        told += fmt::format("{}/{} {} {}\n", key.table, key.key, to_string(key.origin), key.where);
    CHECK(told == "/a file x.toml:1\n/d default \nt/b file x.toml:3\nm/c default \n");
    file.reject_unknown_keys();
}

TEST_CASE("a mistake in a table that stands for a missing one is told at the line of what it belongs to")
{
    auto file = Section::parse("\n", "x.toml");
    try {
        file.table("fetch").require_string("contact");
        FAIL("nothing was thrown");
    } catch (const Error& failure) {
        CHECK(std::string(failure.what()) == "x.toml:1: the key 'contact' is missing");
    }
}
