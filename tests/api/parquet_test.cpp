// Numbers as Parquet over HTTP.
#include "query/observations.hpp"
#include "report/observation_parquet.hpp"
#include "tests/page/page_fixture.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

TEST_CASE("data and history are Parquet too, as `skurd export` writes it", "[api]")
{
    ServedPages here(first_harvest());
    const auto reading = here.reader.read();
    for (const std::string selector : {"drop/status-report{nr=9}", "9"}) {
        ObservationQuestion question{.target = read_target(selector, *reading->catalogue),
                                     .attributions = here.host.attributions()};
        const auto file_of = [&](const std::vector<ObservationRow>& rows) {
            std::string bytes;
            ObservationParquet file(dimensions_of(rows), [&](std::string_view more) { bytes += more; });
            for (const auto& row : rows)
                file.add(row);
            file.finish();
            return bytes;
        };
        const ServedPages::Values query = {{"selector", selector}, {"format", "parquet"}};
        const auto data = here.get("/api/v1/data", query);
        CHECK(data.status == 200);
        CHECK(header(data, "Content-Type") == "application/vnd.apache.parquet");
        CHECK_THAT(header(data, "Content-Disposition"), Contains(".parquet\""));
        CHECK(data.body == file_of(observations(reading->store, *reading->catalogue, question)));
        CHECK(here.body("/api/v1/history", query) ==
              file_of(observation_history(reading->store, *reading->catalogue, question)));
        HttpRequest again;
        again.method = "GET";
        again.path = "/api/v1/data";
        again.query = query;
        again.accept_encoding = "zstd, gzip";
        const auto as_it_is = here.ask(again);
        CHECK(header(as_it_is, "Content-Encoding").empty()); // it is compressed inside
        again.if_none_match = header(data, "ETag");
        CHECK(here.ask(again).status == 304);
    }
}
