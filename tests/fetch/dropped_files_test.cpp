#include "fetch/dropped_files.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <fcntl.h>
#include <sys/stat.h>

using namespace skurd;
using skurd::test::TempDir;
using skurd::test::write_file;
namespace fs = std::filesystem;

namespace {

void put(const fs::path& file, std::string_view changed)
{
    write_file(file, "1");
    const timespec times[] = {{0, UTIME_OMIT}, {parse_time(changed).value().time_since_epoch().count(), 0}};
    REQUIRE(utimensat(AT_FDCWD, file.c_str(), times, 0) == 0);
}

} // namespace

TEST_CASE("files that no job will take are found, once they have lain for ten minutes", "[drop]")
{
    TempDir dir;
    const auto now = parse_time("2019-11-01T12:00:00Z").value();
    put(dir / "report.xlsx", "2019-11-01T11:50:00Z");
    put(dir / "older.csv", "2019-11-01T11:00:00Z");
    put(dir / "coming.xlsx", "2019-11-01T11:50:01Z");
    put(dir / "a-1.CSV", "2019-11-01T11:00:00Z");
    put(dir / "b.tsv", "2019-11-01T11:00:00Z");
    put(dir / "c.csv.part", "2019-11-01T11:00:00Z");
    put(dir / ".hidden", "2019-11-01T11:00:00Z");
    put(dir / "folder/inner", "2019-11-01T11:00:00Z");
    fs::create_symlink(dir / "report.xlsx", dir / "link");
    const auto untaken = unmatched_files(dir.path(), {"A-*.csv", "*.tsv"}, now);
    CHECK(untaken == std::vector<fs::path>{dir / "older.csv", dir / "report.xlsx"});
    CHECK(unmatched_files(dir.path(), {"*"}, now).empty());
    CHECK(unmatched_files(dir.path(), {}, now).size() == 4);
}

TEST_CASE("a drop folder that is not there holds nothing, and one that is none is refused", "[drop]")
{
    TempDir dir;
    write_file(dir / "file", "1");
    CHECK(unmatched_files(dir / "none", {}, {}).empty());
    CHECK_THROWS_WITH(unmatched_files(dir / "file", {}, {}), Catch::Contains("file: the folder cannot be read"));
}
