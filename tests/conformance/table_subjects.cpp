// Statistical tables over an API: the statbanks and FHI.
#include "tests/conformance/http_source.hpp"
#include "tests/sim/sim_fhi.hpp"
#include "tests/sim/sim_ssb.hpp"
#include "tests/sim/sim_world.hpp"

#include <fmt/format.h>

namespace skurd::test {

namespace {

/// A statbank with table 07459.
class Statbank : public HttpSource<sim::SimSsb> {
public:
    explicit Statbank(SharedClock& clock) : HttpSource(clock)
    {
        sim_.add_table(sim::SimTable::read(Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml")));
    }

    std::string base_url() const override { return through(sim_.base_url()); }
    void touch() override { sim_.publish("07459", {}, now()); }
    void revise(int cells) override
    {
        ++release_;
        sim::SimChanges changes;
        changes.cells["0,1,000,Personer1,2025"] = number(0);
        if (cells > 1)
            changes.cells["0301,2,000,Personer1,2024"] = number(1);
        sim_.publish("07459", changes, now());
    }

protected:
    /// Eight cells.
    std::string job_for(const std::string& connector, const std::string& lines) const
    {
        return fmt::format(R"([job]
connector = "{}"
[source]
base_url = "{}"
{}
[source.select]
Region = ["0", "0301"]
Kjonn = ["*"]
Alder = ["000"]
ContentsCode = ["Personer1"]
Tid = ["2024", "2025"]
)",
                           connector, base_url(), lines);
    }
};

class Ssb final : public Statbank {
public:
    using Statbank::Statbank;
    std::string job() const override { return job_for("ssb", "table = \"07459\"\nexpect = \"Befolkning\""); }
};

class PxwebV2 final : public Statbank {
public:
    using Statbank::Statbank;
    std::string job() const override { return job_for("pxweb", "table = \"07459\"\nname = \"sim\""); }
};

class PxwebV1 final : public Statbank {
public:
    using Statbank::Statbank;
    std::string base_url() const override { return through(sim_.v1_url() + "/no/table"); }
    std::string job() const override { return job_for("pxweb", "table = \"07459\"\nname = \"sim\""); }
    void limit(int calls, std::chrono::seconds window) override { sim_.limit_v1(calls, window); }
};

/// NIFU's way to Statistics Norway: the table is searched for.
class NifuAtSsb final : public Statbank {
public:
    using Statbank::Statbank;
    std::string job() const override
    {
        return job_for("nifu", "route = \"ssb\"\nsearch = \"befolkning\"\nexpect = \"^07459\"\ndataset = \"folk\"");
    }
};

class FhiSource final : public HttpSource<sim::SimFhi> {
public:
    explicit FhiSource(SharedClock& clock) : HttpSource(clock) { sim_.add_table(fhi_table("daar-325")); }

    std::string base_url() const override { return through(sim_.base_url()); }
    std::string job() const override
    {
        return fmt::format(R"([job]
connector = "fhi"
[source]
base_url = "{}"
source = "daar"
table = 325
title = "narkotika"
[source.select]
DAAR = ["2023", "2024"]
FYLKE = ["Total", "40"]
KJONN = ["Total", "2"]
NARKOTIKA = ["Total", "HEROIN"]
MEASURE_TYPE = ["ANTALL"]
)",
                           base_url());
    }
    void touch() override { sim_.publish("daar", "325", {}, now()); }
    void revise(int cells) override
    {
        ++release_;
        sim::SimChanges changes;
        changes.cells["2024,Total,Total,Total,ANTALL"] = number(0);
        if (cells > 1)
            changes.cells["2024,2,40,HEROIN,ANTALL"] = number(1);
        sim_.publish("daar", "325", changes, now());
    }
};

template <typename Kind>
std::unique_ptr<Source> start(SharedClock& clock)
{
    return std::make_unique<Kind>(clock);
}

} // namespace

std::vector<Subject> table_subjects()
{
    return {
        {"ssb",
         "ssb",
         &start<Ssb>,
         8,
         {{"\"07459\"", "\"7459\"", "job.toml:5: 'table' must be five digits in quotes, not '7459'"},
          {"\"Befolkning\"", "\"(\"", "job.toml:6: '(' is not a regular expression"},
          {"[\"000\"]", "[\" 000\"]", "job.toml:10: 'Alder' must list codes"},
          {"expect", "exptect", "job.toml:6: unknown key 'exptect'"}},
         "07459",
         "befolkning"},
        {"pxweb v2",
         "pxweb",
         &start<PxwebV2>,
         8,
         {{"table = \"07459\"", "", "job.toml:3: the key 'table' is missing"},
          {"name = \"sim\"", "name = \"a b\"", "job.toml:6: 'name' must be"}},
         "07459",
         "befolkning"},
        {"pxweb v1",
         "pxweb",
         &start<PxwebV1>,
         8,
         {{"http://", "ftp://", "job.toml:4: 'base_url' must be like"}},
         "be/be05/folkemengde/07459",
         "befolkning"},
        {"nifu at ssb",
         "nifu",
         &start<NifuAtSsb>,
         8,
         {{"expect = \"^07459\"", "", "job.toml:3: 'search' needs 'expect'"},
          {"\"ssb\"", "\"nsd\"", "job.toml:5: 'route' cannot be 'nsd'"}},
         "",
         "",
         {{"discovery", "its tables are those of Statistics Norway: `skurd discover ssb` finds them"}}},
        {"fhi",
         "fhi",
         &start<FhiSource>,
         16,
         {{"source = \"daar\"", "source = \"Døds\"", "job.toml:5: 'source' is the id of one of FHI's sources"},
          {"table = 325", "table = -1", "job.toml:6: 'table' must be a whole number"},
          {"\"narkotika\"", "\"(\"", "job.toml:7: '(' is not a regular expression"},
          {"[\"ANTALL\"]", "[]", "job.toml:13: 'MEASURE_TYPE' must list codes"}},
         "daar/325",
         "narkotika"},
    };
}

} // namespace skurd::test
