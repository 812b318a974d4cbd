// What the files of a state folder tell: who holds it, what does not fit together, and where no new store may be
// made.
#include "store/store_files.hpp"

#include "store/lock.hpp"
#include "store/run_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;

namespace {

/// A state folder with a store that nobody has open.
struct ClosedStore {
    TempDir folder;
    ManualClock clock{"2020-01-01"};
    std::filesystem::path file = folder / "skurd.db";

    ClosedStore()
    {
        StoreSession store(folder.path(), StoreSession::Access::write, clock);
        VintageStore(store).ingest(release_of({"2016"}, {{"1", {"1"}}}), published("2018-04-01"), Origin::drop,
                                   PayloadStore(store).store("x", "text/csv", "x"), 0);
    }
    std::string why_not_opened() const
    {
        return message_of([&] { StoreSession(folder.path(), StoreSession::Access::write, clock); });
    }
};

} // namespace

TEST_CASE("who holds a state folder is told: nobody, a command, or the daemon with what it runs with", "[store]")
{
    const TempDir folder;
    ManualClock clock("2020-01-01T12:00:00Z");
    CHECK(holder_of(folder.path()).kind == StoreHolder::Kind::nobody);
    {
        StoreSession store(folder.path(), StoreSession::Access::write, clock);
        const auto command = holder_of(folder.path());
        CHECK(command.kind == StoreHolder::Kind::command);
        CHECK(command.pid == ::getpid());

        store.tell_daemon("abc");
        const auto daemon = holder_of(folder.path());
        CHECK(daemon.kind == StoreHolder::Kind::daemon);
        CHECK(daemon.pid == ::getpid());
        CHECK(daemon.since == at("2020-01-01T12:00:00Z"));
        CHECK(daemon.configuration == "abc");
        store.tell_daemon("another");
        CHECK(holder_of(folder.path()).configuration == "another");
    }
    CHECK(std::filesystem::exists(folder / "skurd.lock"));
    CHECK(holder_of(folder.path()).kind == StoreHolder::Kind::nobody);
    const StoreSession next(folder.path(), StoreSession::Access::write, clock);
    CHECK(holder_of(folder.path()).kind == StoreHolder::Kind::command);
}

TEST_CASE("a lock can be opened by its owner alone, and others are told who holds it all the same", "[store]")
{
    const TempDir folder;
    ::chmod(folder.path().c_str(), 0755);
    write_file(folder / "skurd.lock", "");
    ::chmod((folder / "skurd.lock").c_str(), 0644); // as an older skurd left it
    const FolderLock lock(folder.path());
    struct stat status {};
    REQUIRE(::stat((folder / "skurd.lock").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    if (::geteuid() != 0)
        return;
    const auto child = ::fork();
    if (child == 0) {
        const bool is_nobody = ::setresuid(65534, 65534, 65534) == 0;
        const auto holder = holder_of(folder.path());
        ::_exit(is_nobody && holder.kind == StoreHolder::Kind::command && holder.pid == ::getppid() ? 0 : 1);
    }
    int told = 1;
    ::waitpid(child, &told, 0);
    CHECK(told == 0);
}

TEST_CASE("the lock is not written through a link", "[store]")
{
    const TempDir folder;
    write_file(folder / "elsewhere", "as it was");
    std::filesystem::create_symlink(folder / "elsewhere", folder / "skurd.lock");
    CHECK_THROWS_AS(FolderLock(folder.path()), skurd::Error);
    std::filesystem::remove(folder / "skurd.lock");
    std::filesystem::create_hard_link(folder / "elsewhere", folder / "skurd.lock");
    CHECK_THROWS_WITH(FolderLock(folder.path()), Catch::Contains("is no file of its own"));
    CHECK(read_file(folder / "elsewhere") == "as it was");
}

TEST_CASE("a lock that holds anything else than it should names nobody it does not know", "[store]")
{
    const TempDir folder;
    const FolderLock lock(folder.path());
    const struct {
        std::string text;
        StoreHolder::Kind kind;
        std::int64_t pid;
    } rows[] = {
        {"", StoreHolder::Kind::command, 0},
        {"x\n", StoreHolder::Kind::command, 0},
        {"99999999999999999999\n", StoreHolder::Kind::command, 0},
        {"12\ndaemon\n", StoreHolder::Kind::command, 12},
        {"12\ndaemon then abc\n", StoreHolder::Kind::daemon, 12},
        {std::string(5000, '\n'), StoreHolder::Kind::command, 0},
        {std::string(5000, '\0'), StoreHolder::Kind::command, 0},
    };
    for (const auto& row : rows) {
        write_file(folder / "skurd.lock", row.text);
        const auto holder = holder_of(folder.path());
        CHECK(holder.kind == row.kind);
        CHECK(holder.pid == row.pid);
        CHECK_FALSE(holder.since);
    }
}

TEST_CASE("a sound store has no faults, open or closed", "[store]")
{
    const ClosedStore here;
    CHECK(store_file_faults(here.folder.path()).empty());
    const StoreSession open(here.folder.path(), StoreSession::Access::write, here.clock);
    RunStore(open).start("job");
    CHECK(std::filesystem::file_size(here.file.string() + "-wal") > 0);
    CHECK(store_file_faults(here.folder.path()).empty());
}

TEST_CASE("each file of a store that does not fit the others is a fault", "[store]")
{
    const auto faults_after = [](const auto& change) {
        const ClosedStore here;
        change(here.file);
        const auto faults = store_file_faults(here.folder.path());
        REQUIRE(faults.size() == 1);
        return faults.front();
    };
    CHECK_THAT(faults_after([](const auto& file) { std::filesystem::resize_file(file, 0); }), Contains(": is empty"));
    CHECK_THAT(faults_after([](const auto& file) { std::filesystem::remove(file); }), EndsWith(": is not there"));
    CHECK_THAT(faults_after([](const auto& file) { write_file(file, std::string(5000, 'x')); }),
               Contains(": is no database"));
    CHECK_THAT(faults_after([](const auto& file) {
                   std::filesystem::resize_file(file, std::filesystem::file_size(file) - 4096);
               }),
               Contains(": is cut off, "));
    CHECK_THAT(faults_after([](const auto& file) { write_file(file.string() + "-wal", std::string(5000, 'x')); }),
               Contains("skurd.db-wal: is no log of a database"));
    CHECK_THAT(faults_after([](const auto& file) { write_file(file.string() + "-journal", "x"); }),
               Contains("skurd.db-journal: was left by another program"));
}

TEST_CASE("no new store is made where payloads or archived files of one lie", "[store]")
{
    for (const char* left : {"payloads/ab/abcd.zst", "archive/abcd-x.csv"}) {
        const ClosedStore here;
        std::filesystem::remove_all(here.folder / "payloads");
        std::filesystem::remove(here.file);
        write_file(here.folder / left, "x");
        CHECK_THAT(here.why_not_opened(),
                   Contains("the database is gone. Put back a backup as " + here.file.string()));
        CHECK_FALSE(std::filesystem::exists(here.file));
    }
}

TEST_CASE("a new store is made in an empty folder, and beside files that wait to be dropped", "[store]")
{
    const TempDir folder;
    ManualClock clock("2020-01-01");
    write_file(folder / "drop/x.csv", "x");
    std::filesystem::create_directories(folder / "payloads/ab");
    CHECK(message_of([&] { StoreSession(folder.path(), StoreSession::Access::write, clock); }).empty());
    CHECK(std::filesystem::exists(folder / "skurd.db"));
}

TEST_CASE("an empty file is not taken for a store, to be written or read", "[store]")
{
    const ClosedStore here;
    std::filesystem::resize_file(here.file, 0);
    CHECK(here.why_not_opened() == here.file.string() +
                                       ": is empty, which skurd never leaves it: put back a backup, or "
                                       "remove the file where you mean to begin anew");
    CHECK(message_of([&] { StoreSession(here.folder.path(), StoreSession::Access::read, here.clock); }) ==
          here.why_not_opened());
    CHECK(std::filesystem::file_size(here.file) == 0);
}

TEST_CASE("payloads of the last runs that are gone are told, unless they expired or lie in the store itself",
          "[store]")
{
    StoreFixture fixture;
    const auto run_with = [&](const char* bytes) {
        const auto payload = PayloadStore(fixture.store).store(bytes, "text/csv", "x");
        RunStore(fixture.store).add_payload(RunStore(fixture.store).start("job"), payload);
        return payload.hash;
    };
    const auto first = run_with("first");
    const auto second = run_with("second");
    std::filesystem::remove(PayloadStore(fixture.store).file(first));
    CHECK(PayloadStore(fixture.store).missing_of_newest(2) == std::vector<std::string>{first});
    CHECK(PayloadStore(fixture.store).missing_of_newest(1).empty());
    Statement(fixture.store.database(),
              "INSERT INTO payload_file (payload_hash, frame) VALUES ($1, CAST('x' AS BLOB))")
        .run(first);
    CHECK(PayloadStore(fixture.store).missing_of_newest(2).empty());
    Statement(fixture.store.database(),
              "INSERT INTO expired_payload (payload_hash, reason, at) VALUES ($1, 'x', '2020-01-01T00:00:00Z')")
        .run(second);
    std::filesystem::remove(PayloadStore(fixture.store).file(second));
    CHECK(PayloadStore(fixture.store).missing_of_newest(2).empty());
}
