#include "evaluate/indicator_flags.hpp"

#include "store/annotation_store.hpp"
#include "store/flag_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

/// An indicator that reads drop/table.
Catalogue catalogue()
{
    Indicator indicator;
    indicator.number = 9;
    Definition definition;
    definition.id = 1;
    definition.formula = Formula::of(Selector::parse("drop/table{nr=1}"));
    indicator.definitions = {definition};
    Catalogue made;
    made.indicators = {indicator};
    return made;
}

} // namespace

TEST_CASE("breaks that are marked and breaks that a source writes of are flagged, and closed when they are gone",
          "[evaluate]")
{
    StoreFixture here;
    here.accept(release_of({"2018"}, {{"1", {"5"}}}), "2019-01-01");
    const auto breaks = [&] {
        flag_breaks(here.store, catalogue(), here.clock.now());
        std::string text;
        for (const auto& flag : FlagStore(here.store).list(Ended::included))
            if (flag.kind == FlagKind::series_break)
                text += flag.key + " " + std::string(to_string(flag.state)) + "; ";
        return text;
    };
    CHECK(breaks() == "");
    auto noted = release_of({"2018"}, {{"1", {"6"}}});
    noted.notes = {"Tidsseriebrudd i 2018."};
    here.accept(noted, "2019-02-01");
    Annotation marked;
    marked.kind = AnnotationKind::series_break;
    marked.period = Period::year(2018);
    marked.text = "nytt skjema";
    marked.actor = "Kari";
    const auto id = AnnotationStore(here.store).add(Selector::parse("drop/table{nr=1}"), marked);
    CHECK(breaks() == "break/annotation/1 open; break/drop/table open; ");
    AnnotationStore(here.store).withdraw(id, "feil tabell", "Kari");
    CHECK(breaks() == "break/annotation/1 closed; break/drop/table open; ");
    here.accept(release_of({"2018"}, {{"1", {"7"}}}), "2019-03-01");
    CHECK(breaks() == "break/annotation/1 closed; break/drop/table closed; ");
}
