#include "store/observations.hpp"

#include "base/error.hpp"
#include "store/dataset_bands.hpp"
#include "store/numbers.hpp"

#include <algorithm>
#include <cstdint>

namespace skurd {

namespace {

// A state is packed as: the distance from the period id before it, the status and whether there is a number, then
// the scale and the mantissa, its sign in the lowest bit, and the distance from the vintage before it, likewise.
// Seven bits to a byte, the lowest first; the highest bit says that more follow.

[[noreturn]] void damaged()
{
    throw error("the store's cache of states is damaged: `skurd verify` says where; put back a backup");
}

void pack(std::string& bytes, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        bytes += static_cast<char>(value | 0x80);
    bytes += static_cast<char>(value);
}

std::uint64_t unpack(std::string_view& bytes)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; !bytes.empty() && shift < 64; shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= std::uint64_t(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
    damaged();
}

std::uint64_t sign_last(std::int64_t value)
{
    return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t sign_first(std::uint64_t value)
{
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

} // namespace

SeriesRows::SeriesRows(Database& database, std::int64_t dataset)
    : statement_(database,
                 "SELECT period_id, vintage_id, value, decimals, value_text, status_id FROM observation"
                 " WHERE /*: dataset_id = $3 AND */ band = $1 AND series_id = $2 ORDER BY period_id, vintage_id"),
      dataset_(dataset), bands_(DatasetBands(database, dataset).all())
{
}

void SeriesRows::read(std::int64_t series)
{
    cells_.clear();
    const auto by_period = [](const auto& a, const auto& b) { return a.period < b.period; };
    for (const auto band : bands_) {
        const auto before = static_cast<std::ptrdiff_t>(cells_.size());
        statement_.bind(band, series, dataset_);
        while (statement_.step())
            cells_.push_back(
                {statement_.integer(0), statement_.integer(1), decimal_at(statement_, 2), statement_.integer(5)});
        if (before > 0)
            std::inplace_merge(cells_.begin(), cells_.begin() + before, cells_.end(), by_period);
    }
}

ObservationWriter::ObservationWriter(Database& database, std::int64_t dataset)
    : insert_(database, dataset,
              "INSERT INTO observation (band, series_id, period_id, vintage_id, value, decimals, value_text,"
              " status_id)")
{
}

void ObservationWriter::Row::bind(Parameters& statement, int first) const
{
    statement.bind_one(first, band);
    statement.bind_one(first + 1, series);
    statement.bind_one(first + 2, cell.period);
    statement.bind_one(first + 3, cell.vintage);
    bind_decimal(statement, first + 4, cell.number);
    statement.bind_one(first + 7, cell.status);
}

SeriesStates::SeriesStates(Database& database, std::int64_t dataset)
    : database_(database), dataset_(dataset),
      select_(database, "SELECT cells FROM series_state WHERE /*: dataset_id = $2 AND */ series_id = $1"),
      replace_(database, dataset, "INSERT INTO series_state (series_id, cells)",
               " ON CONFLICT (/*: dataset_id, */ series_id) DO UPDATE SET cells = excluded.cells"),
      delete_(database, "DELETE FROM series_state WHERE /*: dataset_id = $2 AND */ series_id = $1")
{
}

bool SeriesStates::read(std::int64_t series, std::vector<CellState>& states)
{
    states.clear();
    const bool ahead = is_ahead(series);
    if (!(ahead ? step_to(series) : select_.bind(series, dataset_).step()))
        return false;
    std::int64_t period = 0;
    std::int64_t vintage = 0;
    for (auto bytes = ahead ? ahead_->view(1) : select_.view(0); !bytes.empty();) {
        CellState state;
        period = static_cast<std::int64_t>(static_cast<std::uint64_t>(period) + unpack(bytes));
        state.period = period;
        const auto status = unpack(bytes);
        state.status = static_cast<std::int64_t>(status >> 1);
        if (status & 1) {
            const auto scale = unpack(bytes);
            if (scale > Decimal::scale_max)
                damaged();
            state.number = Decimal(sign_first(unpack(bytes)), static_cast<int>(scale));
        }
        vintage = static_cast<std::int64_t>(static_cast<std::uint64_t>(vintage) +
                                            static_cast<std::uint64_t>(sign_first(unpack(bytes))));
        state.vintage = vintage;
        states.push_back(state);
    }
    return true;
}

/// Whether it is among those that are read at once, and not behind those that were asked for.
bool SeriesStates::is_ahead(std::int64_t series)
{
    const bool is_next =
        expected_ && series >= expected_->first && series <= expected_->second && series > last_asked_;
    if (!is_next)
        return false;
    last_asked_ = series;
    return true;
}

bool SeriesStates::step_to(std::int64_t series)
{
    const auto step = [&] { ahead_at_ = ahead_->step() ? ahead_->integer(0) : INT64_MAX; };
    if (!ahead_) {
        ahead_.emplace(database_, "SELECT series_id, cells FROM series_state WHERE /*: dataset_id = $3 AND */"
                                  " series_id >= $1 AND series_id <= $2 ORDER BY series_id");
        ahead_->bind(series, expected_->second, dataset_);
        step();
    }
    while (ahead_at_ < series)
        step();
    return ahead_at_ == series;
}

void SeriesStates::keep(std::int64_t series, const std::vector<CellState>& states)
{
    std::string packed;
    packed.reserve(9 * states.size());
    std::int64_t period = 0;
    std::int64_t vintage = 0;
    for (const auto& state : states) {
        pack(packed, static_cast<std::uint64_t>(state.period - period));
        period = state.period;
        pack(packed, static_cast<std::uint64_t>(state.status) << 1 | (state.number ? 1 : 0));
        if (state.number) {
            pack(packed, static_cast<std::uint64_t>(state.number->scale()));
            pack(packed, sign_last(state.number->mantissa()));
        }
        pack(packed, sign_last(state.vintage - vintage));
        vintage = state.vintage;
    }
    replace_.add({series, std::move(packed)});
}

void SeriesStates::Row::bind(Parameters& statement, int first) const
{
    statement.bind_one(first, series);
    statement.bind_blob(first + 1, packed);
}

void SeriesStates::forget(std::int64_t series)
{
    expected_.reset(); // what was read ahead has it still
    replace_.flush();
    delete_.run(series, dataset_);
}

} // namespace skurd
