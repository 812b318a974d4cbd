#include "serve/content_coding.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/gunzip.hpp"
#include "tests/support/unzstd.hpp"

#include <tuple>
#include <vector>

using namespace skurd;
using namespace skurd::test;

TEST_CASE("an answer comes in the coding that a client wants most, of equals as zstd", "[serve]")
{
    const std::vector<std::pair<const char*, ContentCoding>> wanted = {
        {"", ContentCoding::none},
        {"gzip", ContentCoding::gzip},
        {"GZip", ContentCoding::gzip},
        {"gzip, deflate, br, zstd", ContentCoding::zstd},
        {"zstd, gzip", ContentCoding::zstd},
        {"gzip;q=1, zstd;q=0.5", ContentCoding::gzip},
        {"zstd;q=0.5, gzip;q=0.51", ContentCoding::gzip},
        {"gzip; Q=0.5, zstd;q=0.500", ContentCoding::zstd},
        {"zstd;q=0, gzip", ContentCoding::gzip},
        {"gzip;q=0.000", ContentCoding::none},
        {"gzip;q=high", ContentCoding::none},
        {"identity, br, *", ContentCoding::none},
    };
    for (const auto& [header, coding] : wanted) {
        INFO(header);
        CHECK(coding_wanted(header) == coding);
    }
}

TEST_CASE("what is coded is the same again, whole or produced in pieces", "[serve]")
{
    std::string text;
    for (int i = 0; i < 50'000; ++i)
        text += std::to_string(i * 7919 % 1000) + (i % 10 == 0 ? "\n" : ",");
    for (const std::string coding : {"gzip", "zstd"}) {
        HttpRequest request;
        request.accept_encoding = coding;
        HttpResponse at_hand;
        at_hand.headers = {{"Content-Type", "text/csv"}};
        at_hand.body = text;
        HttpResponse produced;
        produced.headers = at_hand.headers;
        produced.produce = [&](const BodyWriter& write) -> std::optional<HttpResponse> {
            for (std::size_t at = 0; at < text.size(); at += 777)
                write(std::string_view(text).substr(at, 777));
            write("");
            return std::nullopt;
        };
        const auto plain_of = [&](const HttpResponse& response) {
            return coding == "gzip" ? gunzip(response.body) : unzstd(response.body);
        };
        const auto one = coded(std::move(at_hand), request);
        const auto other = whole(coded(std::move(produced), request));
        INFO(coding);
        CHECK(one.body.size() < text.size() / 2);
        CHECK((plain_of(one) == text));
        CHECK((plain_of(other) == text));
    }
}

TEST_CASE("what is short, or compressed as it is, comes as it is", "[serve]")
{
    HttpRequest request;
    request.accept_encoding = "zstd";
    for (const auto& [type, size] : std::vector<std::pair<std::string, std::size_t>>{
             {"text/csv", 1023}, {"application/vnd.apache.parquet", 5000}, {"image/png", 5000}}) {
        HttpResponse response;
        response.headers = {{"Content-Type", type}};
        response.body.assign(size, 'a');
        INFO(type);
        CHECK(coded(std::move(response), request).body.size() == size);
    }
}
