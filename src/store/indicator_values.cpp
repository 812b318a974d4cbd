#include "store/columns.hpp"
#include "store/numbers.hpp"
#include "store/series.hpp"
#include "store/verdict_store.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace skurd {

namespace {

/// The values of indicators that the store holds, and what is appended to them. Finds each period and symbol once.
class ValueWriter {
public:
    ValueWriter(Database& database, StoreSession::Transaction& transaction, std::string now)
        : database_(database), transaction_(transaction), now_(std::move(now)),
          newest_(database, "SELECT value, decimals, value_text, status_id FROM indicator_value"
                            " WHERE indicator = $1 AND definition = $2 AND period_id = $3 ORDER BY id DESC LIMIT 1"),
          insert_(database, "INSERT INTO indicator_value (indicator, definition, period_id, value, decimals,"
                            " value_text, status_id, vintage_id, published_at, made_at, ingest_id)"
                            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
          kept_(database, R"(
        SELECT definition, period_id FROM indicator_value AS iv WHERE indicator = $1 AND value IS NOT NULL
          AND id = (SELECT max(id) FROM indicator_value AS later WHERE later.indicator = iv.indicator
                    AND later.definition = iv.definition AND later.period_id = iv.period_id))")
    {
    }

    std::int64_t id_of(const Period& period)
    {
        const auto [entry, is_new] = periods_.try_emplace(period);
        if (is_new)
            entry->second = intern_period(database_, period);
        return entry->second;
    }

    void store(int indicator, std::int64_t period, const IndicatorValue& value)
    {
        const auto status = id_of(value.value.symbol);
        if (newest_.bind(indicator, value.definition, period).step() &&
            decimal_at(newest_, 0) == value.value.number && newest_.integer(3) == status)
            return;
        newest_.reset();
        insert_.bind(indicator, value.definition, period, nullptr, 0, nullptr, status,
                     value.vintage == 0 ? std::nullopt : std::optional(value.vintage),
                     format_time(value.published_at), now_, transaction_.record(CommitKind::indicator_value));
        bind_decimal(insert_.parameters(), 4, value.value.number);
        insert_.step();
    }

    /// What the store still gives a number for: (definition, period id).
    std::vector<std::pair<int, std::int64_t>> numbers_of(int indicator)
    {
        kept_.bind(indicator);
        std::vector<std::pair<int, std::int64_t>> kept;
        while (kept_.step())
            kept.emplace_back(static_cast<int>(kept_.integer(0)), kept_.integer(1));
        return kept;
    }

private:
    std::int64_t id_of(const Symbol& symbol)
    {
        const auto [entry, is_new] = symbols_.try_emplace({symbol.text, symbol.meaning});
        if (is_new)
            entry->second = intern_status(database_, symbol);
        return entry->second;
    }

    Database& database_;
    StoreSession::Transaction& transaction_;
    std::string now_;
    Statement newest_;
    Statement insert_;
    Statement kept_;
    std::map<Period, std::int64_t> periods_;
    std::map<std::pair<std::string, Meaning>, std::int64_t> symbols_;
};

/// The definitions that are history: neither in force now nor kept by the one in force. What they gave stands.
std::set<int> ended_definitions(const Indicator& indicator)
{
    const auto first_standing = indicator.first_standing_definition();
    std::set<int> ended;
    for (const auto& definition : indicator.definitions) {
        if (definition.id == first_standing)
            break;
        ended.insert(definition.id);
    }
    return ended;
}

void store_values_of(ValueWriter& writer, const Indicator& indicator, const IndicatorValues& values, Time now)
{
    std::set<std::pair<int, std::int64_t>> given;
    const auto ended = ended_definitions(indicator);
    for (const auto& [period, value] : values) {
        const auto period_id = writer.id_of(period);
        writer.store(indicator.number, period_id, value);
        given.emplace(value.definition, period_id);
    }
    // A number that can no longer be made, since a formula or an input changed, is not current any more.
    for (const auto& [definition, period] : writer.numbers_of(indicator.number)) {
        if (ended.contains(definition) || given.contains({definition, period}))
            continue;
        IndicatorValue gone;
        gone.value.symbol.meaning = Meaning::withdrawn;
        gone.definition = definition;
        gone.published_at = now;
        writer.store(indicator.number, period, gone);
    }
}

} // namespace

void VerdictStore::store_values(const std::vector<std::pair<const Indicator*, IndicatorValues>>& all)
{
    StoreSession::Transaction transaction(session_);
    ValueWriter writer(session_.database(), transaction, session_.now());
    for (const auto& [indicator, values] : all)
        store_values_of(writer, *indicator, values, session_.clock().now());
    transaction.commit();
}

void VerdictStore::store_values(const Indicator& indicator, const IndicatorValues& values)
{
    store_values({{&indicator, values}});
}

} // namespace skurd
