#include "base/file_system.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <cerrno>

using namespace skurd;
using Catch::Matchers::Contains;

TEST_CASE("the mount point of a file is the highest folder on its device", "[base]")
{
    const test::TempDir folder;
    const auto mounted = mount_point(folder.path());

    CHECK(mount_point("/") == "/");
    CHECK(mount_point("/proc/self/stat") == "/proc");
    CHECK(mount_point(mounted) == mounted);
    CHECK(mount_point(folder / "not/there/yet") == mounted);
}

TEST_CASE("a full disk is told by its mount point and how much is free", "[base]")
{
    CHECK_THAT(disk_hint(ENOSPC, "/proc/self/stat"), Contains("mounted at /proc (0 bytes free of 0 bytes"));
    CHECK_THAT(disk_hint(ENOSPC, "/proc/self/stat"), Contains("is full; make room on it and run again"));
    CHECK_THAT(disk_hint(EDQUOT, "/proc"), Contains("quota"));
    CHECK_THAT(disk_hint(EIO, "/proc"), Contains("is full"));
    CHECK_THAT(disk_hint(EIO, test::TempDir().path()), Contains("does not read or write"));
    CHECK(disk_hint(EACCES, "/proc").empty());
}

TEST_CASE("a disk that a table wants mounted at a folder or above it, and another does not have, is told")
{
    const test::TempDir folder;
    const auto state = folder / "srv/skurd";
    std::filesystem::create_directories(state);
    const auto unmounted = [&](const std::string& wanted, const std::string& mounted) {
        test::write_file(folder / "fstab", wanted);
        test::write_file(folder / "mounts", mounted);
        return unmounted_disk(state, folder / "fstab", folder / "mounts").string();
    };
    const auto line = [](const std::string& place) { return "/dev/sdb1 " + place + " ext4 defaults 0 2\n"; };
    const auto above = (folder / "srv").string();

    CHECK(unmounted(line("/") + line(above), line("/")) == above);
    CHECK(unmounted(line(above + "/"), line("/")) == above);
    CHECK(unmounted(line(state.string()), line("/")) == state.string());
    CHECK(unmounted(line("/") + line(above), line("/") + line(above)).empty());
    CHECK(unmounted(line((folder / "sr").string()) + line(state.string() + "/below"), line("/")).empty());
    CHECK(unmounted("# " + line(above) + "nonsense\n", line("/")).empty());
    CHECK(unmounted(line(above), "").empty()); // nothing is known of what is mounted
    CHECK(unmounted_disk(state, folder / "none", folder / "mounts").empty());
}

TEST_CASE("the room of a file system is told, of a file that is not there too")
{
    const test::TempDir folder;
    const auto room = room_of(folder / "not/there");
    REQUIRE(room);
    CHECK(room->mounted == mount_point(folder.path()));
    CHECK(room->size >= room->free);
    CHECK_FALSE(room->is_read_only);
    CHECK(byte_size_text(999) == "999 bytes");
    CHECK(byte_size_text(3'400'000'000) == "3.4 GB");
}
