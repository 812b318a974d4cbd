#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;
struct pg_cancel;

namespace skurd {

/// Where a server's database is. The password is nowhere but here: messages have location() of the connection.
struct PostgresTarget {
    std::string url;      ///< postgresql://user@host:5432/database?sslmode=verify-full; no password in it
    std::string password; ///< "" = libpq finds one (PGPASSFILE, ~/.pgpass), or the server wants none
};

/// Throws Error (usage) where the text is no URL that libpq takes, or has a password in it, saying where that
/// belongs.
void check_postgres_url(const std::string& url);

struct ClearPostgresResult {
    void operator()(pg_result* result) const;
};
using PostgresResult = std::unique_ptr<pg_result, ClearPostgresResult>;

/// A statement as the server has prepared it.
struct PostgresPlan {
    std::string name;
    std::string sql;
    std::vector<unsigned> parameters; ///< the types' OIDs
    std::vector<unsigned> columns;
    bool binary = true; ///< whether the columns are asked for in their binary form: it is known of all of them
};

/// A connection to a PostgreSQL server. Not thread-safe; statements and copies of it must not outlive it. It never
/// connects anew: what was locked and begun on it went with it. All functions throw StoreError with the database's
/// place, the beginning of the statement, what the server says with its SQLSTATE, and what to do; its code is
/// ExitCode::busy when another holds what was wanted.
///
/// Where the thread's innermost StopScope (base/stopping.hpp) is told to stop while the server works on a statement,
/// that is cancelled, and Stopped is thrown. Ends of transactions are not.
class PostgresConnection {
public:
    /// Connects, in at most ten seconds unless the URL says otherwise. Texts are UTF-8, times UTC.
    explicit PostgresConnection(PostgresTarget target);
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    void exec(const std::string& sql); ///< one or more statements without parameters
    bool in_transaction() const;
    std::size_t depth() const { return depth_; } ///< of transactions: 1 = there is no savepoint in the open one
    bool is_alive() const;                       ///< as far as is known without asking

    /// A transaction, begun with this statement; inside one, a savepoint.
    void begin(const char* statement);
    void commit();
    void roll_back() noexcept;

    /// The plan of a statement, which is prepared once for the connection. Throws for parameters of types that skurd
    /// does not bind.
    std::shared_ptr<const PostgresPlan> plan(std::string_view sql);

    const std::string& location() const { return location_; } ///< postgresql://host:port/database
    const PostgresTarget& target() const { return target_; }
    std::size_t round_trips() const { return round_trips_; } ///< how often the server was waited for

    // For lib/postgres alone.
    pg_conn* handle() const { return handle_.get(); }
    pg_cancel* cancel_handle() const { return cancel_.get(); }
    void count_round_trip() { ++round_trips_; }
    /// The result, where it is one of a statement that went well; else throws what it says.
    PostgresResult checked(pg_result* result, std::string_view sql) const;
    [[noreturn]] void fail(const pg_result* result, std::string_view sql) const;

private:
    struct Finish {
        void operator()(pg_conn* handle) const;
    };
    struct FreeCancel {
        void operator()(pg_cancel* cancel) const;
    };

    void forget_unused_plans();
    void end(const char* statement); ///< of a transaction or savepoint

    PostgresTarget target_;
    std::string location_;
    std::unique_ptr<pg_conn, Finish> handle_;
    std::unique_ptr<pg_cancel, FreeCancel> cancel_;
    std::map<std::string, std::shared_ptr<const PostgresPlan>, std::less<>> plans_;
    std::size_t plans_made_ = 0;
    std::size_t round_trips_ = 0;
    std::size_t depth_ = 0; ///< of transactions
};

} // namespace skurd
