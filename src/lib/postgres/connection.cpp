#include "lib/postgres/connection.hpp"

#include "base/error.hpp"
#include "base/one_line.hpp"
#include "base/text.hpp"
#include "lib/postgres/cancelling.hpp"
#include "lib/postgres/value.hpp"

#include <cassert>
#include <libpq-fe.h>

namespace skurd {

namespace {

constexpr std::size_t shown_max = 80;   ///< characters of a statement: enough for the table it is about
constexpr std::size_t plans_max = 1000; ///< that a connection keeps; the store has some 400 statements

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

/// What libpq finds wrong may quote a part of the URL, and that the password.
Options parse(const std::string& url)
{
    char* message = nullptr;
    Options options(PQconninfoParse(url.c_str(), &message));
    PQfreemem(message);
    const bool is_url = url.starts_with("postgresql://") || url.starts_with("postgres://");
    if (!options || !is_url)
        throw usage_error("the store's URL is none that PostgreSQL's library takes; the form is "
                          "postgresql://user@host:5432/database?sslmode=verify-full");
    return options;
}

const char* option(const Options& options, std::string_view name)
{
    for (const auto* at = options.get(); at->keyword; ++at)
        if (at->keyword == name)
            return at->val;
    return nullptr;
}

/// What a person can do, by the SQLSTATE.
std::string hint(std::string_view state)
{
    const auto of_class = state.substr(0, 2);
    if (of_class == "08" || of_class == "57" || state.empty())
        return ": check that the server runs and can be reached; what was not committed is not in the store";
    if (of_class == "28")
        return ": check the user, the password's file and the server's pg_hba.conf";
    if (state == "3D000")
        return ": make it with CREATE DATABASE ... TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'";
    if (state == "42501")
        return ": grant the user what it lacks";
    if (of_class == "53")
        return ": the server's disk is full, or it lacks memory or connections; make room there";
    if (state == "55P03" || of_class == "40")
        return ": another program writes to the store; end it or run again later";
    if (state == "25006")
        return ": it was opened for reading, or the server is a standby";
    if (of_class == "23" || state == "P0001")
        return ": the tables do not allow it and nothing was changed; report it as a defect of skurd";
    if (of_class == "XX")
        return ": the database is damaged; put back a backup";
    return ": check that the database holds a store of this skurd; report it if it does";
}

bool is_busy(std::string_view state)
{
    return state == "55P03" || state.starts_with("40");
}

std::string message_of(const pg_result* result, const pg_conn* handle)
{
    const char* primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    return in_one_line(primary ? primary : PQerrorMessage(handle));
}

} // namespace

void ClearPostgresResult::operator()(pg_result* result) const
{
    PQclear(result);
}

void PostgresConnection::Finish::operator()(pg_conn* handle) const
{
    PQfinish(handle);
}

void PostgresConnection::FreeCancel::operator()(pg_cancel* cancel) const
{
    PQfreeCancel(cancel);
}

void check_postgres_url(const std::string& url)
{
    const auto options = parse(url);
    const auto* password = option(options, "password");
    if (password && *password)
        throw usage_error("the store's URL has a password in it, which others can read: put it into a file that "
                          "[store] password_file names, or into that of PGPASSFILE");
}

PostgresConnection::PostgresConnection(PostgresTarget target) : target_(std::move(target))
{
    check_postgres_url(target_.url);
    const auto options = parse(target_.url);
    std::vector<const char*> names;
    std::vector<const char*> values;
    const auto add = [&](const char* name, const char* value) {
        names.push_back(name);
        values.push_back(value);
    };
    add("application_name", "skurd");
    add("connect_timeout", "10");
    for (const auto& [name, value] : {std::pair("keepalives_idle", "30"), std::pair("keepalives_interval", "10"),
                                      std::pair("keepalives_count", "3"), std::pair("tcp_user_timeout", "60000")})
        add(name, value); // a server that is gone is noticed within a minute or so; a URL may say otherwise
    for (const auto* at = options.get(); at->keyword; ++at)
        if (at->val)
            add(at->keyword, at->val);
    if (!target_.password.empty())
        add("password", target_.password.c_str());
    add("client_encoding", "UTF8");
    add(nullptr, nullptr);
    handle_.reset(PQconnectdbParams(names.data(), values.data(), 0));
    if (!handle_)
        throw StoreError("out of memory");
    location_ = fmt::format("postgresql://{}:{}/{}", PQhost(handle()) ? PQhost(handle()) : "",
                            PQport(handle()) ? PQport(handle()) : "", PQdb(handle()) ? PQdb(handle()) : "");
    if (PQstatus(handle()) != CONNECTION_OK)
        throw StoreError(
            fmt::format("{}: cannot connect: {}{}", location_, in_one_line(PQerrorMessage(handle())), hint("")));
    cancel_.reset(PQgetCancel(handle()));
    PQsetNoticeProcessor(
        handle(), [](void*, const char*) {}, nullptr);
    exec("SET TimeZone = 'UTC'; SET bytea_output = 'hex'; SET extra_float_digits = 1;"
         " SET standard_conforming_strings = on");
}

PostgresConnection::~PostgresConnection() = default;

void PostgresConnection::exec(const std::string& sql)
{
    const CancelOnStop cancelling(*this);
    count_round_trip();
    checked(PQexec(handle(), sql.c_str()), sql);
}

bool PostgresConnection::in_transaction() const
{
    return depth_ > 0;
}

bool PostgresConnection::is_alive() const
{
    return PQstatus(handle()) == CONNECTION_OK;
}

void PostgresConnection::begin(const char* statement)
{
    try {
        exec(depth_ > 0 ? "SAVEPOINT inner_one" : statement);
    } catch (const Error&) {
        if (depth_ == 0) // what was begun with more than BEGIN may have begun
            const PostgresResult done(PQexec(handle(), "ROLLBACK"));
        throw;
    }
    ++depth_;
}

void PostgresConnection::end(const char* statement)
{
    count_round_trip();
    checked(PQexec(handle(), statement), statement);
}

void PostgresConnection::commit()
{
    assert(depth_ > 0);
    if (PQtransactionStatus(handle()) == PQTRANS_INERROR) // COMMIT would roll back, and say that it went well
        throw StoreError(
            fmt::format("{}: a statement of the transaction failed, so nothing of it is committed", location_));
    end(depth_ > 1 ? "RELEASE inner_one" : "COMMIT");
    --depth_;
}

void PostgresConnection::roll_back() noexcept
{
    assert(depth_ > 0);
    const bool inner = depth_ > 1;
    --depth_;
    ++round_trips_;
    const PostgresResult done(PQexec(handle(), inner ? "ROLLBACK TO inner_one; RELEASE inner_one" : "ROLLBACK"));
}

std::shared_ptr<const PostgresPlan> PostgresConnection::plan(std::string_view sql)
{
    if (const auto known = plans_.find(sql); known != plans_.end())
        return known->second;
    if (plans_.size() >= plans_max)
        forget_unused_plans();
    auto made = std::make_shared<PostgresPlan>();
    made->name = fmt::format("s{}", ++plans_made_);
    made->sql = std::string(sql);
    count_round_trip();
    checked(PQprepare(handle(), made->name.c_str(), made->sql.c_str(), 0, nullptr), sql);
    count_round_trip();
    const auto described = checked(PQdescribePrepared(handle(), made->name.c_str()), sql);
    for (int i = 0; i < PQnparams(described.get()); ++i) {
        made->parameters.push_back(PQparamtype(described.get(), i));
        if (!can_encode(made->parameters.back()))
            throw StoreError(fmt::format("{}: parameter ${} has a type (number {}) that skurd does not bind, in: {}",
                                         location_, i + 1, made->parameters.back(), in_one_line(sql)));
    }
    for (int i = 0; i < PQnfields(described.get()); ++i) {
        made->columns.push_back(PQftype(described.get(), i));
        made->binary &= can_decode(made->columns.back());
    }
    plans_.emplace(made->sql, made);
    return made;
}

void PostgresConnection::forget_unused_plans()
{
    for (auto at = plans_.begin(); at != plans_.end();) {
        if (at->second.use_count() > 1) {
            ++at;
            continue;
        }
        exec("DEALLOCATE " + at->second->name);
        at = plans_.erase(at);
    }
}

PostgresResult PostgresConnection::checked(pg_result* result, std::string_view sql) const
{
    PostgresResult owned(result);
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
        return owned;
    default:
        fail(result, sql);
    }
}

void PostgresConnection::fail(const pg_result* result, std::string_view sql) const
{
    constexpr std::string_view cancelled = "57014";
    const char* told = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const std::string_view state = told ? told : "";
    const auto what = message_of(result, handle());
    if (state == cancelled && stop_of_this_thread().stop_requested())
        throw Stopped(fmt::format("{}: stopped while the server worked on: {}", location_,
                                  excerpt(in_one_line(sql), shown_max)));
    throw StoreError(fmt::format("{}: {}: {}{}{}", location_, excerpt(in_one_line(sql), shown_max), what,
                                 state.empty() ? "" : fmt::format(" (SQLSTATE {})", state), hint(state)),
                     is_busy(state) ? ExitCode::busy : ExitCode::failed);
}

} // namespace skurd
