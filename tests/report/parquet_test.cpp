#include "base/error.hpp"
#include "report/parquet.hpp"
#include "tests/support/catch.hpp"

#include <string>

using namespace skurd;

namespace {

/// Of rows with a column of each type; every third lacks its text.
std::string parquet_bytes(std::int64_t rows)
{
    std::string bytes;
    ParquetWriter writer({{"number", ParquetType::integer},
                          {"value", ParquetType::real},
                          {"label", ParquetType::text},
                          {"day", ParquetType::date},
                          {"seen", ParquetType::instant}},
                         [&](std::string_view more) { bytes += more; });
    for (std::int64_t row = 0; row < rows; ++row) {
        writer.add(row - 1);
        writer.add(static_cast<double>(row) / 4);
        if (row % 3 == 0)
            writer.add_null();
        else
            writer.add("rad " + std::to_string(row));
        writer.add(std::string_view("2019-11-01"));
        writer.add(std::string_view("2019-11-01T07:00:00Z"));
    }
    writer.finish();
    return bytes;
}

std::size_t times(const std::string& bytes, const std::string& text)
{
    std::size_t found = 0;
    for (std::size_t at = 0; (at = bytes.find(text, at)) != std::string::npos; ++at)
        ++found;
    return found;
}

} // namespace

// What readers make of it is tests/clients.
TEST_CASE("a Parquet file begins and ends as one, and the same rows are the same bytes", "[report]")
{
    const auto bytes = parquet_bytes(10);
    const auto end = bytes.substr(bytes.size() - 8);
    const auto footer = static_cast<unsigned char>(end[0]) + 256U * static_cast<unsigned char>(end[1]);

    CHECK(bytes.starts_with("PAR1"));
    CHECK(bytes.ends_with("PAR1"));
    CHECK(footer > 100);
    CHECK(footer < bytes.size());
    CHECK(bytes == parquet_bytes(10));
    CHECK(parquet_bytes(0).size() < 400);
}

TEST_CASE("a Parquet file has a row group for each 100 000 rows", "[report]")
{
    // The footer names each column once in the schema, and once for each row group.
    const auto one = parquet_bytes(ParquetWriter::rows_per_group);
    const auto two = parquet_bytes(ParquetWriter::rows_per_group + 1);

    CHECK(times(one.substr(one.size() - 1000), "value") == 2);
    CHECK(times(two.substr(two.size() - 1000), "value") == 3);
}

TEST_CASE("what is no date does not get into a Parquet file as one", "[report]")
{
    ParquetWriter writer({{"day", ParquetType::date}}, [](std::string_view) {});
    CHECK_THROWS_WITH(writer.add(std::string_view("in spring")), "column day: 'in spring' is no date");
}
