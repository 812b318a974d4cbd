// The log behind a reader that holds on to an older state of the store.
#include "store/log_state.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reading_process.hpp"

#include <unistd.h>

using namespace skurd;
using namespace skurd::test;

namespace {

constexpr auto locks = R"(1: POSIX  ADVISORY  READ  4242 fe:00:131 124 124
2: POSIX  ADVISORY  READ  17 fe:00:131 123 123
2: -> POSIX  ADVISORY  READ  18 fe:00:131 123 123
3: POSIX  ADVISORY  READ  4242 fe:00:131 127 127
4: POSIX  ADVISORY  READ  99 fe:00:131 128 128
5: POSIX  ADVISORY  WRITE 98 fe:00:131 120 120
6: POSIX  ADVISORY  READ  97 fe:00:1310 124 124
7: FLOCK  ADVISORY  READ  96 fe:00:131 0 EOF
8: OFDLCK ADVISORY  READ  -1 fe:00:131 124 124
)";

/// Commits that make the log longer by some megabytes.
void fill_log(StoreFixture& fixture)
{
    for (int i = 0; i < 30; ++i)
        Statement(fixture.store.database(), "INSERT INTO connector_state (job, name, value) VALUES ('x', $1, $2)")
            .run(std::to_string(i), std::string(200'000, 'x'));
}

} // namespace

TEST_CASE("who reads the store is told by the read locks on its index, and by no others", "[store]")
{
    CHECK(reading_processes(locks, 131) == std::vector<int>{17, 4242});
    CHECK(reading_processes(locks, 1310) == std::vector<int>{97});
    CHECK(reading_processes("", 131).empty());
    CHECK(reading_processes("1: POSIX ADVISORY READ x y z 1 2\n1:\n\n", 0).empty());
}

TEST_CASE("behind a reader the log grows and says whose fault it is; when the reader is gone it is emptied",
          "[store]")
{
    StoreFixture fixture;
    ReadingProcess reader(fixture.folder / "skurd.db");
    fill_log(fixture);
    empty_log(fixture.folder.path());
    const auto held = store_log(fixture.folder.path(), 1 << 20, ::getpid());
    reader.end();
    empty_log(fixture.folder.path());
    const auto after = store_log(fixture.folder.path(), 1 << 20, ::getpid());

    REQUIRE(held.readers.size() == 1);
    CHECK(held.readers[0].pid != ::getpid());
    CHECK_FALSE(held.readers[0].command.empty());
    CHECK(held.bytes > 4U << 20);
    CHECK(held.is_over());
    CHECK(held.defers_harvests());
    CHECK(after == StoreLog{0, 1 << 20, {}});
    CHECK(fixture.sql("SELECT count(*) FROM connector_state") == "30");
}

TEST_CASE("a reader that goes on with what is newest is named, but keeps the log from nothing it needs", "[store]")
{
    StoreFixture fixture;
    fill_log(fixture);
    empty_log(fixture.folder.path());
    const ReadingProcess reader(fixture.folder / "skurd.db");

    CHECK_FALSE(store_log(fixture.folder.path(), 1 << 20, ::getpid()).is_over());
    CHECK(store_log(fixture.folder.path(), 1 << 20, ::getpid()).readers.size() == 1);
    CHECK(store_log(fixture.folder.path(), 1 << 20, reader.pid()).readers.empty());
}

TEST_CASE("a folder without a store has no log", "[store]")
{
    const TempDir folder;
    CHECK(store_log(folder.path(), 1 << 20, 0) == StoreLog{0, 1 << 20, {}});
}
