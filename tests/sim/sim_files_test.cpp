#include "tests/sim/archive.hpp"
#include "tests/sim/bare_client.hpp"
#include "tests/sim/sim_files.hpp"
#include "tests/sim/sim_nki.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/zip_bytes.hpp"

using namespace skurd;
using namespace skurd::sim;
using test::body_of;
using test::header_of;
using test::status_of;

namespace {

struct FilesWorld {
    test::SharedClock clock{"2026-05-04T08:20:00Z"};
    SimFiles files{clock};
    SimNki nki{clock};

    std::string get(const std::string& target, const std::string& headers = "") const
    {
        return test::get(files.host_url(), target, headers);
    }
    std::string get_nki(const std::string& path, const std::string& key = SimNki::key) const
    {
        const auto headers = key.empty() ? "" : "Ocp-Apim-Subscription-Key: " + key + "\r\n";
        return test::get(nki.host_url(), "/innhold/nki" + path, headers);
    }
};

std::uint32_t little(const std::string& bytes, std::size_t at, int length)
{
    std::uint32_t number = 0;
    for (int i = length; i-- > 0;)
        number = number << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return number;
}

} // namespace

TEST_CASE("a site of files knows types, stamps and what did not change", "[sim]")
{
    FilesWorld world;
    const std::string date = "Wed, 21 Oct 2015 07:28:00 GMT";
    world.files.put("/eksport/fou.csv", {"a;b\n", "text/csv", "\"v1\"", date});
    world.files.put("/old.csv", {"x", "text/csv", "", date});
    const auto first = world.get("/eksport/fou.csv");
    const auto same = world.get("/eksport/fou.csv", "If-None-Match: \"v1\"\r\n");
    const auto changed =
        world.get("/eksport/fou.csv", "If-None-Match: \"v0\"\r\nIf-Modified-Since: " + date + "\r\n");
    const auto dated = world.get("/old.csv", "If-Modified-Since: " + date + "\r\n");
    CHECK(body_of(first) == "a;b\n");
    CHECK(header_of(first, "Content-Type") == "text/csv");
    CHECK(header_of(first, "ETag") == "\"v1\"");
    CHECK(header_of(first, "Last-Modified") == date);
    CHECK(status_of(same) == 304);
    CHECK(status_of(changed) == 200);
    CHECK(status_of(dated) == 304);
}

TEST_CASE("a site of files redirects, forbids and loses files", "[sim]")
{
    FilesWorld world;
    world.files.put("/new.csv", {"n", "text/csv", "", ""});
    world.files.redirect("/moved.csv", "/new.csv", 301);
    const auto moved = world.get("/moved.csv");
    const auto there = world.get("/new.csv");
    world.files.remove("/new.csv");
    const auto gone = world.get("/new.csv");
    world.files.forbid(true);
    const auto forbidden = world.get("/new.csv");
    CHECK(status_of(moved) == 301);
    CHECK(header_of(moved, "Location") == "/new.csv");
    CHECK(body_of(there) == "n");
    CHECK(status_of(gone) == 404);
    CHECK(status_of(forbidden) == 403);
    CHECK(forbidden.find("Just a moment...") != std::string::npos);
    CHECK(world.files.log()[1] == "GET /new.csv");
}

TEST_CASE("a folder is served as it lies", "[sim]")
{
    const test::TempDir folder;
    test::write_file(folder / "a/b.xlsx", "PK");
    FilesWorld world;
    world.files.put_folder(folder.path());
    const auto response = world.get("/a/b.xlsx");
    CHECK(body_of(response) == "PK");
    CHECK(header_of(response, "Content-Type") == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    CHECK_THROWS_WITH(world.files.put_folder(folder / "nothing"), Catch::Contains("is not a folder"));
}

TEST_CASE("DFØ's file is a zip of one CSV in Latin-1 with 28 quoted columns", "[sim]")
{
    std::vector<std::string> row(28, "");
    row[0] = "2025";
    row[11] = "Helse \"Vest\"";
    row[27] = "-847732,870";
    const auto archive = dfo_zip("statsregnskapet_aar_2025.csv", {row});
    const auto packed_size = little(archive, 18, 4);
    const auto name_size = little(archive, 26, 2);
    // The entry's stream in a gzip frame, for the client to unpack.
    const auto gzip = std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03", 10) +
                      archive.substr(30 + name_size, packed_size) + archive.substr(14, 4) + archive.substr(22, 4);
    test::SimWorld world;
    world.ssb.fail_next(1, {200, "text/csv", {{"Content-Encoding", "gzip"}}, gzip, {}});
    Request request;
    request.url = world.ssb.base_url();
    const auto csv = world.fetcher.fetch(request, {})->body;
    CHECK(archive.starts_with("PK\x03\x04"));
    CHECK(archive.substr(30, name_size) == "statsregnskapet_aar_2025.csv");
    CHECK(archive.substr(archive.size() - 22, 4) == "PK\x05\x06");
    CHECK(dfo_columns().size() == 28);
    CHECK(csv.starts_with("\"\xc5r\";\"Periode\";\"Konto_no\";"));
    CHECK(csv.find("\"Bel\xf8p\"\r\n\"2025\";\"\";") != std::string::npos);
    CHECK(csv.find(";\"Helse \"\"Vest\"\"\";") != std::string::npos);
    CHECK(csv.ends_with(";\"-847732,870\"\r\n"));
    CHECK_THROWS_WITH(dfo_zip("x", {{"2025"}}), "a row of DFØ's file has 28 fields, not 1");
}

TEST_CASE("a zip bomb is small", "[sim]")
{
    const auto archive = skurd::test::zip_of(
        {{.name = "xl/worksheets/sheet1.xml", .bytes = std::string(1 << 20, ' '), .times = 1024}});
    CHECK(archive.size() < 1'200'000);
    CHECK(little(archive, 22, 4) == 1U << 30);
}

TEST_CASE("the quality indicators want the right key", "[sim]")
{
    FilesWorld world;
    const auto without = world.get_nki("/kvalitetsindikatorer", "");
    const auto wrong = world.get_nki("/kvalitetsindikatorer", "wrong");
    const auto other = world.get_nki("/kvalitetsindikatorer", SimNki::key_of_other_product);
    const auto right = world.get_nki("/kvalitetsindikatorer");
    CHECK(status_of(without) == 401);
    CHECK(status_of(wrong) == 401);
    CHECK(status_of(other) == 403);
    CHECK(body_of(right) == "[]");
}

TEST_CASE("quality indicators are listed, described and given", "[sim]")
{
    FilesWorld world;
    for (auto& indicator : nki_samples())
        world.nki.put(std::move(indicator));
    const auto list = Json::parse(body_of(world.get_nki("/kvalitetsindikatorer")));
    const auto one = Json::parse(body_of(world.get_nki("/kvalitetsindikatorer/2001")));
    const auto data = world.get_nki("/kvalitetsindikatorer/2001/data?contentType=application/json");
    const auto none = world.get_nki("/kvalitetsindikatorer/2002/data");
    const auto unknown = world.get_nki("/kvalitetsindikatorer/2003");
    const auto rows = Json::parse(body_of(data))["AttachmentDataRows"];
    CHECK(list.size() == 2);
    CHECK(list[0]["attachments"][0]["fileName"] == "2001 data.json");
    CHECK(one == list[0]);
    CHECK(rows[0].dump() == R"~({"QualityIndicatorName":"Ventetid til rusbehandling (TSB)","MeasureType":"Andel",)~"
                            R"~("LocationName":"Hele landet","LocationParentId":0,"ParentName":"",)~"
                            R"~("PeriodType":"Årlig","TimeFrom":"2023-01-01T00:00:00",)~"
                            R"~("TimeTo":"2023-12-31T00:00:00","Value":33.1})~");
    CHECK(data.find(R"("Value":-10000000})") != std::string::npos);
    CHECK(status_of(none) == 204);
    CHECK(status_of(unknown) == 404);
}

TEST_CASE("quality indicators may come in other shapes", "[sim]")
{
    FilesWorld world;
    world.nki.put(nki_samples()[0]);
    const auto data = [&](const NkiHabits& habits) {
        world.nki.habits(habits);
        return Json::parse(body_of(world.get_nki("/kvalitetsindikatorer/2001/data")));
    };
    const auto wrapped = data({NkiHabits::Shape::wrapped, true});
    const auto columns = data({NkiHabits::Shape::columns, false});
    CHECK(wrapped["data"]["AttachmentDataRows"][0]["Value"] == "33.1");
    CHECK(columns["ColumnNames"][8] == "Value");
    CHECK(columns["Rows"][3][8] == -10'000'000);
}
