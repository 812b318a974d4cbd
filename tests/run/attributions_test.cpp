// Whom datasets are credited to, by the job files of an installation.
#include "run/jobs.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

struct Jobs {
    TempDir folder;
    Installation installation;

    explicit Jobs(Shipped shipped = Shipped::used)
    {
        installation.state = folder / "state";
        installation.schedules = folder / "schedules";
        installation.shipped_jobs = shipped;
        std::filesystem::create_directories(installation.schedules);
    }

    void add(const std::string& id, const std::string& keys) const
    {
        write_file(
            installation.schedules / (id + ".toml"),
            "[job]\nconnector = \"drop\"\n" + keys + "[source]\nfiles = \"x-*\"\ndataset = \"" + id +
                "\"\n[layout]\nperiod_column = \"a\"\nvalue_column = \"b\"\n[[layout.series]]\ncolumn = \"c\"\n");
    }

    Attribution of(const std::string& dataset) const
    {
        const auto list = load_jobs(installation);
        CHECK(list.errors == std::vector<std::string>());
        return attributions_of(list, installation).of(dataset);
    }

    std::string failure() const
    {
        const auto errors = load_jobs(installation).errors;
        return errors.empty() ? "" : errors.front();
    }
};

} // namespace

TEST_CASE("every dataset of Statistics Norway has its name and licence, whoever harvests it", "[run]")
{
    const Jobs here(Shipped::left_out);
    CHECK(here.of("ssb/07459").source.en == "Statistics Norway");
    CHECK(here.of("ssb/never-seen").licence.nb == "CC BY 4.0");
}

TEST_CASE("what comes with the program names its sources, and leaves a licence open that nobody stated", "[run]")
{
    for (const auto shipped : {Shipped::used, Shipped::left_out}) {
        const Jobs here(shipped);
        CHECK(here.of("drop/kdi").source.nb == "Kriminalomsorgsdirektoratet (KDI)");
        CHECK(here.of("drop/kdi").licence.empty());
        CHECK(here.of("drop/status-report").source.nb == "Fafo-rapport 2018:08, 2019:33 og 2021:17");
        CHECK(here.of("fhi/drug-deaths").source.nb == "Folkehelseinstituttet, Dødsårsaksregisteret");
        CHECK(here.of("drop/nobodys") == Attribution{});
    }
}

TEST_CASE("every shipped job says whom its numbers are credited to", "[run]")
{
    Installation shipped;
    const auto list = load_jobs(shipped);
    const auto known = attributions_of(list, shipped);
    CHECK(list.jobs.size() > 50);
    for (const auto& ready : list.jobs) {
        CAPTURE(ready.job.id);
        if (const auto offer = ready.connector->offer())
            CHECK_FALSE(known.of(offer->dataset).source.empty());
    }
}

TEST_CASE("a job of the installation's own states its attribution and licence", "[run]")
{
    Jobs here;
    here.add("own", "attribution = { nb = \"Kommunen\", en = \"The municipality\" }\nlicence = \"NLOD 2.0\"\n");
    here.add("silent", "");
    CHECK(here.of("drop/own") == Attribution{{"Kommunen", "The municipality"}, {"NLOD 2.0", "NLOD 2.0"}});
    CHECK(here.of("drop/silent") == Attribution{});
}

TEST_CASE("an attribution is one short line in both languages", "[run]")
{
    Jobs long_one;
    long_one.add("own", "attribution = \"" + std::string(301, 'x') + "\"\n");
    CHECK(long_one.failure().find("own.toml:3: ") != std::string::npos);
    Jobs two_lines;
    two_lines.add("own", "licence = \"a\\nb\"\n");
    CHECK(two_lines.failure().find("is one line of at most 300 bytes") != std::string::npos);
    Jobs one_language;
    one_language.add("own", "licence = { nb = \"fri\" }\n");
    CHECK(one_language.failure().find("'en'") != std::string::npos);
}
