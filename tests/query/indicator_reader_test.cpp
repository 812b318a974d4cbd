#include "query/indicator_reader.hpp"

#include "indicator/catalogue.hpp"
#include "query/catalogue.hpp"
#include "store/payload_store.hpp"
#include "store/vintage_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;

namespace {

constexpr auto for_each_place = R"([part]
id = 'places'
[[indicator]]
number = 1
for_each = 'place'
label = 'Andel'
type = 'effect'
kind = 'share'
unit = 'percent'
direction = 'up'
baseline = '2020'
source = 'test'
[[indicator.definition]]
from = '1990-01-01'
formula = 'share(drop/x{place=*,nr=1}, drop/x{nr=2,place=*})'
[[set]]
number = 1
title = 'Steder'
baseline = '2020'
parts = ['places']
)";

/// Two numbers of each place in two years.
Release release_of(const std::vector<std::string>& places)
{
    Release release;
    release.dataset = "drop/x";
    release.time_dimension = "Tid";
    release.periods = {Period::year(2020), Period::year(2021)};
    Dimension place;
    place.id = "place";
    for (const auto& code : places)
        place.categories.push_back({code, "Place " + code, "", std::nullopt});
    Dimension number;
    number.id = "nr";
    number.categories = {{"1", "part", "", std::nullopt}, {"2", "whole", "", std::nullopt}};
    release.dimensions = {place, number};
    for (std::size_t i = 0; i < places.size() * 4; ++i)
        release.cells.push_back(Cell::of(Decimal(static_cast<std::int64_t>(10 + 7 * i), 0)));
    return release;
}

struct Scene {
    Scene()
    {
        catalogue.files_hash = "files";
        ingest({"0301", "1103"});
    }

    void ingest(const std::vector<std::string>& places)
    {
        clock.advance(std::chrono::days(1));
        const auto payload = PayloadStore(store).store(std::to_string(places.size()), "text/csv", "test");
        VintageStore(store).ingest(release_of(places), {clock.now(), "test", Confidence::stated}, Origin::drop,
                                   payload, 0);
    }

    test::TempDir folder;
    test::ManualClock clock{"2022-01-01"};
    StoreSession store{folder / "state", StoreSession::Access::write, clock};
    Catalogue catalogue = read_catalogue({{"x.toml", for_each_place}}, "files");
};

} // namespace

TEST_CASE("indicators for each code come and go with the codes of the store, and change the catalogue's hash")
{
    Scene here;
    CHECK(expand_catalogue(here.catalogue, here.store));
    const auto hash = here.catalogue.hash;
    CHECK(here.catalogue.indicators.size() == 2);
    CHECK_FALSE(expand_catalogue(here.catalogue, here.store));
    here.ingest({"0301", "1103", "4601"});
    CHECK(expand_catalogue(here.catalogue, here.store));
    CHECK(here.catalogue.indicators.size() == 3);
    CHECK(here.catalogue.hash != hash);
}

TEST_CASE("reading all places at once gives each the values that a read of its own gives")
{
    Scene here;
    here.ingest({"0301", "1103", "4601"});
    expand_catalogue(here.catalogue, here.store);
    IndicatorReader together(here.store, here.catalogue, {}, Numbers::published);
    for (const auto& indicator : here.catalogue.indicators) {
        CAPTURE(indicator.label.nb);
        auto alone = indicator;
        alone.expansion.reset();
        const auto own = indicator_series(here.store, here.catalogue, alone, {}, Numbers::published);
        const auto shared = together.series(indicator);
        REQUIRE(shared.values.size() == 2);
        CHECK(shared.series == own.series);
        for (const auto& [period, value] : own.values) {
            CHECK(shared.values.at(period).value.number == value.value.number);
            CHECK(shared.values.at(period).vintage == value.vintage);
            CHECK(shared.values.at(period).published_at == value.published_at);
            CHECK(shared.values.at(period).inputs.size() == 2);
        }
    }
}
