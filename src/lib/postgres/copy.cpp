// The form of COPY BINARY: https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format". A header of 19 bytes
// and an extension, rows of a count of values (2 bytes) and each with its length before it (4 bytes, -1 = NULL), and
// -1 for a count at the end.
#include "lib/postgres/copy.hpp"

#include "base/error.hpp"
#include "lib/postgres/cancelling.hpp"
#include "lib/postgres/value.hpp"

#include <array>
#include <fmt/format.h>
#include <libpq-fe.h>

namespace skurd {

namespace {

constexpr std::string_view signature("PGCOPY\n\377\r\n\0", 11);
constexpr std::uint64_t end_of_rows = 0xffff;
constexpr std::uint64_t null_value = 0xffffffff;
constexpr std::size_t put_max = 1 << 20; ///< bytes that are handed to libpq at once, which counts them in an int

} // namespace

PostgresCopyIn::PostgresCopyIn(PostgresConnection& connection, const std::string& table)
    : connection_(connection), sql_("COPY " + table + " FROM STDIN (FORMAT binary)")
{
    connection_.exec(sql_);
    open_ = true;
    std::string header(signature);
    append_big_endian(header, 0, 8); // flags, and no extension
    put(header);
}

PostgresCopyIn::~PostgresCopyIn()
{
    if (!open_)
        return;
    PQputCopyEnd(connection_.handle(), "given up");
    while (const PostgresResult left{PQgetResult(connection_.handle())}) {
    }
}

void PostgresCopyIn::put(std::string_view rows)
{
    for (; !rows.empty(); rows.remove_prefix(std::min(put_max, rows.size())))
        if (PQputCopyData(connection_.handle(), rows.data(), static_cast<int>(std::min(put_max, rows.size()))) != 1)
            connection_.fail(nullptr, sql_);
}

void PostgresCopyIn::finish()
{
    std::string trailer;
    append_big_endian(trailer, end_of_rows, 2);
    put(trailer);
    const CancelOnStop cancelling(connection_);
    connection_.count_round_trip();
    open_ = false;
    if (PQputCopyEnd(connection_.handle(), nullptr) != 1)
        connection_.fail(nullptr, sql_);
    const PostgresResult result(PQgetResult(connection_.handle()));
    while (const PostgresResult left{PQgetResult(connection_.handle())}) {
    }
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        connection_.fail(result.get(), sql_);
}

PostgresCopyOut::PostgresCopyOut(PostgresConnection& connection, const std::string& query)
    : connection_(connection), sql_("COPY (" + query + ") TO STDOUT (FORMAT binary)")
{
    connection_.exec(sql_);
    open_ = true;
}

PostgresCopyOut::~PostgresCopyOut()
{
    if (!open_)
        return;
    std::array<char, 256> message{};
    PQcancel(connection_.cancel_handle(), message.data(), static_cast<int>(message.size()));
    while (next_chunk()) {
    }
    while (const PostgresResult left{PQgetResult(connection_.handle())}) {
    }
}

bool PostgresCopyOut::next_chunk()
{
    char* bytes = nullptr;
    const int size = PQgetCopyData(connection_.handle(), &bytes, 0);
    if (size <= 0)
        return false;
    chunk_.assign(bytes, static_cast<std::size_t>(size));
    PQfreemem(bytes);
    left_ = chunk_;
    return true;
}

/// The server sends a row at once, so none is in two pieces; the header comes with the first.
bool PostgresCopyOut::next()
{
    values_.clear();
    const CancelOnStop cancelling(connection_);
    if (left_.empty() && !next_chunk()) {
        open_ = false;
        const PostgresResult result(PQgetResult(connection_.handle()));
        while (const PostgresResult left{PQgetResult(connection_.handle())}) {
        }
        if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
            connection_.fail(result.get(), sql_);
        return false;
    }
    if (!begun_) {
        if (take(signature.size()) != signature || big_endian(take(4)) != 0)
            malformed();
        take(big_endian(take(4)));
        begun_ = true;
        if (left_.empty())
            return next();
    }
    const auto count = big_endian(take(2));
    if (count == end_of_rows)
        return next();
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto size = big_endian(take(4));
        if (size == null_value)
            values_.emplace_back();
        else
            values_.emplace_back(take(size));
    }
    return true;
}

std::string_view PostgresCopyOut::take(std::size_t size)
{
    if (size > left_.size() || size > value_max)
        malformed();
    const auto taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
}

void PostgresCopyOut::malformed() const
{
    throw StoreError(fmt::format("{}: the server's rows are not in the form of COPY BINARY that is documented: {}",
                                 connection_.location(), sql_));
}

} // namespace skurd
