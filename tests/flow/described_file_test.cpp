// From a file that nobody has described to numbers in the store: two commands, no edit.
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"

using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

constexpr auto file =
    "Kommune;Kjønn;2016;2017\n0301 Oslo;Menn;10;12\n0301 Oslo;Kvinner;11;13\n1103 Stavanger;Menn;7;8\n"
    "1103 Stavanger;Kvinner;5;6\n";

/// An installation with no jobs of its own, and a file.
struct Scene : Installed {
    explicit Scene(const std::string& bytes = file)
    {
        write_file(folder / "schedules/.keep", "");
        write_file(folder / "Tall 2017.csv", bytes);
    }

    std::string at(const char* name) const { return (folder / name).string(); }
    /// `skurd describe FILE --job > new.toml`, and its exit code.
    int describe()
    {
        const auto ended = run({"describe", at("Tall 2017.csv"), "--job"});
        write_file(folder / "new.toml", ended.out);
        return ended.exit;
    }
    Ended drop() const { return run({"drop", at("Tall 2017.csv"), "--job", at("new.toml")}); }
};

} // namespace

TEST_CASE("a file is in the store after describe --job and drop --job, when the proposal is proved", "[flow][long]")
{
    Scene here;
    CHECK(here.describe() == 0);
    const auto dropped = here.drop();

    CHECK(dropped.exit == 0);
    CHECK_THAT(dropped.out, Contains("8 cells, 8 new"));
    const auto told = here.out({"get", "drop/tall-2017{Kommune=0301 Oslo,Kjønn=Kvinner}"});
    CHECK_THAT(told, Contains("13"));
}

TEST_CASE("a job written for a file names what later releases are likely to be called", "[flow]")
{
    Scene here;
    const auto job = here.run({"describe", here.at("Tall 2017.csv"), "--job"}).out;
    CHECK_THAT(job,
               Contains("[job]\nid = \"tall-2017\"\nconnector = \"drop\"\n\n[source]\nfiles = \"Tall *.csv\"\n\n"));
    const auto json = here.json({"describe", here.at("Tall 2017.csv")});
    CHECK(json["job"] == job);
    CHECK(json["proved"] == true);
    CHECK(json["numbers"] == 8);
    CHECK(json["doubts"].empty());
}

TEST_CASE("a proposal that a person should see first ends with 1 and says what of it", "[flow]")
{
    Scene here("Kommune;2016;Endring\nOslo;1;2\nBø;3;4\n");
    CHECK(here.describe() == 1);
    const auto told = here.run({"describe", here.at("Tall 2017.csv")}).out;
    CHECK(told.rfind("# the column 'Endring' is left out with 2 numbers\n", 0) == 0);
}

TEST_CASE("a job given by its file must not be another one's by its id, nor need a profile", "[flow]")
{
    Scene here;
    here.describe();
    write_file(here.folder / "schedules/tall.toml",
               "[job]\nid = \"tall-2017\"\nconnector = \"drop\"\n[source]\nfiles = \"x\"\n[layout]\nperiods = "
               "'^\\d{4}$'\n[[layout.series]]\ncolumn = \"nr\"\n");
    const auto same_id = here.drop();
    write_file(here.folder / "new.toml",
               "[job]\nconnector = \"drop\"\n[source]\nfiles = \"x\"\n[layout]\nfrom = \"shared.toml\"\n");
    const auto with_profile = here.drop();

    CHECK(same_id.exit == 2);
    CHECK_THAT(same_id.err, Contains("there is another job 'tall-2017'"));
    CHECK(with_profile.exit == 2);
    CHECK_THAT(with_profile.err, Contains("a job that is given by its file has no layout profile beside it"));
}
