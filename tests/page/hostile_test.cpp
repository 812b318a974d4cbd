// Text from outside is text on the page, wherever it stands.
#include "base/text.hpp"
#include "tests/page/page_fixture.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/installed.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

const std::string hostile = "<script>alert(1)</script>\"' onload=x {{secret}} [[a|b]]";

/// A dataset whose every word, and a catalogue whose every label, would be a script.
struct HostileStore : StoreFixture {
    HostileStore()
    {
        auto release = release_of({"2018", "2019"}, {{"1", {"10", "20"}}});
        release.dataset = "drop/tall";
        release.label = hostile;
        release.notes = {hostile};
        release.dimensions.front().label = hostile;
        release.dimensions.front().categories.front().label = hostile;
        release.dimensions.front().categories.front().unit = hostile;
        accept(release, "2019-06-01");
        release.cells.back() = cell("30*");
        accept(release, "2019-09-01");
        auto catalogue = replace_all(one_indicator, "\"Tall\"", "'''" + hostile_for_toml() + "'''");
        catalogue = replace_all(catalogue, "\"Number\"", "'''" + hostile_for_toml() + "'''");
        catalogue = replace_all(catalogue, "source = \"X\"", "source = '''" + hostile_for_toml() + "'''");
        write_file(folder / "indicators/one.toml", catalogue);
        write_file(folder / "indicators/sets.toml", "[[set]]\nnumber = 1\ntitle = { nb = \"T\", en = \"T\" }\n"
                                                    "published = \"2019-01-01\"\nbaseline = \"2018\"\n"
                                                    "members = [\"7\"]\ncount = 1\n");
    }
    static std::string hostile_for_toml() { return hostile; }
};

} // namespace

TEST_CASE("labels, units and notes that are scripts are shown as text", "[page]")
{
    const HostileStore store;
    ServedPages here(store.folder.path(), Shipped::left_out);
    here.host.its_installation.indicators = store.folder / "indicators";
    for (const auto& [path, query] : std::vector<std::pair<std::string, ServedPages::Values>>{
             {"/", {}},
             {"/indicators", {}},
             {"/indicators/7", {}},
             {"/data", {}},
             {"/data", {{"dataset", "drop/tall"}}},
             {"/changes", {{"from", "2019-06-02"}, {"to", "2019-12-01"}}}}) {
        INFO(path);
        const auto html = here.body(path, query);
        CHECK_THAT(html, !Contains("<script>alert"));
        CHECK_THAT(html, Contains("&lt;script&gt;alert(1)"));
        CHECK_THAT(html, !Contains("\" onload=") && !Contains("' onload="));
        CHECK_THAT(html, Contains("{{secret}}"));
    }
}

TEST_CASE("what is asked for is shown as text too", "[page]")
{
    const HostileStore store;
    ServedPages here(store.folder.path(), Shipped::left_out);
    here.host.its_installation.indicators = store.folder / "indicators";
    for (const auto& [path, name] : std::vector<std::pair<std::string, std::string>>{
             {"/data", "q"}, {"/indicators", "q"}, {"/flags", "source"}, {"/login", "next"}, {"/flags", "lang"}}) {
        INFO(path << " " << name);
        CHECK_THAT(here.body(path, {{name, hostile}}), !Contains("<script>alert"));
    }
    for (const auto& [path, name] : std::vector<std::pair<std::string, std::string>>{
             {"/", "as_of"}, {"/data", "dataset"}, {"/flags", "kind"}, {"/changes", "selector"}}) {
        const auto answer = here.get(path, {{name, hostile}});
        CHECK(answer.status >= 400);
        CHECK_THAT(answer.body, !Contains("<script>alert"));
    }
    CHECK(here.get("/data", {{"q", "\xff"}}).status == 400);
    CHECK(here.get("/data", {{"q", std::string(5000, 'a')}}).status == 400);
}

TEST_CASE("a provisional number is a hollow dot, and the number before it stays in the chart", "[page]")
{
    const HostileStore store;
    ServedPages here(store.folder.path(), Shipped::left_out);
    here.host.its_installation.indicators = store.folder / "indicators";
    const auto html = here.body("/indicators/7");
    CHECK_THAT(html, Contains("<circle class=\"provisional\""));
    CHECK_THAT(html, Contains("<polyline class=\"was\""));
    CHECK_THAT(html, Contains("20 til 2019-09-01"));
    CHECK_THAT(html, Contains("<rect class=\"band\""));
    const auto then = here.body("/indicators/7", {{"as_of", "2019-07-01"}});
    CHECK_THAT(then, !Contains("<polyline class=\"was\"") && !Contains("provisional\""));
}
