// A daemon that has nothing to do writes nothing: an hour of its loop, with the clock moved by hand.
#include "daemon/harvester.hpp"

#include "store/run_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <sys/stat.h>

#include <map>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;

namespace {

/// Of every file of the state folder, when it was written, and what it holds.
std::map<std::string, std::pair<std::int64_t, std::string>> contents_of(const std::filesystem::path& folder)
{
    std::map<std::string, std::pair<std::int64_t, std::string>> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        struct ::stat status = {};
        if (!entry.is_regular_file() || ::stat(entry.path().c_str(), &status) != 0 ||
            entry.path().extension() == ".db-shm") // readers mark their place in it; it is memory
            continue;
        found[entry.path()] = {status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec,
                               read_file(entry.path().string())};
    }
    return found;
}

} // namespace

TEST_CASE("an hour in which nothing is due writes nothing, with all jobs and an empty drop folder that is looked at",
          "[daemon]")
{
    const TempDir folder;
    write_file(folder / "schedules/tall.toml",
               "[job]\nconnector = \"drop\"\nschedule = \"*/5 * * * *\"\n[source]\nfiles = \"tall-*.csv\"\n"
               "[layout]\nperiods = 'x'\n[[layout.series]]\ncolumn = \"nr\"\n");
    write_file(folder / "skurd.toml", "[notify.channels.desk]\nkind = \"command\"\ncommand = [\"/bin/true\"]\n");
    ManualClock clock("2026-03-01T22:00:30Z"); // a Sunday night
    Harvester daemon(find_installation((folder / "skurd.toml").string(), (folder / "state").string()), clock);
    Pulse pulse;
    const auto minutes = [&](int count) {
        for (int i = 0; i < count; ++i) {
            clock.advance(1min);
            daemon.pass(pulse);
        }
    };
    minutes(6);         // what the start put off
    HarvestOrder first; // waits for what is at the folder, so that no first look is still to be written of
    first.jobs = {"tall"};
    carry_out(daemon, first);
    const auto before = contents_of(folder / "state");
    minutes(60);

    CHECK(before.contains(folder / "state/skurd.db"));
    CHECK(before.contains(folder / "state/skurd.db-wal"));
    CHECK(contents_of(folder / "state") == before);
    const StoreSession store(folder / "state", StoreSession::Access::read, clock);
    CHECK(RunStore(store).list("", SIZE_MAX).empty()); // nothing was due but the folder
}
