#include "base/read_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <sys/stat.h>

using namespace skurd;

TEST_CASE("a file is read whole, or refused with its name and the reason", "[base]")
{
    const test::TempDir folder;
    const auto file = folder / "a.txt";
    test::write_file(file, std::string(100'000, 'x'));
    CHECK(skurd::read_file(file, 100'000) == std::string(100'000, 'x'));
    CHECK_THROWS_WITH(skurd::read_file(file, 99'999),
                      file.string() + ": cannot be read: it has more than 99999 bytes");
    CHECK_THROWS_WITH(skurd::read_file(folder / "b.txt", 1),
                      (folder / "b.txt").string() + ": cannot be read: No such file or directory");
    CHECK_THROWS_WITH(skurd::read_file(folder.path(), 1),
                      folder.path().string() + ": cannot be read: it is a folder");
}

TEST_CASE("a pipe in place of a file is refused, not waited for", "[base]")
{
    const test::TempDir folder;
    const auto pipe = folder / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK_THROWS_WITH(skurd::read_file(pipe, 1), pipe.string() + ": cannot be read: it is no file");
}

TEST_CASE("a file that cannot be read ends the program with the code that its caller chose", "[base]")
{
    try {
        skurd::read_file("/nonexistent", 1, ExitCode::usage);
        FAIL("it was read");
    } catch (const Error& failure) {
        CHECK(failure.code() == ExitCode::usage);
    }
}
