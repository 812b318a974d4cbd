#include "lib/postgres/batch.hpp"

#include "lib/postgres/cancelling.hpp"

#include <libpq-fe.h>

namespace skurd {

namespace {

// What the server answers to so many fits into the buffers between it and us, so neither waits for the other.
constexpr std::size_t statements_at_once = 500;
constexpr std::size_t bytes_at_once = 4 << 20;

} // namespace

PostgresBatch::PostgresBatch(PostgresConnection& connection, std::string_view sql)
    : connection_(connection), parameters_(connection, connection.plan(sql))
{
}

PostgresBatch::~PostgresBatch()
{
    if (!in_pipeline_)
        return;
    if (under_way_ > 0 && PQpipelineSync(connection_.handle()) == 1)
        read_until_sync();
    PQexitPipelineMode(connection_.handle());
}

void PostgresBatch::add()
{
    parameters_.encode();
    if (!in_pipeline_ && PQenterPipelineMode(connection_.handle()) != 1)
        connection_.fail(nullptr, parameters_.plan().sql);
    in_pipeline_ = true;
    const auto& plan = parameters_.plan();
    if (PQsendQueryPrepared(connection_.handle(), plan.name.c_str(), static_cast<int>(parameters_.size()),
                            parameters_.pointers(), parameters_.lengths(), parameters_.formats(), 1) != 1)
        connection_.fail(nullptr, plan.sql);
    ++under_way_;
    for (std::size_t i = 0; i < parameters_.size(); ++i)
        bytes_ += static_cast<std::size_t>(std::max(0, parameters_.lengths()[i]));
    if (under_way_ >= statements_at_once || bytes_ >= bytes_at_once)
        wait();
}

void PostgresBatch::finish()
{
    if (!in_pipeline_)
        return;
    if (under_way_ > 0)
        wait();
    in_pipeline_ = false;
    if (PQexitPipelineMode(connection_.handle()) != 1)
        connection_.fail(nullptr, parameters_.plan().sql);
}

void PostgresBatch::wait()
{
    const CancelOnStop cancelling(connection_);
    connection_.count_round_trip();
    if (PQpipelineSync(connection_.handle()) != 1)
        connection_.fail(nullptr, parameters_.plan().sql);
    const auto failed = read_until_sync();
    if (failed)
        connection_.fail(failed.get(), parameters_.plan().sql);
}

/// The first result of a statement that failed; what comes after it was not done.
PostgresResult PostgresBatch::read_until_sync()
{
    PostgresResult failed;
    int nothing_in_row =
        0; // the results of each statement end with a null pointer; a lost connection gives no others
    under_way_ = 0;
    bytes_ = 0;
    while (nothing_in_row < 2) {
        PostgresResult result(PQgetResult(connection_.handle()));
        nothing_in_row = result ? 0 : nothing_in_row + 1;
        const auto status = PQresultStatus(result.get());
        if (result && status == PGRES_PIPELINE_SYNC)
            return failed;
        if (result && !failed && status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            failed = std::move(result);
    }
    connection_.fail(nullptr, parameters_.plan().sql);
}

} // namespace skurd
