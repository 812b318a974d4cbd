#pragma once

#include "lib/process/child_process.hpp"
#include "tests/support/temp_dir.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace skurd::test {

/// A PostgreSQL server of the test's own, on a socket in a folder of its own, with no port: it ends with the process.
/// It writes nothing to the disk that it could leave out, since nobody reads its files again. As root it runs as
/// nobody: it refuses root.
class PostgresServer {
public:
    static bool is_installed();

    /// The one of this process, started when it is first asked for. Where PostgreSQL is not installed: nothing, and
    /// says "skipped: ...", which ctest shows.
    static PostgresServer* running();

    /// Another one, for a test that changes it; `settings` as "name=value". Where PostgreSQL is not installed:
    /// nothing, and says so as running().
    static std::unique_ptr<PostgresServer> another(const std::vector<std::string>& settings);
    /// A replica of it, which answers questions.
    static std::unique_ptr<PostgresServer> replica_of(const PostgresServer& primary);

    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// How a server that nobody asked to end may end.
    enum class Death { killed, stopped_at_once }; ///< its first process by SIGKILL; all by pg_ctl stop -m immediate
    /// It dies and is started again, on the same files: what was under way is lost, what was committed is not.
    void die_and_begin_anew(Death death);

    std::string new_database();                         ///< an empty one, UTF-8 and sorted by bytes; its URL
    std::string copy_of(const std::string& url);        ///< of a database that nobody uses; its URL
    std::string url(const std::string& database) const; ///< of a database of that name
    const std::filesystem::path& folder() const { return folder_.path(); }

private:
    PostgresServer(const std::filesystem::path& programs, const std::vector<std::string>& settings,
                   const PostgresServer* primary);
    void make_as_new(const std::filesystem::path& programs);
    void copy_of(const PostgresServer& primary, const std::filesystem::path& programs);
    bool start(); ///< whether it answers now
    void read_log();
    void tell(std::atomic<bool>& what);
    void end();
    std::string made_from(const std::string& pattern); ///< a new database

    TempDir folder_;
    std::filesystem::path programs_;
    std::vector<std::string> settings_;
    std::unique_ptr<ChildProcess> server_;
    std::jthread log_reader_;
    std::atomic<bool> is_ready_ = false;
    std::atomic<bool> has_ended_ = false;
    std::atomic<bool> has_changed_ = false; ///< of the two
    std::string log_;                       ///< the reader's until it has ended
    int databases_ = 0;
};

} // namespace skurd::test
