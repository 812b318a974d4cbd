#include "query/state_findings.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <sys/stat.h>
#include <unistd.h>

using namespace skurd;
using namespace skurd::test;

TEST_CASE("a disk with less room than the store takes is a finding that says how much is needed", "[query]")
{
    constexpr std::uintmax_t gigabyte = 1'000'000'000;
    DiskRoom room{"/srv/skurd", "/srv", 2 * gigabyte, 20 * gigabyte, 3 * gigabyte};
    const auto found = room_findings({room});
    REQUIRE(found.size() == 1);
    CHECK(found[0].concern == Concern::room);
    CHECK(found[0].sentence() ==
          "/srv/skurd: 2.0 GB are free of 20.0 GB on the file system mounted at /srv, and a revision of everything "
          "needs about 3.0 GB, as much as the store has: make room for 1.0 GB more");
    room.free = room.needed;
    CHECK(room_findings({room}).empty());
}

TEST_CASE("what is needed is what database and log take, and never nothing", "[query]")
{
    const TempDir folder;
    write_file(folder / "skurd.db", "x");
    const auto small = disk_rooms(folder.path());
    std::filesystem::resize_file(folder / "skurd.db", 100 << 20);
    write_file(folder / "skurd.db-wal", std::string(1000, 'x'));
    const auto large = disk_rooms(folder.path());
    REQUIRE(small.size() == 1);
    REQUIRE(large.size() == 1);
    CHECK(small[0].needed == 64 << 20);
    CHECK(large[0].needed == (100 << 20) + 1000);
    CHECK(large[0].size > large[0].free);
}

TEST_CASE("files that the owner of the state folder cannot write are a finding with the command that mends it",
          "[query]")
{
    const TempDir folder;
    for (const char* file : {"skurd.db", "payloads/x", "drop/y"})
        write_file(folder / file, "");
    CHECK(writing_findings(folder.path()).empty());
    ::chmod((folder / "payloads").c_str(), 0500);
    const auto found = writing_findings(folder.path());
    REQUIRE(found.size() == 1);
    CHECK(found[0].concern == Concern::room);
    CHECK(found[0].sentence() == (folder / "payloads").string() + ": cannot be written by its owner: chmod u+w " +
                                     (folder / "payloads").string());
    ::chmod((folder / "payloads").c_str(), 0700);
}

TEST_CASE("a file of another owner than the state folder's is a finding", "[query]")
{
    if (::geteuid() != 0)
        return; // only root can give files away
    const TempDir folder;
    write_file(folder / "skurd.db", "");
    REQUIRE(::chown((folder / "skurd.db").c_str(), 12345, -1) == 0);
    const auto found = writing_findings(folder.path());
    REQUIRE(found.size() == 1);
    CHECK(found[0].sentence() == (folder / "skurd.db").string() +
                                     ": belongs to user 12345, and the state folder to user 0: chown --reference=" +
                                     folder.path().string() + " " + (folder / "skurd.db").string());
}

TEST_CASE("a log behind a reader names it, what it costs, and what ends it", "[query]")
{
    StoreLog log{999'999, 1'000'000, {{4242, "sqlite3 skurd.db"}, {77, ""}}};
    CHECK(log_findings(log).empty());
    log.bytes = 1'000'000;
    const auto long_log = log_findings(log);
    log.bytes = 2'000'000;
    const auto longer = log_findings(log);
    log.readers.clear();
    const auto left = log_findings(log);
    log.limit = 0; // not known
    const auto unlimited = log_findings(log);

    REQUIRE(long_log.size() == 1);
    CHECK(long_log[0].concern == Concern::room);
    CHECK(long_log[0].sentence() == "the store's log has 1.0 MB, and [store] wal_limit is 1.0 MB: it takes room and "
                                    "slows every read. It cannot be "
                                    "emptied while process 4242 (sqlite3 skurd.db), process 77 reads an old state: "
                                    "let it end its transaction, or "
                                    "end it (kill 4242)");
    REQUIRE(longer.size() == 1);
    CHECK(longer[0].text.find("harvests are deferred until it is emptied") != std::string::npos);
    REQUIRE(left.size() == 1);
    CHECK(left[0].remedy == "nobody reads the store: `skurd serve` empties it in a minute");
    CHECK(unlimited.empty());
}
