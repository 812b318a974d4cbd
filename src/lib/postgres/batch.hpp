#pragma once

#include "lib/postgres/statement.hpp"

namespace skurd {

/// A statement that gives no rows, many times with other values: they are sent one after another (libpq's pipeline
/// mode), and the server is waited for once in so many. While something is under way, the connection does nothing
/// else. Throws as PostgresConnection does.
class PostgresBatch {
public:
    PostgresBatch(PostgresConnection& connection, std::string_view sql);
    ~PostgresBatch();
    PostgresBatch(const PostgresBatch&) = delete;
    PostgresBatch& operator=(const PostgresBatch&) = delete;

    PostgresParameters& parameters() { return parameters_; }
    void add();    ///< with the values that are bound
    void finish(); ///< until the server has done all of it

private:
    void wait();
    PostgresResult read_until_sync();

    PostgresConnection& connection_;
    PostgresParameters parameters_;
    std::size_t under_way_ = 0;
    std::size_t bytes_ = 0;
    bool in_pipeline_ = false;
};

} // namespace skurd
