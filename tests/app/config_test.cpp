// What skurd is run with: the sample configuration held against what the program reads, and the command that tells
// it.
#include "tests/support/installed.hpp"

#include <fmt/format.h>

#include <map>
#include <regex>
#include <set>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

std::string sample()
{
    return read_file(SKURD_SOURCE_DIR "/deploy/skurd.toml");
}

/// With every key and every table of a host.
std::string uncommented_sample()
{
    return std::regex_replace(sample(), std::regex("\n# ([a-z_]+ *= |\\[(?:fetch|notify)\\.[a-z]+\\.)"), "\n$1");
}

/// What the command tells of the keys, by "table.key"; with nothing in the environment.
std::map<std::string, Json> keys_of(const TempDir& folder, const std::string& configuration)
{
    write_file(folder / "skurd.toml", configuration);
    const auto told = skurd::test::skurd(folder / "state", {"config", "--json", "--config", "skurd.toml"}, "",
                                         {{"SKURD_STATE", ""}});
    INFO(told.err);
    REQUIRE(told.exit == 0);
    std::map<std::string, Json> keys;
    const auto all = Json::parse(told.out)["keys"];
    for (const auto& key : all) {
        const auto table = key["table"].is_null() ? "" : key["table"].get<std::string>() + ".";
        keys[table + key["key"].get<std::string>()] = key;
    }
    return keys;
}

} // namespace

TEST_CASE("the sample configuration has every key the program reads, and no other, with its default", "[app]")
{
    const TempDir folder;
    std::filesystem::create_directory(folder / "schedules");
    std::filesystem::create_directory(folder / "indicators");
    const auto whole = uncommented_sample();
    REQUIRE(whole != sample());
    const auto in_sample = keys_of(folder, whole); // an unknown key ends it
    const auto defaults = keys_of(folder, "");

    CHECK(in_sample.size() >= 30);
    for (const auto& [name, key] : in_sample) {
        INFO(name);
        CHECK(key["from"] == "file");
    }
    for (const auto& [name, key] : defaults) {
        INFO(name);
        CHECK(key["from"] == "default");
        CHECK(key["where"].is_null());
        REQUIRE(in_sample.contains(name));
        if (name != "state") // that of the configuration under /etc stands in the sample
            CHECK(in_sample.at(name)["value"] == key["value"]);
    }
}

TEST_CASE("the sample configuration passes the check as it is, and with every key uncommented", "[app]")
{
    const TempDir folder;
    write_file(folder / "skurd.toml", sample());
    const auto plain = skurd::test::skurd(folder / "state", {"check", "--config", "skurd.toml"});
    CHECK(plain.exit == 0);
    std::filesystem::create_directories(folder / "schedules");
    std::filesystem::copy(SKURD_SOURCE_DIR "/schema/indicators", folder / "indicators");
    write_file(folder / "skurd.toml", uncommented_sample());
    const auto all = skurd::test::skurd(folder / "state", {"check", "--config", "skurd.toml"});
    CHECK(all.out == plain.out);
    CHECK_THAT(plain.out, Contains(" jobs, configuration and catalogue are good\n"));
}

TEST_CASE("config tells each value and where it comes from", "[app]")
{
    const TempDir folder;
    write_file(folder / "skurd.toml", "state = \"here\"\n[fetch]\n\ncontact = \"kari@example.org\"\n");
    const auto run = [&](std::vector<std::string> more, const Environment& environment) {
        std::vector<std::string> arguments = {"config", "--config", "skurd.toml"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto ended = skurd::test::skurd(folder / "state", arguments, "", environment);
        CHECK(ended.exit == 0);
        return std::regex_replace(ended.out, std::regex(" +# "), " # ");
    };

    const auto by_file = run({}, {{"SKURD_STATE", ""}});
    CHECK_THAT(by_file, StartsWith("# skurd.toml\nstate = \"here\" # skurd.toml:1\n"));
    CHECK_THAT(by_file, Contains("\n[fetch]\ncontact = \"kari@example.org\" # skurd.toml:4\n"));
    CHECK_THAT(by_file, Contains("\nproxy = \"\" # default\n"));
    CHECK_THAT(by_file, Contains("\nmax_bytes = 268435456 # default\n"));
    CHECK_THAT(by_file, Contains("\n[jobs]\nshipped = true # default\noff = [] # default\n"));

    const auto by_environment = run({}, {{"SKURD_STATE", "there"}, {"SKURD_FETCH_PROXY", "http://proxy:3128"}});
    CHECK_THAT(by_environment, Contains("\nstate = \"there\" # SKURD_STATE\n"));
    CHECK_THAT(by_environment, Contains("\nproxy = \"http://proxy:3128\" # SKURD_FETCH_PROXY\n"));

    const auto on_server = run({}, {{"SKURD_STORE_URL", "postgresql://skurd@db.example/skurd"}});
    CHECK_THAT(on_server, Contains("\n[store]\nurl = \"postgresql://skurd@db.example/skurd\" # SKURD_STORE_URL\n"));

    CHECK_THAT(run({"--state", "given"}, {{"SKURD_STATE", "there"}}), Contains("\nstate = \"given\" # --state\n"));
}

TEST_CASE("where the store is on PostgreSQL is refused with file and line where it cannot be", "[app]")
{
    const TempDir folder;
    const auto refusal_of = [&](const std::string& store) {
        write_file(folder / "skurd.toml", "[store]\n" + store);
        return skurd::test::skurd(folder / "state", {"status", "--config", "skurd.toml"}).err;
    };
    for (const char* url : {"postgresql://skurd:geheim@db/skurd", "postgresql://db/skurd?password=geheim"})
        CHECK_THAT(refusal_of(fmt::format("url = \"{}\"", url)),
                   Contains("skurd.toml:2: 'url' has a password in it") && !Contains("geheim"));
    CHECK_THAT(refusal_of("url = \"mysql://skurd:geheim@db\""),
               Contains("skurd.toml:2: 'url' is none of a database of PostgreSQL") && !Contains("geheim"));
    CHECK_THAT(refusal_of("password_file = \"x\""), Contains("skurd.toml:2: 'password_file' goes with 'url'"));

    const auto url = std::string("url = \"postgresql://skurd@/x?host=/nowhere\"\n");
    write_file(folder / "skurd.toml", "[store]\n" + url + "password_file = \"secret\"\n");
    write_file(folder / "secret", "geheim\n");
    std::filesystem::permissions(folder / "secret", std::filesystem::perms(0644));
    const auto run = [&](const std::string& command) {
        return skurd::test::skurd(folder / "state", {command, "x", "--config", "skurd.toml"}).err;
    };
    CHECK_THAT(run("history"), Contains("secret: others may read the password in it: chmod 600"));
    std::filesystem::permissions(folder / "secret", std::filesystem::perms(0600));
    CHECK_THAT(run("history"), Contains("cannot connect") && !Contains("geheim"));
    CHECK_THAT(run("backup"), Contains("cannot connect") && !Contains("geheim"));
}

TEST_CASE("config shows no password and no key", "[app]")
{
    const TempDir folder;
    write_file(folder / "skurd.toml", "[fetch]\nproxy = \"http://kari:hemmelig@proxy.example:3128\"\n"
                                      "[fetch.keys.\"api.example.org\"]\nheader = \"X-Key\"\n");
    for (const char* form : {"--json", "--wide"}) {
        const auto told = skurd::test::skurd(folder / "state", {"config", form, "--config", "skurd.toml"}, "",
                                             {{"SKURD_FETCH_KEYS_API_EXAMPLE_ORG_VALUE", "geheim"}});
        CHECK(told.exit == 0);
        CHECK_THAT(told.out, !Contains("hemmelig") && !Contains("geheim"));
        CHECK_THAT(told.out, Contains("http://kari:***@proxy.example:3128"));
        CHECK_THAT(told.out, Contains("SKURD_FETCH_KEYS_API_EXAMPLE_ORG_VALUE"));
    }
    write_file(folder / "skurd.toml", "[fetch.keys.\"api.example.org\"]\nheader = \"X-Key\"\nvalue = \"geheim\"\n");
    const auto refused = skurd::test::skurd(folder / "state", {"config", "--config", "skurd.toml"});
    CHECK(refused.exit == 2);
    CHECK(refused.err == "skurd: skurd.toml:3: 'value' is a secret and does not belong in here: it is read from the "
                         "environment, SKURD_FETCH_KEYS_API_EXAMPLE_ORG_VALUE\n");
}

TEST_CASE("config tells which jobs and files of the catalogue are added, replaced and left out", "[app]")
{
    const Installed here;
    write_file(here.folder / "skurd.toml", "[jobs]\noff = [\"ssb-alcohol\"]\n");
    const auto job = read_file(SKURD_SOURCE_DIR "/schedules/ssb-cannabis.toml");
    write_file(here.folder / "schedules/ssb-cannabis.toml", job);
    write_file(here.folder / "elsewhere/ours.toml", job);
    write_file(here.folder / "indicators/sets.toml", read_file(SKURD_SOURCE_DIR "/schema/indicators/sets.toml"));

    const auto told = here.json({"config"});
    std::map<std::string, std::set<std::string>> names;
    for (const char* list : {"jobs", "catalogue"})
        for (const auto& file : told[list])
            names[file["role"]].insert(file["name"]);
    CHECK(names["replaces shipped"] == std::set<std::string>{"sets.toml", "ssb-cannabis"});
    CHECK(names["added"].empty());
    CHECK(names["shipped"].size() > 50);
    CHECK(told["jobs_left_out"] == Json({"ssb-alcohol"}));

    const auto elsewhere = skurd::test::skurd(here.state, here.with_config({"config"}), "",
                                              {{"SKURD_SCHEDULES", (here.folder / "elsewhere").string()}});
    CHECK_THAT(elsewhere.out, Contains("#   replaced ssb-cannabis: ") || Contains("#   added ours: "));
    CHECK_THAT(elsewhere.out, Contains("#   left out: ssb-alcohol\n"));
    const auto wrong =
        skurd::test::skurd(here.state, here.with_config({"config"}), "", {{"SKURD_INDICATORS", "/nowhere"}});
    CHECK(wrong.exit == 2);
    CHECK(wrong.err == "skurd: SKURD_INDICATORS: '/nowhere' is not a folder\n");
}

TEST_CASE("help lists the commands in four groups", "[app]")
{
    const Installed here;
    const auto help = here.out({"--help"});
    std::vector<std::size_t> places;
    for (const char* group : {"\nSet up:\n  init ", "\nRun and look after:\n  serve ", "\nRead:\n  report ",
                              "\nAnswer and sign:\n  flags "})
        places.push_back(help.find(group));
    CHECK(places.back() != std::string::npos);
    CHECK(std::is_sorted(places.begin(), places.end()));
    CHECK_THAT(help, !Contains("Subcommands:"));
}
