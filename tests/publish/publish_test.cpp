#include "base/csv_reader.hpp"
#include "lib/json/json.hpp"
#include "lib/openssl/sha256.hpp"
#include "publish/publish.hpp"
#include "store/maintenance.hpp"
#include "store/reader_views.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <map>
#include <set>
#include <sstream>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace fs = std::filesystem;

namespace {

struct PublishFixture : StoreFixture {
    PublishFixture()
    {
        accept(release_of({"2016"}, {{"1", {"1"}}, {"2", {":"}}}), "2018-04-01");
        request.folder = elsewhere / "published";
        request.attributions.add_source("drop", {{"Etaten", "The agency"}, {"CC BY 4.0", "CC BY 4.0"}});
    }

    Published published() { return publish(store, request); }
    std::string file(const std::string& name) const { return read_file(request.folder / name); }
    Json json(const std::string& name) const { return Json::parse(file(name)); }

    TempDir elsewhere;
    PublishRequest request;
};

/// All files under a folder, and their bytes.
std::map<std::string, std::string> files_under(const fs::path& folder)
{
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            found.emplace(entry.path().lexically_relative(folder).string(), read_file(entry.path()));
    return found;
}

} // namespace

TEST_CASE("a publication has every view as CSV and Parquet, and hashes of all its files", "[publish]")
{
    PublishFixture fixture;
    const auto made = fixture.published();
    const auto files = files_under(fixture.request.folder / "1");
    std::map<std::string, std::string> summed;
    std::istringstream lines(files.at("SHA256SUMS"));
    for (std::string hash, name; lines >> hash >> name;)
        summed.emplace(name, hash);

    CHECK(made.is_new);
    CHECK(made.snapshot.commit_seq == 1);
    CHECK(made.files == files.size());
    for (const auto& view : ReaderViews(fixture.store).list())
        if (view.name != "source_health") {
            INFO(view.name);
            CHECK(files.contains("csv/" + view.name + ".csv"));
            CHECK(files.contains("parquet/" + view.name + ".parquet"));
        }
    CHECK(summed.size() + 1 == files.size());
    for (const auto& [name, bytes] : files)
        if (name != "SHA256SUMS")
            CHECK(summed.at(name) == Sha256::of(bytes));
    CHECK(fs::read_symlink(fixture.request.folder / "latest") == "1");
    CHECK_THAT(files.at("csv/data_drop_table.csv"), Contains("\n1,1,Row 1,kroner,2016,2016-01-01,2016-12-31,1,0,,"));
    CHECK((fs::status(fixture.request.folder / "1/skurd.db").permissions() & fs::perms::owner_write) ==
          fs::perms::none);
}

TEST_CASE("the description of a publication says what is in it, whose it is and what it was made of", "[publish]")
{
    PublishFixture fixture;
    const auto made = fixture.published();
    const auto package = fixture.json("1/datapackage.json");
    const auto csvw = fixture.json("1/csv/csv-metadata.json");
    const auto heads = StoreMaintenance(fixture.store).heads();
    std::set<std::string> names;
    for (const auto& resource : package["resources"])
        names.insert(resource["name"].get<std::string>());

    CHECK(package["created"] == format_time(made.snapshot.committed_at));
    CHECK(package["licenses"][0]["name"] == "CC-BY-4.0");
    CHECK(package["sources"][0]["title"] == "The agency");
    CHECK(package["skurd"]["content_head"] == heads.content);
    CHECK(package["skurd"]["log_head"] == heads.log);
    CHECK(package["skurd"]["datasets"][0]["licence"] == "CC BY 4.0");
    CHECK(names.size() == package["resources"].size());
    CHECK_THAT(fixture.file("1/dcat.ttl"), Contains("<#drop%2Ftable> a dcat:Dataset ;\n    dct:title \"Table\"@nb") &&
                                               Contains("dcat:distribution <csv/data_drop_table.csv>"));
    CHECK(csvw["tables"].size() + 0 == package["resources"].size() / 2 - 1);
}

TEST_CASE("the same commit is published once, and the same commits to the same bytes", "[publish]")
{
    PublishFixture fixture;
    fixture.published();
    const auto first = files_under(fixture.request.folder / "1");
    fixture.accept(release_of({"2016"}, {{"1", {"1"}}, {"2", {":"}}}), "2018-05-01"); // nothing new
    const auto again = fixture.published();
    fixture.request.folder = fixture.elsewhere / "other";
    fixture.published();

    CHECK_FALSE(again.is_new);
    CHECK(again.snapshot.commit_seq == 1);
    CHECK(files_under(fixture.elsewhere / "published/1") == first);
    CHECK(files_under(fixture.elsewhere / "other/1") == first);
}

TEST_CASE("a publication tells what changed since the one before, or since a commit", "[publish]")
{
    PublishFixture fixture;
    fixture.published();
    fixture.accept(release_of({"2016"}, {{"1", {"5.50"}}, {"2", {":"}}}), "2019-04-01");
    const auto second = fixture.published();
    const auto changes = fixture.json("2/changes.json");
    const auto rows = fixture.file("2/changes.csv");
    fixture.request.folder = fixture.elsewhere / "all";
    fixture.request.since = 0;
    fixture.published();

    CHECK(second.since == 1);
    CHECK(changes["since"] == 1);
    CHECK(changes["commits"]["vintage"] == 1);
    CHECK(changes["datasets"][0]["dataset"] == "drop/table");
    CHECK(changes["datasets"][0]["revised"] == 1);
    CHECK_THAT(rows, Contains(",5.5,2,,"));
    CHECK(std::count(rows.begin(), rows.end(), '\n') == 2);
    const auto whole = fixture.file("2/changes.csv");
    CHECK(std::count(whole.begin(), whole.end(), '\n') == 4);
    fixture.request.since = 2;
    fixture.request.folder = fixture.elsewhere / "none";
    CHECK_THROWS_WITH(fixture.published(), Contains("--since 2: is not before the newest commit, 2"));
}

TEST_CASE("publications are kept by number and age, the newest always", "[publish]")
{
    PublishFixture fixture;
    fixture.request.bounds = {3, std::chrono::days(30)};
    const auto now = std::chrono::file_clock::from_sys(fixture.clock.now());
    const auto numbers = [&] {
        std::set<std::string> found;
        for (const auto& entry : fs::directory_iterator(fixture.request.folder))
            found.insert(entry.path().filename().string());
        return found;
    };
    for (int number = 2; number < 6; ++number) {
        fixture.published();
        fs::last_write_time(fixture.request.folder / std::to_string(number - 1), now);
        fixture.accept(release_of({"2016"}, {{"1", {std::to_string(number)}}}), "2019-04-01");
    }
    fixture.published();
    const auto by_number = numbers();
    fixture.clock.advance(std::chrono::hours(24 * 40));
    fixture.accept(release_of({"2016"}, {{"1", {"9"}}}), "2019-04-01");
    const auto last = fixture.published();

    CHECK(by_number == std::set<std::string>{".lock", "3", "4", "5", "latest"});
    CHECK(last.removed >= 2);
    CHECK(numbers().contains("6"));
    CHECK_FALSE(numbers().contains("4"));
}

TEST_CASE(
    "a publication that fails or was cut off leaves nothing, and one of another store is not taken for this one",
    "[publish]")
{
    PublishFixture fixture;
    write_file(fixture.request.folder / ".publishing/skurd.db", "half of it");
    fixture.published();
    const auto left = fs::exists(fixture.request.folder / ".publishing");
    PublishFixture other;
    other.accept(release_of({"2017"}, {{"1", {"1"}}}), "2018-04-01");
    other.request.folder = fixture.elsewhere / "of-other";
    fs::create_directories(other.request.folder);
    fs::copy(fixture.request.folder / "1", other.request.folder / "2", fs::copy_options::recursive);

    CHECK_FALSE(left);
    CHECK_THROWS_WITH(other.published(), Contains("is of another store than this one"));
}
