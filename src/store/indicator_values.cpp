#include "store/columns.hpp"
#include "store/numbers.hpp"
#include "store/series.hpp"
#include "store/verdict_store.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

/// The values of one indicator that the store holds, and what is appended to them.
class ValueWriter {
public:
    ValueWriter(Database& database, StoreSession::Transaction& transaction, int indicator, std::string now)
        : database_(database), transaction_(transaction), indicator_(indicator), now_(std::move(now)),
          newest_(database, "SELECT value, decimals, value_text, status_id FROM indicator_value"
                            " WHERE indicator = $1 AND definition = $2 AND period_id = $3 ORDER BY id DESC LIMIT 1"),
          insert_(database, "INSERT INTO indicator_value (indicator, definition, period_id, value, decimals,"
                            " value_text, status_id, vintage_id, published_at, made_at, ingest_id)"
                            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    {
    }

    void store(std::int64_t period, const IndicatorValue& value)
    {
        const auto status = intern_status(database_, value.value.symbol);
        if (newest_.bind(indicator_, value.definition, period).step() &&
            decimal_at(newest_, 0) == value.value.number && newest_.integer(3) == status)
            return;
        newest_.reset();
        insert_.bind(indicator_, value.definition, period, nullptr, 0, nullptr, status,
                     value.vintage == 0 ? std::nullopt : std::optional(value.vintage),
                     format_time(value.published_at), now_, transaction_.record(CommitKind::indicator_value));
        bind_decimal(insert_.parameters(), 4, value.value.number);
        insert_.step();
    }

private:
    Database& database_;
    StoreSession::Transaction& transaction_;
    int indicator_;
    std::string now_;
    Statement newest_;
    Statement insert_;
};

/// What the store still gives a number for: (definition, period id).
std::vector<std::pair<int, std::int64_t>> numbers_kept(Database& database, int indicator)
{
    Statement row(database, R"(
        SELECT definition, period_id FROM indicator_value AS iv WHERE indicator = $1 AND value IS NOT NULL
          AND id = (SELECT max(id) FROM indicator_value AS later WHERE later.indicator = iv.indicator
                    AND later.definition = iv.definition AND later.period_id = iv.period_id))");
    row.bind(indicator);
    std::vector<std::pair<int, std::int64_t>> kept;
    while (row.step())
        kept.emplace_back(static_cast<int>(row.integer(0)), row.integer(1));
    return kept;
}

/// The definitions that are history: neither in force now nor kept by the one in force. What they gave stands.
std::set<int> ended_definitions(const Indicator& indicator)
{
    const auto& definitions = indicator.definitions;
    auto first_alive = definitions.empty() ? 0 : definitions.size() - 1;
    while (first_alive > 0 && definitions[first_alive].keeps_earlier_values)
        --first_alive;
    std::set<int> ended;
    for (std::size_t i = 0; i < first_alive; ++i)
        ended.insert(definitions[i].id);
    return ended;
}

} // namespace

void VerdictStore::store_values(const Indicator& indicator, const IndicatorValues& values)
{
    StoreSession::Transaction transaction(session_);
    ValueWriter writer(session_.database(), transaction, indicator.number, session_.now());
    std::set<std::pair<int, std::int64_t>> given;
    const auto ended = ended_definitions(indicator);
    for (const auto& [period, value] : values) {
        const auto period_id = intern_period(session_.database(), period);
        writer.store(period_id, value);
        given.emplace(value.definition, period_id);
    }
    // A number that can no longer be made, since a formula or an input changed, is not current any more.
    for (const auto& [definition, period] : numbers_kept(session_.database(), indicator.number)) {
        if (ended.contains(definition) || given.contains({definition, period}))
            continue;
        IndicatorValue gone;
        gone.value.symbol.meaning = Meaning::withdrawn;
        gone.definition = definition;
        gone.published_at = session_.clock().now();
        writer.store(period, gone);
    }
    transaction.commit();
}

} // namespace skurd
