#include "lib/sqlite/side_files.hpp"

#include "base/error.hpp"
#include "lib/sqlite/connection.hpp"
#include "lib/sqlite/statement.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

/// A database that everybody may read and its owner alone may write, in a folder that is likewise.
struct Shared {
    Shared()
    {
        fs::permissions(folder.path(), fs::perms(0755));
        SqliteConnection writer(file, SqliteConnection::Access::write);
        writer.exec("PRAGMA journal_mode = WAL; CREATE TABLE number (value REAL); INSERT INTO number VALUES (9)");
    }
    ~Shared() { fs::permissions(folder.path(), fs::perms(0755)); }

    void remove_side_files() const
    {
        fs::remove(file.string() + "-wal");
        fs::remove(file.string() + "-shm");
    }

    TempDir folder;
    fs::path file = folder / "skurd.db";
};

/// Somebody who owns nothing there, for as long as it lives: root is another user meanwhile, and who is not root
/// loses the right to write to the folder.
class Stranger {
public:
    explicit Stranger(const Shared& shared) : root_(::geteuid() == 0)
    {
        if (root_)
            REQUIRE(::seteuid(65534) == 0);
        else
            fs::permissions(shared.folder.path(), fs::perms(0555));
    }
    ~Stranger()
    {
        if (root_ && ::seteuid(0) != 0)
            std::abort();
    }
    Stranger(const Stranger&) = delete;
    Stranger& operator=(const Stranger&) = delete;

private:
    bool root_;
};

double number(const fs::path& file)
{
    SqliteConnection reader(file, SqliteConnection::Access::read);
    SqliteStatement row(reader, "SELECT value FROM number");
    row.step();
    return row.real(0);
}

std::string refusal(const fs::path& file)
{
    try {
        number(file);
    } catch (const StoreError& error) {
        return error.what();
    }
    return "it is read";
}

} // namespace

TEST_CASE("who may not write reads a database that its writer has left", "[lib]")
{
    const Shared shared;
    const Stranger stranger(shared);

    CHECK(number(shared.file) == 9);
}

TEST_CASE("who may not write is told that the side files are gone and who makes them anew", "[lib]")
{
    const Shared shared;
    shared.remove_side_files();
    std::string refused;
    {
        const Stranger stranger(shared);
        refused = refusal(shared.file);
    }
    fs::permissions(shared.folder.path(), fs::perms(0755));

    CHECK_THAT(refused, Contains("files -wal and -shm are not there") && Contains(shared.folder.path().string()) &&
                            Contains("'skurd status'"));
    CHECK(number(shared.file) == 9); // the owner, by a command that reads
    const Stranger stranger(shared);
    CHECK(number(shared.file) == 9);
}

TEST_CASE("a side file that cannot be read is named, and is not to be removed", "[lib]")
{
    const Shared shared;
    fs::permissions(shared.file.string() + "-wal", fs::perms::none);
    std::string refused;
    {
        const Stranger stranger(shared);
        refused = refusal(shared.file);
    }

    CHECK_THAT(refused, Contains("skurd.db-wal cannot be read") && Contains("Do not remove it"));
}

TEST_CASE("nothing is said of side files where they are in nobody's way", "[lib]")
{
    const Shared shared;

    CHECK(side_files_hint(shared.file, false).empty());
    CHECK(side_files_hint(shared.file, true).empty());
    shared.remove_side_files();
    CHECK(side_files_hint(shared.file, true).empty());
    CHECK(side_files_hint(shared.folder / "not-there.db", false).empty());
}
