// What a source says of a job that comes with the program is written into a file of the installation's own.
#include "app/job_file_fixes.hpp"
#include "base/error.hpp"
#include "base/time_text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;
using namespace skurd::test;
namespace fs = std::filesystem;

namespace {

const Time noon = *parse_time("2026-11-28T12:00:00Z");

struct OwnFolder {
    OwnFolder() { write_file(config, ""); }

    Installation installation() const { return find_installation(config.string(), (folder / "state").string()); }
    /// What a check would say: the time zone is another one.
    static CheckedJob checked(const ReadyJob& job, const std::string& zone)
    {
        auto file = job.job.whole;
        CheckedJob said{job.job.id, job.job.whole.file(), CheckedJob::Asked::yes, {}, ""};
        said.results.push_back({CheckResult::Kind::wrong, file.require_table("job").where("timezone"),
                                "it is " + zone, "timezone = \"" + zone + "\"", CheckResult::Fix::replace});
        said.hash = job.hash;
        return said;
    }

    TempDir folder;
    fs::path config = folder / "skurd.toml";
    fs::path own = folder / "schedules/ssb-cpi.toml";
};

} // namespace

TEST_CASE("a job that comes with the program is corrected in a file of the installation's own", "[app]")
{
    const OwnFolder here;
    const auto at = here.installation();
    const auto list = load_jobs(at);
    const auto& job = list.find("ssb-cpi");
    JobFile file(at, job);
    const auto before = file.text();
    const auto applied = file.apply(OwnFolder::checked(job, "Europe/Stockholm"), noon);
    const auto twice = file.apply(OwnFolder::checked(file.job(), "Europe/Copenhagen"), noon);
    const auto later = load_jobs(here.installation());

    CHECK(before == job_text(at, job));
    CHECK(applied.lines == 1);
    CHECK(applied.file == here.own.string());
    CHECK(applied.backup.empty());
    CHECK(twice.lines == 1);
    CHECK(twice.backup.empty());
    CHECK(before.find("\"Europe/Oslo\"") != std::string::npos);
    CHECK(later.find("ssb-cpi").job.timezone == "Europe/Copenhagen");
    CHECK(later.errors.empty());
    CHECK(later.jobs.size() == list.jobs.size());
    CHECK(later.find("ssb-cpi").job.whole.file() == here.own.string());
    CHECK(job_text(here.installation(), later.find("ssb-cpi")) == read_file(here.own));
}

TEST_CASE("a corrected copy says which version it was made from, and is told of when another one comes along",
          "[app]")
{
    const OwnFolder here;
    const auto at = here.installation();
    const auto list = load_jobs(at);
    const auto& job = list.find("ssb-cpi");
    JobFile(at, job).apply(OwnFolder::checked(job, "Europe/Stockholm"), noon);
    const auto copy = read_file(here.own);
    const auto line = "made_from = \"" + version_of(job) + "\"\n";
    REQUIRE(copy.find("\n[job]\n" + line) != std::string::npos);
    CHECK(load_jobs(here.installation()).notes.empty());

    auto of_earlier = copy;
    of_earlier.replace(copy.find(line), line.size(), "made_from = \"0123456789ab\"\n");
    write_file(here.own, of_earlier);
    const auto later = load_jobs(here.installation());
    CHECK(later.errors.empty());
    REQUIRE(later.notes.size() == 1);
    CHECK(
        later.notes[0].ends_with(": the job 'ssb-cpi' that comes with skurd was corrected after this copy of it was "
                                 "made, and the copy hides that: hold it against schedules/ssb-cpi.toml of this "
                                 "version, then write made_from = \"" +
                                 version_of(job) + "\", or remove the copy"));
}

TEST_CASE("the file of another job is not written over by the corrected one of a job that comes along", "[app]")
{
    const OwnFolder here;
    const auto at = here.installation();
    const auto list = load_jobs(at);
    write_file(here.own, "of somebody");
    const auto& job = list.find("ssb-cpi");
    const auto applied = JobFile(at, job).apply(OwnFolder::checked(job, "Europe/Stockholm"), noon);

    CHECK(applied.lines == 0);
    CHECK(applied.file.empty());
    REQUIRE(applied.left.size() == 1);
    CHECK(applied.left[0].find("which is there and is another one") != std::string::npos);
    CHECK(read_file(here.own) == "of somebody");
}

TEST_CASE("an installation without a configuration has no place for a corrected job", "[app]")
{
    const OwnFolder here;
    auto at = here.installation();
    at.config_file.clear();
    const auto list = load_jobs(at);
    CHECK_THROWS_AS(JobFile(at, list.find("ssb-cpi")), Error);
}
