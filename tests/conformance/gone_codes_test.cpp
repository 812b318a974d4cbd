// A code that a job names and that its table loses: its series stop as they are, the others go on.
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "store/coverage_table.hpp"
#include "store/engine/statement.hpp"
#include "store/flag_store.hpp"
#include "store/maintenance.hpp"
#include "store/sqlite/sqlite_database.hpp"
#include "tests/conformance/host.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

using namespace skurd;
using namespace skurd::test;

namespace {

/// Takes a code out of a dimension, or puts it back at its end.
void change_code(sim::SimTable& table, const std::string& dimension, const std::string& code, bool is_there)
{
    const auto found = std::find_if(table.dimensions.begin(), table.dimensions.end(),
                                    [&](const auto& one) { return one.id == dimension; });
    auto& categories = found->categories;
    if (is_there)
        categories.push_back({code, "Tilbake", "", 0, ""});
    else
        std::erase_if(categories, [&](const auto& category) { return category.code == code; });
}

/// A source whose table has the codes of a dimension that a job names: the first stays, the second goes.
class Place {
public:
    virtual ~Place() = default;

    virtual std::string job(const std::string& codes) const = 0;
    virtual void change(const std::string& code, bool is_there) = 0;
    virtual void revise(const std::string& number) = 0; ///< one cell of the first code

    std::string dimension;
    std::string stays;
    std::string goes;
};

class Statbank final : public Place {
public:
    Statbank(SharedClock& clock, bool is_v1) : clock_(clock), ssb_(clock), is_v1_(is_v1)
    {
        ssb_.add_table(sim::SimTable::read(Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml")));
        dimension = "Region";
        stays = "0301";
        goes = "1103";
    }
    std::string job(const std::string& codes) const override
    {
        return fmt::format("[job]\nconnector='pxweb'\n[source]\ntable='07459'\nname='sim'\nbase_url='{}'\n"
                           "[source.select]\nRegion=[{}]\nKjonn=['1']\nAlder=['*']\nContentsCode=['*']\nTid=['*']\n",
                           is_v1_ ? ssb_.v1_url() + "/no/table" : ssb_.base_url(), codes);
    }
    void change(const std::string& code, bool is_there) override
    {
        ssb_.edit("07459", [&](auto& table) { change_code(table, dimension, code, is_there); });
    }
    void revise(const std::string& number) override
    {
        ssb_.publish("07459", {{{"0301,1,000,Personer1,2024", number}}, {}}, format_time(clock_.now()));
    }

private:
    SharedClock& clock_;
    sim::SimSsb ssb_;
    bool is_v1_;
};

class Fhi final : public Place {
public:
    explicit Fhi(SharedClock& clock) : clock_(clock), fhi_(clock)
    {
        fhi_.add_table(fhi_table("daar-325"));
        dimension = "FYLKE";
        stays = "03";
        goes = "11";
    }
    std::string job(const std::string& codes) const override
    {
        return fmt::format("[job]\nconnector='fhi'\n[source]\nsource='daar'\ntable=325\nbase_url='{}'\n"
                           "[source.select]\nFYLKE=[{}]\nDAAR=['*']\nKJONN=['1']\nNARKOTIKA=['*']\n"
                           "MEASURE_TYPE=['*']\n",
                           fhi_.base_url(), codes);
    }
    void change(const std::string& code, bool is_there) override
    {
        fhi_.edit(
            "daar", "325", [&](auto& table) { change_code(table.table, dimension, code, is_there); }, "");
    }
    void revise(const std::string& number) override
    {
        fhi_.publish("daar", "325", {{{"2023,1,03,Total,ANTALL", number}}, {}}, format_time(clock_.now()));
    }

private:
    SharedClock& clock_;
    sim::SimFhi fhi_;
};

using StartPlace = std::unique_ptr<Place> (*)(SharedClock& clock);

std::unique_ptr<Place> start_v2(SharedClock& clock)
{
    return std::make_unique<Statbank>(clock, false);
}
std::unique_ptr<Place> start_v1(SharedClock& clock)
{
    return std::make_unique<Statbank>(clock, true);
}
std::unique_ptr<Place> start_fhi(SharedClock& clock)
{
    return std::make_unique<Fhi>(clock);
}

/// A store with a harvest of both codes.
struct Scene {
    explicit Scene(StartPlace start) : place(start(clock)) { first = harvest(both()); }

    std::string both() const { return fmt::format("'{}', '{}'", place->stays, place->goes); }
    Run harvest(const std::string& codes, const RunOptions& options = {})
    {
        to_next_morning(clock);
        host.fetcher().forget_answers();
        return host.harvest(make_job(place->job(codes), "job.toml", "job", "/nowhere"), options);
    }
    /// The next day, with one number revised: the table was published anew.
    Run harvest_revised(const std::string& codes, const RunOptions& options = {})
    {
        place->revise(std::to_string(1000 + ++revisions));
        return harvest(codes, options);
    }
    /// The flag that is open.
    std::string flag() const
    {
        const auto flags = FlagStore(host.store()).list(Ended::left_out);
        return flags.size() == 1 ? std::string(to_string(flags[0].kind)) + ": " + flags[0].text_nb
                                 : std::to_string(flags.size());
    }
    /// All the store says of a code.
    std::string says_of(const std::string& code) const
    {
        std::string text;
        const auto all = host.says();
        for (const auto line : split(all, '\n'))
            if (line.find(place->dimension + "=" + code + " ") != std::string::npos)
                text += std::string(line) + "\n";
        return text;
    }
    /// How many series the last vintage says something of.
    std::size_t covered() const
    {
        SqliteDatabase database(state.path() / "skurd.db", SqliteDatabase::Access::read);
        Statement last(database, "SELECT coverage_id, dataset_id FROM vintage ORDER BY id DESC LIMIT 1");
        last.step();
        return load_coverage(database, last.integer(1), last.integer(0)).series.size();
    }

    SharedClock clock{"2026-05-04T09:00:00Z"};
    std::unique_ptr<Place> place;
    TempDir state;
    mutable Host host{clock, state.path(), loopback_settings()};
    int revisions = 0;
    Run first;
};

} // namespace

TEST_CASE("a code that is named and gone blocks its own series, and the others are revised", "[conformance]")
{
    Scene scene(GENERATE(&start_v2, &start_v1, &start_fhi));
    const auto& place = *scene.place;
    REQUIRE(scene.first.outcome == RunOutcome::new_vintage);
    const auto known = scene.says_of(place.goes);
    const auto series = scene.covered();

    scene.place->change(place.goes, false);
    const auto without = scene.harvest_revised(scene.both());
    const auto flag = scene.flag();
    const auto covered = scene.covered();
    RunOptions force;
    force.fetch = FetchPolicy::always;
    const auto forced = scene.harvest(scene.both(), force);
    const auto again = scene.harvest_revised(scene.both());
    const auto flag_again = scene.flag();

    INFO(without.message);
    CHECK(without.outcome == RunOutcome::new_vintage);
    CHECK(without.counts.revised == 1);
    CHECK(without.counts.withdrawn == 0);
    CHECK(without.message.find("left out, since the source no longer has it: " + place.goes + " of " +
                               place.dimension) != std::string::npos);
    CHECK(flag.starts_with("drift: "));
    CHECK(flag.find("kodeliste: 1 borte (" + place.goes + "), som jobbfilen nevner: rett den") != std::string::npos);
    CHECK(covered == series / 2);
    INFO(forced.message);
    CHECK(forced.outcome == RunOutcome::nothing_new);
    CHECK(again.counts.revised == 1);
    CHECK(again.counts.withdrawn == 0);
    CHECK(flag_again == flag);
    CHECK_FALSE(known.empty());
    CHECK(scene.says_of(place.goes) == known);
    CHECK(scene.says_of(place.stays).find(": 1002") != std::string::npos);
    CHECK(StoreMaintenance(scene.host.store()).verify().wrong.empty());
}

TEST_CASE("the flag of a code that is gone closes when it is back, out of the job, or agreed to", "[conformance]")
{
    const auto start = GENERATE(&start_v2, &start_v1, &start_fhi);
    const std::string cure = GENERATE("back", "job", "agreed");
    Scene scene(start);
    const auto& place = *scene.place;
    const auto known = scene.says_of(place.goes);
    scene.place->change(place.goes, false);
    scene.harvest_revised(scene.both());
    const auto open = FlagStore(scene.host.store()).list(Ended::left_out).size();

    auto codes = scene.both();
    RunOptions options;
    if (cure == "back")
        scene.place->change(place.goes, true);
    else if (cure == "job")
        codes = "'" + place.stays + "'";
    else
        options = {.fetch = FetchPolicy::always, .agreement = {.drift = true}};
    const auto cured = scene.harvest_revised(codes, options);
    const auto still_open = FlagStore(scene.host.store()).list(Ended::left_out).size();
    const auto later = scene.harvest_revised(codes);

    INFO(cure << ": " << cured.message << "\n" << later.message);
    CHECK(open == 1);
    CHECK(cured.outcome == RunOutcome::new_vintage);
    CHECK(still_open == 0);
    CHECK(later.outcome == RunOutcome::new_vintage);
    CHECK(scene.flag() == "0");
    CHECK(cured.counts.withdrawn + later.counts.withdrawn == 0);
    CHECK(scene.says_of(place.goes) == known);
}

TEST_CASE("a code that never was there is the job's mistake, and so is a dimension without any code left",
          "[conformance]")
{
    Scene scene(GENERATE(&start_v2, &start_v1, &start_fhi));
    const auto& place = *scene.place;
    const auto mistyped = scene.harvest(scene.both() + ", '77'");
    scene.place->change(place.goes, false);
    scene.place->revise("1001");
    scene.place->change(place.stays, false);
    const auto none = scene.harvest(scene.both());

    const auto no_code = [&](const std::string& code) {
        return fmt::format("there is no code '{}' in {}", code, place.dimension);
    };
    CHECK(mistyped.outcome == RunOutcome::failed);
    CHECK(mistyped.message.find(no_code("77")) != std::string::npos);
    CHECK(none.outcome == RunOutcome::failed);
    CHECK(none.message.find(no_code(place.stays)) != std::string::npos);
    CHECK(scene.flag() == "0");
}
