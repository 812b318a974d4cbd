#include "store/correction_store.hpp"
#include "model/annotation.hpp"
#include "store/annotation_target.hpp"
#include "store/columns.hpp"
#include "store/engine/dataset_parts.hpp"
#include "store/numbers.hpp"
#include "store/observation_store.hpp"
#include "store/selection.hpp"
#include "store/series.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

Selector selector_of(const std::string& dataset, const Codes& codes)
{
    Selector selector{dataset, {}};
    for (const auto& [dimension, code] : codes)
        selector.codes.push_back({dimension, {code}});
    return selector;
}

/// Throws unless the number the source has now is the one that is to be corrected.
void require_expected(const Correction& correction, const Observation& now)
{
    const auto target = target_text(correction);
    if (!now.value.number)
        throw usage_error("{}: the store holds no number ({}), so there is none to correct", target,
                          now.value.symbol.text.empty() ? "missing" : now.value.symbol.text);
    const auto held = now.value.number->text();
    if (*now.value.number != correction.expected)
        throw usage_error("{}: the store holds {}, not {}: look at `skurd history`, and expect {} if that is the "
                          "number that is wrong",
                          target, held, correction.expected.text(), held);
    if (correction.corrected == correction.expected)
        throw usage_error("{}: {} is the number the source has", target, correction.corrected.text());
}

void require_none_open(Database& database, std::int64_t dataset, const Correction& correction, std::int64_t period)
{
    Statement open(database, "SELECT id, actor FROM correction WHERE /*: dataset_id = $3 AND */"
                             " series_id = $1 AND period_id = $2 AND ended_at IS NULL");
    if (open.bind(correction.series, period, dataset).step())
        throw usage_error("{}: correction {} of {} is open: end it first (skurd correct --end {})",
                          target_text(correction), open.integer(0), open.text(1), open.integer(0));
}

/// Of the observations of one series that of the period. Throws when it has none.
const Observation& in_period(const std::vector<Observation>& observations, const Correction& correction)
{
    const auto found = std::find_if(observations.begin(), observations.end(),
                                    [&](const auto& seen) { return seen.period == correction.period; });
    if (found != observations.end())
        return *found;
    throw usage_error("{}: the store has no such observation ({})", target_text(correction),
                      observations.empty()
                          ? "the series has none"
                          : fmt::format("the series has {} to {}", observations.front().period.text(),
                                        observations.back().period.text()));
}

Correction read_correction(const Statement& row, SeriesNames& names)
{
    Correction correction;
    correction.id = row.integer(0);
    correction.series = row.integer(1);
    correction.dataset = row.text(2);
    correction.codes = names(row.integer(17), correction.series).codes;
    correction.period = Period::from_text(row.view(3));
    correction.expected = decimal_at(row, 4).value_or(Decimal());
    correction.corrected = decimal_at(row, 7).value_or(Decimal());
    correction.reason = row.text(10);
    correction.actor = row.text(11);
    correction.made_at = time_from(row.view(12));
    correction.ended_at = optional_time(row, 13);
    correction.ended_why = row.text(14);
    correction.ended_by = row.text(15);
    correction.ended_vintage = row.integer(16);
    return correction;
}

std::optional<std::string> text_or_null(const std::string& text)
{
    return text.empty() ? std::nullopt : std::optional(text);
}

} // namespace

std::int64_t one_series(Database& database, const Selector& selector)
{
    const auto [dataset, found] = select_series(database, selector);
    if (found.size() == 1)
        return found.front();
    if (found.empty())
        throw usage_error("{} means no series: see `skurd get {}`", selector.text(), selector.dataset);
    throw usage_error("{} means {} series, where one is needed: name it, like {}", selector.text(), found.size(),
                      selector_of(selector.dataset, SeriesNames(database)(dataset, found.front()).codes).text());
}

std::int64_t CorrectionStore::add(const Selector& series, const Correction& correction)
{
    StoreSession::Transaction transaction(session_);
    auto wanted = correction;
    wanted.reason = checked_note("the reason", correction.reason);
    wanted.actor = checked_note("the name", correction.actor);
    wanted.dataset = series.dataset;
    wanted.series = one_series(session_.database(), series);
    const auto dataset = find_dataset(session_.database(), series.dataset);
    wanted.codes = SeriesNames(session_.database())(dataset, wanted.series).codes;
    const auto observations = ObservationStore(session_).as_of(series, {});
    const auto& now = in_period(observations, wanted);
    const auto period = find_period(session_.database(), wanted.period);
    require_none_open(session_.database(), dataset, wanted, period);
    require_expected(wanted, now);
    Statement insert(session_.database(),
                     "INSERT INTO correction (series_id, period_id, expected, expected_decimals, expected_text,"
                     " corrected, corrected_decimals, corrected_text, reason, actor, at, ingest_id"
                     " /*:, dataset_id */) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 /*:, $13 */)"
                     " RETURNING id");
    insert.bind(wanted.series, period, nullptr, 0, nullptr, nullptr, 0, nullptr, wanted.reason, wanted.actor,
                session_.now(), transaction.record(CommitKind::correction, dataset), dataset);
    bind_decimal(insert.parameters(), 3, now.value.number);
    bind_decimal(insert.parameters(), 6, wanted.corrected);
    insert.step();
    const auto id = insert.integer(0);
    insert.reset();
    transaction.commit();
    return id;
}

void CorrectionStore::end(std::int64_t id, const std::string& why, const std::string& actor, std::int64_t vintage)
{
    StoreSession::Transaction transaction(session_);
    const auto name = actor.empty() ? actor : checked_note("the name", actor);
    const auto reason = checked_note("the reason", why);
    Statement known(session_.database(), "SELECT k.ended_at, s.dataset_id FROM correction AS k"
                                         " JOIN series AS s ON /*: s.dataset_id = k.dataset_id AND */"
                                         " s.id = k.series_id WHERE k.id = $1");
    if (!known.bind(id).step())
        throw usage_error("there is no correction {} (see `skurd corrections --all`)", id);
    if (!known.is_null(0))
        throw usage_error("correction {} ended {} already", id, known.text(0));
    const auto dataset = known.integer(1);
    const auto ingest = transaction.record(CommitKind::correction, dataset);
    known.reset();
    Statement(session_.database(),
              "UPDATE correction SET ended_at = $2, ended_why = $3, ended_by = $4, ended_vintage_id = $5,"
              " ended_ingest_id = $6 WHERE /*: dataset_id = $7 AND */ id = $1")
        .run(id, session_.now(), reason, text_or_null(name), vintage == 0 ? std::nullopt : std::optional(vintage),
             ingest, dataset);
    transaction.commit();
}

std::vector<Correction> CorrectionStore::list(const std::optional<std::string>& dataset, Ended ended) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    SeriesNames names(session_.database());
    constexpr auto select = R"(
        SELECT k.id, k.series_id, d.name, p.text, k.expected, k.expected_decimals, k.expected_text, k.corrected,
            k.corrected_decimals, k.corrected_text, k.reason, k.actor, k.at, k.ended_at, k.ended_why, k.ended_by,
            k.ended_vintage_id, s.dataset_id
        FROM correction AS k JOIN series AS s ON /*: s.dataset_id = k.dataset_id AND */ s.id = k.series_id
        JOIN dataset AS d ON d.id = s.dataset_id
        JOIN period AS p ON p.id = k.period_id
        WHERE /*: k.dataset_id = $3 AND */ ($1 = '' OR d.name = $1)
            AND (CAST($2 AS BIGINT) <> 0 OR k.ended_at IS NULL) ORDER BY k.id)";
    auto& database = session_.database();
    const auto name = dataset.value_or("");
    Statement row(database, dataset_parts_if(!name.empty(), select));
    if (name.empty())
        row.bind(name, ended == Ended::included);
    else
        row.bind(name, ended == Ended::included, find_dataset(database, name));
    std::vector<Correction> found;
    while (row.step()) {
        found.push_back(read_correction(row, names));
        if (!session_.has_names()) {
            found.back().actor.clear();
            found.back().ended_by.clear();
        }
    }
    return found;
}

std::optional<Observation> CorrectionStore::cell(const Correction& correction) const
{
    for (auto& seen : ObservationStore(session_).as_of(selector_of(correction.dataset, correction.codes), {}))
        if (seen.series == correction.series && seen.period == correction.period)
            return std::move(seen);
    return std::nullopt;
}

} // namespace skurd
