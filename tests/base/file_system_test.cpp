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
