// The table in README.md of src/api, held against the endpoints.
#include "api/endpoint.hpp"

#include "base/text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;
using namespace skurd::test;

TEST_CASE("every endpoint is described with its parameters, and the table has no other", "[api]")
{
    const auto page = read_file(SKURD_SOURCE_DIR "/src/api/README.md");
    std::size_t endpoints = 0;
    for (const auto* table : endpoint_tables())
        for (const auto& endpoint : *table) {
            ++endpoints;
            std::vector<std::string> parameters;
            for (const auto& name : endpoint.parameters)
                parameters.push_back("`" + name + "`");
            const auto columns = join(parameters, " ");
            const auto row = "| `" + std::string(endpoint.method) + " " + std::string(endpoint.path) + "` |" +
                             (columns.empty() ? " |" : " " + columns + " |");
            INFO(row);
            CHECK(page.find(row) != std::string::npos);
        }
    std::size_t rows = 0;
    for (const auto* begin : {"\n| `GET ", "\n| `POST "})
        for (std::size_t at = 0; (at = page.find(begin, at)) != std::string::npos; ++at)
            ++rows;
    CHECK(rows == endpoints);
}
