#include "base/error.hpp"
#include "lib/openssl/sha256.hpp"
#include "lib/zstd/zstd.hpp"
#include "store/payload_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

std::filesystem::path file_of(const StoreFixture& fixture, const PayloadRef& payload)
{
    return fixture.folder.path() / "payloads" / payload.hash.substr(0, 2) / (payload.hash + ".zst");
}

} // namespace

TEST_CASE("a payload is stored once, under the hash of its bytes", "[store]")
{
    StoreFixture fixture;
    const std::string bytes = "år;verdi\n2016;1\xe6\n" + std::string(100'000, '0') + std::string(1, '\0');
    const auto first = PayloadStore(fixture.store).store(bytes, "text/csv", "file.csv");
    const auto again = PayloadStore(fixture.store).store(bytes, "text/csv", "other.csv");

    CHECK(first.hash == Sha256::of(bytes));
    CHECK(first.size == bytes.size());
    CHECK(first.is_new);
    CHECK_FALSE(again.is_new);
    CHECK(PayloadStore(fixture.store).bytes(first.hash) == bytes);
    CHECK(fixture.sql("SELECT origin_url FROM payload") == "file.csv");
    CHECK(std::filesystem::file_size(file_of(fixture, first)) < 1000);
}

TEST_CASE("an empty payload is a payload", "[store]")
{
    StoreFixture fixture;
    const auto kept = PayloadStore(fixture.store).store("", "", "");
    CHECK(PayloadStore(fixture.store).bytes(kept.hash).empty());
}

TEST_CASE("a payload whose file went away is written again when it comes again", "[store]")
{
    StoreFixture fixture;
    const auto kept = PayloadStore(fixture.store).store("bytes", "text/csv", "x");
    std::filesystem::remove(file_of(fixture, kept));
    const auto missing = message_of([&] { PayloadStore(fixture.store).bytes(kept.hash); });
    PayloadStore(fixture.store).store("bytes", "text/csv", "x");

    CHECK_THAT(missing, Contains("the payload's file is gone"));
    CHECK(PayloadStore(fixture.store).bytes(kept.hash) == "bytes");
}

TEST_CASE("a damaged payload is not given out", "[store]")
{
    StoreFixture fixture;
    const auto kept = PayloadStore(fixture.store).store("the bytes", "text/csv", "x");
    struct {
        std::string file;
        const char* message;
    } const rows[] = {
        {zstd_compress("the bytez"), "its bytes are not those it is named for"},
        {zstd_compress(std::string(1'000'000, 'x')), "the payload is damaged"},
        {zstd_compress("the bytes").substr(0, 12), "the payload is damaged"},
        {"", "the payload is damaged"},
        {"no frame at all", "the payload is damaged"},
    };
    for (const auto& row : rows) {
        write_file(file_of(fixture, kept), row.file);
        CHECK_THAT(message_of([&] { PayloadStore(fixture.store).bytes(kept.hash); }), Contains(row.message));
    }
}

TEST_CASE("a name that is no hash reads no file", "[store]")
{
    StoreFixture fixture;
    for (const char* name : {"", "../../etc/passwd", "00"})
        CHECK_THAT(message_of([&] { PayloadStore(fixture.store).bytes(name); }), Contains("no payload"));
}

TEST_CASE("bytes come back from zstd, and never more than expected", "")
{
    const std::string bytes(10'000, 'a');
    const auto frame = zstd_compress(bytes);

    CHECK(zstd_decompress(frame, bytes.size()) == bytes);
    CHECK_THROWS_AS(zstd_decompress(frame, bytes.size() - 1), Error);
    CHECK_THROWS_AS(zstd_decompress("nonsense", 100), Error);
    CHECK_THROWS_AS(zstd_decompress(frame.substr(0, frame.size() - 1), bytes.size()), Error);
}
