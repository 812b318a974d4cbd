#include "tests/support/reading_process.hpp"

#include "store/engine/statement.hpp"
#include "store/sqlite/sqlite_database.hpp"

#include <csignal>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace skurd::test {

namespace {

[[noreturn]] void read_until_killed(const std::filesystem::path& file, int told)
{
    try {
        SqliteDatabase database(file, SqliteDatabase::Access::read);
        database.begin(Database::Purpose::read);
        database.integer("SELECT count(*) FROM sqlite_schema");
        const char done = 1;
        if (::write(told, &done, 1) == 1)
            while (true)
                ::pause();
    } catch (const std::exception&) { // the other end is told by the end of the pipe
    }
    ::_exit(1);
}

} // namespace

ReadingProcess::ReadingProcess(const std::filesystem::path& database)
{
    int ends[2];
    if (::pipe(ends) != 0)
        throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
        ::close(ends[0]);
        read_until_killed(database, ends[1]);
    }
    ::close(ends[1]);
    char done = 0;
    const bool reads = ::read(ends[0], &done, 1) == 1;
    ::close(ends[0]);
    if (!reads)
        throw std::runtime_error("the reading process could not read");
}

void ReadingProcess::end()
{
    if (pid_ <= 0)
        return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
}

} // namespace skurd::test
