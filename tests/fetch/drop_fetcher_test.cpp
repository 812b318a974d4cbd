#include "fetch/drop_fetcher.hpp"

#include "base/error.hpp"
#include "lib/openssl/sha256.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <fcntl.h>
#include <functional>
#include <set>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace skurd;
using skurd::test::ManualClock;
using skurd::test::read_file;
using skurd::test::TempDir;
using skurd::test::write_file;
namespace fs = std::filesystem;

namespace {

void set_changed(const fs::path& file, std::string_view time)
{
    const timespec times[] = {{0, UTIME_OMIT}, {parse_time(time).value().time_since_epoch().count(), 0}};
    REQUIRE(utimensat(AT_FDCWD, file.c_str(), times, AT_SYMLINK_NOFOLLOW) == 0);
}

/// A manual clock, and what happens in the folder while somebody waits.
class EventfulClock final : public Clock {
public:
    Time now() const override { return clock.now(); }
    bool wait(std::chrono::milliseconds duration, std::stop_token stop) override
    {
        const bool waited = clock.wait(duration, stop);
        if (meanwhile)
            meanwhile();
        return waited;
    }

    ManualClock clock{"2019-11-01T12:00:00Z"};
    std::function<void()> meanwhile;
};

/// A drop folder with its archive, at 12:00:00.
struct Place {
    TempDir dir;
    EventfulClock clock;
    fs::path drop = dir / "drop";
    DropFolders folders{dir / "archive", dir / "quarantine", clock};
    DropFetcher fetcher{clock, folders};

    void put(const std::string& name, std::string_view bytes, std::string_view changed = "2019-11-01T11:00:00Z") const
    {
        write_file(drop / name, bytes);
        set_changed(drop / name, changed);
    }

    std::optional<Response> next(const std::string& pattern = "*.csv")
    {
        Request request;
        request.kind = Request::Kind::file;
        request.url = drop.string();
        request.pattern = pattern;
        return fetcher.fetch(request, {});
    }

    /// The bodies of the files in the order they are given, each archived before the next.
    std::vector<std::string> all(const std::string& pattern = "*.csv")
    {
        std::vector<std::string> bodies;
        while (const auto file = next(pattern)) {
            bodies.push_back(file->body);
            folders.archive(file->url, Sha256::of(file->body));
        }
        return bodies;
    }
};

std::set<std::string> names_in(const fs::path& folder)
{
    std::set<std::string> names;
    if (fs::exists(folder))
        for (const auto& entry : fs::directory_iterator(folder))
            names.insert(entry.path().filename().string());
    return names;
}

/// A clock that does something whenever it is asked: what happens while a file is read.
class MeddlingClock final : public Clock {
public:
    explicit MeddlingClock(std::function<void()> meddle) : meddle_(std::move(meddle)) {}
    Time now() const override
    {
        meddle_();
        return parse_time("2019-11-01T12:00:00Z").value();
    }
    bool wait(std::chrono::milliseconds, std::stop_token) override { return true; }

private:
    std::function<void()> meddle_;
};

} // namespace

TEST_CASE("a dropped file is given with its bytes, its path and its times", "[drop]")
{
    Place place;
    place.put("a.csv", std::string("x\0y\r\n", 5), "2019-10-30T08:00:00Z");
    const auto file = place.next();
    REQUIRE(file);
    CHECK(file->status == 200);
    CHECK(file->body == std::string("x\0y\r\n", 5));
    CHECK(file->url == (place.drop / "a.csv").string());
    CHECK(format_time(file->modified_at) == "2019-10-30T08:00:00Z");
    CHECK(format_time(file->received_at) == "2019-11-01T12:00:00Z");
    CHECK(fs::exists(place.drop / "a.csv"));
}

TEST_CASE("a folder that is not there, or empty, gives nothing", "[drop]")
{
    Place place;
    CHECK_FALSE(place.next());
    fs::create_directories(place.drop);
    CHECK_FALSE(place.next());
    fs::remove(place.drop);
    write_file(place.drop, "a file where the folder should be");
    CHECK_THROWS_WITH(place.next(), Catch::Contains("the folder cannot be read"));
}

TEST_CASE("files come oldest first, then by name", "[drop]")
{
    Place place;
    place.put("c.csv", "3", "2019-11-01T11:00:00Z");
    place.put("b.csv", "2", "2019-11-01T11:00:00Z");
    place.put("z.csv", "1", "2019-11-01T10:00:00Z");
    place.put("d.CSV", "4", "2019-11-01T11:30:00Z");
    place.put("other.txt", "5");
    CHECK(place.all() == std::vector<std::string>{"1", "2", "3", "4"});
    CHECK(names_in(place.drop) == std::set<std::string>{"other.txt"});
}

TEST_CASE("a file that has just arrived is checked again, and read when it has not changed", "[drop]")
{
    Place place;
    place.put("a.csv", "1", "2019-11-01T11:59:59Z");
    CHECK(place.next()->body == "1");
    CHECK(place.clock.clock.waited() == std::chrono::seconds(4));
}

TEST_CASE("a file that goes on growing is left until it has settled", "[drop]")
{
    Place place;
    place.put("a.csv", "1", "2019-11-01T11:59:59Z");
    place.clock.meanwhile = [&] { place.put("a.csv", "12", "2019-11-01T12:00:02Z"); };
    CHECK_FALSE(place.next());
    place.clock.meanwhile = {};
    place.clock.clock.set("2019-11-01T12:00:05Z");
    CHECK(place.next()->body == "12");
}

TEST_CASE("a file that somebody has open for writing is left, however old", "[drop]")
{
    Place place;
    place.put("a.csv", "1");
    const int writer = ::open((place.drop / "a.csv").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    const auto while_open = place.next();
    const auto archived = place.folders.archive(place.drop / "a.csv", Sha256::of("1"));
    const auto written = ::write(writer, "2", 1);
    ::close(writer);
    set_changed(place.drop / "a.csv", "2019-11-01T11:00:00Z");
    const auto closed = place.next();
    CHECK_FALSE(while_open);
    CHECK_FALSE(archived);
    REQUIRE(written == 1);
    REQUIRE(closed);
    CHECK(closed->body == "12");
}

TEST_CASE("a file that somebody reads is taken", "[drop]")
{
    Place place;
    place.put("a.csv", "1");
    const int reader = ::open((place.drop / "a.csv").c_str(), O_RDONLY | O_CLOEXEC);
    const auto bodies = place.all();
    ::close(reader);
    CHECK(bodies == std::vector<std::string>{"1"});
}

TEST_CASE("a file that does not hold still does not hold up the others", "[drop]")
{
    Place place;
    place.put("busy.csv", "1", "2019-11-01T11:59:59Z");
    place.put("done.csv", "2", "2019-11-01T11:00:00Z");
    place.clock.meanwhile = [&] { place.put("busy.csv", "12", "2019-11-01T12:00:03Z"); };
    CHECK(place.all() == std::vector<std::string>{"2"});
}

TEST_CASE("a time far ahead says nothing, so the file counts as settled; one a little ahead waits", "[drop]")
{
    Place place;
    place.put("far.csv", "1", "2031-01-01T00:00:00Z");
    place.put("near.csv", "2", "2019-11-01T12:10:00Z");
    CHECK(place.all() == std::vector<std::string>{"1"});
}

TEST_CASE("a file that changes while it is read is left for the next time", "[drop]")
{
    TempDir dir;
    const auto file = dir / "drop/a.csv";
    const std::function<void()> meddlings[] = {
        [&] { write_file(file, "longer"); },
        [&] { set_changed(file, "2019-11-01T11:30:00Z"); },
        [&] {
            write_file(dir / "new", "1");
            set_changed(dir / "new", "2019-11-01T11:00:00Z");
            fs::rename(dir / "new", file);
        },
        [&] { fs::remove(file); },
    };
    for (const auto& meddle : meddlings) {
        write_file(file, "1");
        set_changed(file, "2019-11-01T11:00:00Z");
        int asked = 0;
        // Asked twice for the age of the file and then, once it was read, for the time of arrival.
        MeddlingClock clock([&] {
            if (++asked == 3)
                meddle();
        });
        const DropFolders folders(dir / "archive", dir / "quarantine", clock);
        DropFetcher fetcher(clock, folders);
        Request request;
        request.kind = Request::Kind::file;
        request.url = (dir / "drop").string();
        request.pattern = "*";
        const auto response = fetcher.fetch(request, {});
        CHECK_FALSE(response);
        CHECK(asked == 3);
    }
}

TEST_CASE("a file stays where it is when the system is short of open files", "[drop]")
{
    Place place;
    place.put("a.csv", "1", "2019-11-01T10:00:00Z");
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    // The clock is asked for the file's age before it is opened.
    MeddlingClock clock([&] {
        const rlimit none{0, before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &none);
    });
    DropFetcher fetcher(clock, place.folders);
    Request request;
    request.url = place.drop.string();
    request.pattern = "*";
    std::string message;
    try {
        fetcher.fetch(request, {});
    } catch (const Error& failure) {
        message = failure.what();
    }
    ::setrlimit(RLIMIT_NOFILE, &before);
    CHECK_THAT(message, Catch::Contains("a.csv: cannot be read: Too many open files; it stays"));
    CHECK(names_in(place.drop) == std::set<std::string>{"a.csv"});
    CHECK(names_in(place.dir / "quarantine").empty());
}

TEST_CASE("what is no plain finished file is left alone", "[drop]")
{
    Place place;
    for (const auto* name :
         {".hidden.csv", "a.csv.part", "a.tmp", "a.csv~", "a.filepart", "a.CRDOWNLOAD", "a.csv.reason", "~$a.csv"})
        place.put(name, "1");
    place.put("folder.csv/inner.csv", "1");
    write_file(place.dir / "secret", "1");
    fs::create_symlink(place.dir / "secret", place.drop / "link.csv");
    set_changed(place.drop / "link.csv", "2019-11-01T11:00:00Z");
    REQUIRE(mkfifo((place.drop / "pipe.csv").c_str(), 0600) == 0);
    set_changed(place.drop / "pipe.csv", "2019-11-01T11:00:00Z");
    CHECK_FALSE(place.next("*"));
    CHECK(names_in(place.drop).size() == 11);
}

TEST_CASE("too large a file goes to quarantine and the next one is given", "[drop]")
{
    Place place;
    place.put("large.csv", "12345", "2019-11-01T10:00:00Z");
    place.put("small.csv", "1234");
    DropFetcher fetcher(place.clock, place.folders, DropFetcher::settle_default, 4);
    Request request;
    request.kind = Request::Kind::file;
    request.url = place.drop.string();
    request.pattern = "*";
    CHECK_THROWS_WITH(fetcher.fetch(request, {}),
                      Catch::Contains("drop/large.csv: 5 bytes; a dropped file may have 4; moved to ") &&
                          Catch::EndsWith("quarantine/20191101T120000Z-large.csv"));
    CHECK(read_file(place.dir / "quarantine/20191101T120000Z-large.csv") == "12345");
    CHECK(read_file(place.dir / "quarantine/20191101T120000Z-large.csv.reason") ==
          "5 bytes; a dropped file may have 4\n");
    CHECK(fetcher.fetch(request, {})->body == "1234");
}

TEST_CASE("a stop request ends the search for files", "[drop]")
{
    Place place;
    place.put("a.csv", "1");
    std::stop_source stop;
    stop.request_stop();
    Request request;
    request.url = place.drop.string();
    request.pattern = "*";
    CHECK_THROWS_AS(place.fetcher.fetch(request, stop.get_token()), Error);
    CHECK(fs::exists(place.drop / "a.csv"));
}

TEST_CASE("a file that was ingested is archived under its hash, and the same bytes only once", "[drop]")
{
    Place place;
    const auto hash = Sha256::of("1");
    for (int round = 0; round < 2; ++round) {
        place.put("a.csv", "1");
        const auto kept = place.folders.archive(place.drop / "a.csv", hash);
        CHECK(kept == place.dir / ("archive/" + hash + "-a.csv"));
        CHECK(names_in(place.drop).empty());
        CHECK(names_in(place.dir / "archive").size() == 1);
    }
}

TEST_CASE("the archive never overwrites", "[drop]")
{
    Place place;
    const auto hash = Sha256::of("1");
    write_file(place.dir / ("archive/" + hash + "-a.csv"), "something else");
    place.put("a.csv", "1");
    const auto kept = place.folders.archive(place.drop / "a.csv", hash);
    CHECK(kept == place.dir / ("archive/" + hash + "-2-a.csv"));
    CHECK(read_file(place.dir / ("archive/" + hash + "-a.csv")) == "something else");
}

TEST_CASE("a file that was replaced after it was read is not archived as what it was", "[drop]")
{
    Place place;
    place.put("a.csv", "newer");
    CHECK_FALSE(place.folders.archive(place.drop / "a.csv", Sha256::of("older")));
    CHECK(read_file(place.drop / "a.csv") == "newer");
    CHECK_FALSE(place.folders.archive(place.drop / "gone.csv", Sha256::of("older")));
}

TEST_CASE("a file that was written to while it was archived goes back to be taken again", "[drop]")
{
    Place place;
    const auto hash = Sha256::of("1");
    const auto archived = place.dir / ("archive/" + hash + "-a.csv");
    write_file(archived, "12");
    fs::create_directories(place.drop);
    CHECK_FALSE(place.folders.verify_archived_or_return(archived, hash, place.drop / "a.csv"));
    CHECK(read_file(place.drop / "a.csv") == "12");
    CHECK(names_in(place.dir / "archive").empty());

    write_file(archived, "123");
    CHECK_THROWS_WITH(place.folders.verify_archived_or_return(archived, hash, place.drop / "a.csv"),
                      Catch::Contains("a.csv: was written to while it was archived") &&
                          Catch::Contains("quarantine/20191101T120000Z-"));
    CHECK(read_file(place.drop / "a.csv") == "12");
    CHECK(names_in(place.dir / "archive").empty());
    CHECK(names_in(place.dir / "quarantine").size() == 2);

    write_file(archived, "1");
    CHECK(place.folders.verify_archived_or_return(archived, hash, place.drop / "a.csv"));
    CHECK(read_file(archived) == "1");
}

TEST_CASE("a file that cannot be archived for its folder stays, and the reason names what is wrong", "[drop]")
{
    Place place;
    place.put("a.csv", "1");
    write_file(place.dir / "archive", "a file where the folder should be");
    CHECK_THROWS_WITH(place.folders.archive(place.drop / "a.csv", Sha256::of("1")), Catch::Contains("/archive"));
    write_file(place.dir / "quarantine", "another");
    CHECK_THROWS_WITH(place.folders.quarantine(place.drop / "a.csv", "because"), Catch::Contains("/quarantine"));
    CHECK(read_file(place.drop / "a.csv") == "1");
}

TEST_CASE("files of one name that are refused in one second all keep their place and reason", "[drop]")
{
    Place place;
    for (const auto* bytes : {"1", "2", "3"}) {
        place.put("a.csv", bytes);
        const auto kept = place.folders.quarantine(place.drop / "a.csv", std::string("because ") + bytes);
        CHECK(read_file(kept) == bytes);
        CHECK(read_file(kept.string() + ".reason") == std::string("because ") + bytes + "\n");
    }
    CHECK(names_in(place.dir / "quarantine") ==
          std::set<std::string>{"20191101T120000Z-a.csv", "20191101T120000Z-a.csv.reason", "20191101T120000Z-2-a.csv",
                                "20191101T120000Z-2-a.csv.reason", "20191101T120000Z-3-a.csv",
                                "20191101T120000Z-3-a.csv.reason"});
}

TEST_CASE("a quarantine that fails leaves the file and no reason behind", "[drop]")
{
    Place place;
    CHECK_THROWS_AS(place.folders.quarantine(place.drop / "gone.csv", "because"), Error);
    CHECK(names_in(place.dir / "quarantine").empty());
}

TEST_CASE("names of any length and with control characters find a place", "[drop]")
{
    Place place;
    const auto longest = std::string(251, 'x') + ".csv";
    place.put(longest, "1");
    const auto archived = place.folders.archive(place.drop / longest, Sha256::of("1"));
    REQUIRE(archived);
    CHECK(archived->extension() == ".csv");
    place.put("a\nb.csv", "2");
    const auto kept = place.folders.quarantine(place.drop / "a\nb.csv", "because");
    CHECK(kept.filename() == "20191101T120000Z-a_b.csv");
}

TEST_CASE("files move between file systems whole, with their time", "[drop]")
{
    Place place;
    const bool in_memory = place.dir.path().string().starts_with("/dev/shm");
    const fs::path other = in_memory ? fs::temp_directory_path() : fs::path("/dev/shm");
    struct stat here {};
    struct stat there {};
    if (::stat(other.c_str(), &there) != 0 || ::stat(place.dir.path().c_str(), &here) != 0 ||
        here.st_dev == there.st_dev) {
        WARN("only one file system here");
        return;
    }
    const fs::path elsewhere = other / place.dir.path().filename();
    const DropFolders folders(elsewhere / "archive", elsewhere / "quarantine", place.clock);
    place.put("a.csv", std::string(200'000, 'x'));
    const auto kept = folders.archive(place.drop / "a.csv", Sha256::of(std::string(200'000, 'x')));
    const bool whole = kept && read_file(*kept) == std::string(200'000, 'x');
    struct stat status {};
    const bool found = kept && ::stat(kept->c_str(), &status) == 0;
    const auto names = names_in(elsewhere / "archive");
    fs::remove_all(elsewhere);
    CHECK(whole);
    CHECK(found);
    CHECK(status.st_mtim.tv_sec == parse_time("2019-11-01T11:00:00Z").value().time_since_epoch().count());
    CHECK(names.size() == 1);
    CHECK(names_in(place.drop).empty());
}
