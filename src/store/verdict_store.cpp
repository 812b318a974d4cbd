#include "store/verdict_store.hpp"
#include "store/columns.hpp"
#include "store/numbers.hpp"
#include "store/series.hpp"

#include <algorithm>
#include <iterator>

namespace skurd {

namespace {

/// The newest of an indicator, a comparison and two periods.
constexpr auto select_newest = R"(
    SELECT indicator, definition, comparison, from_period, to_period, years, old_value, new_value, outcome, change,
        unit, rule, reason, sentence_nb, sentence_en, near_miss_nb, near_miss_en, caveat_nb, caveat_en, margin,
        within_margin, provisional, id
    FROM verdict WHERE indicator = $1 AND comparison = $2 AND from_period = $3 AND to_period = $4
    ORDER BY id DESC LIMIT 1)";
/// The newest of all comparisons of an indicator, or of all indicators for 0.
constexpr auto select_all_newest = R"(
    SELECT indicator, definition, comparison, from_period, to_period, years, old_value, new_value, outcome, change,
        unit, rule, reason, sentence_nb, sentence_en, near_miss_nb, near_miss_en, caveat_nb, caveat_en, margin,
        within_margin, provisional, id
    FROM verdict WHERE id IN (
        SELECT max(id) FROM verdict WHERE CAST($1 AS BIGINT) = 0 OR indicator = $1
        GROUP BY indicator, comparison, from_period, to_period) ORDER BY id)";
constexpr auto insert_verdict = R"(
    INSERT INTO verdict (indicator, definition, comparison, from_period, to_period, years, old_value, new_value,
        outcome, change, unit, rule, reason, sentence_nb, sentence_en, near_miss_nb, near_miss_en, caveat_nb,
        caveat_en, margin, within_margin, provisional, catalogue_hash, made_at, ingest_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
        $24, $25)
    RETURNING id)";

Verdict read_verdict(const Statement& row)
{
    Verdict verdict;
    verdict.indicator = static_cast<int>(row.integer(0));
    verdict.definition = static_cast<int>(row.integer(1));
    verdict.comparison = enum_from<Comparison>(row.view(2));
    verdict.from = Period::from_text(row.view(3));
    verdict.to = Period::from_text(row.view(4));
    verdict.years = static_cast<int>(row.integer(5));
    verdict.old_value = exact_number(row, 6);
    verdict.new_value = exact_number(row, 7);
    verdict.outcome = enum_from<Outcome>(row.view(8));
    verdict.change = exact_number(row, 9);
    verdict.unit = row.text(10);
    verdict.rule = row.text(11);
    verdict.reason = row.text(12);
    verdict.sentence = {row.text(13), row.text(14)};
    verdict.near_miss = {row.text(15), row.text(16)};
    verdict.caveat = {row.text(17), row.text(18)};
    verdict.margin = exact_number(row, 19);
    verdict.within_margin = row.integer(20) != 0;
    verdict.provisional = row.integer(21) != 0;
    return verdict;
}

auto fields(const Verdict& v)
{
    return std::tie(v.indicator, v.definition, v.comparison, v.from, v.to, v.years, v.old_value, v.new_value,
                    v.vintages, v.outcome, v.change, v.unit, v.rule, v.reason, v.sentence.nb, v.sentence.en,
                    v.near_miss.nb, v.near_miss.en, v.caveat.nb, v.caveat.en, v.margin, v.within_margin,
                    v.provisional);
}

/// Reads verdicts of a statement that gives the verdict's columns and, after them, its id.
class VerdictReader {
public:
    explicit VerdictReader(Database& database)
        : vintage_(database, "SELECT vintage_id FROM verdict_vintage WHERE verdict_id = $1 ORDER BY position")
    {
    }

    Verdict read(const Statement& row)
    {
        auto verdict = read_verdict(row);
        vintage_.bind(row.integer(22));
        while (vintage_.step())
            verdict.vintages.push_back(vintage_.integer(0));
        return verdict;
    }

private:
    Statement vintage_;
};

/// Appends verdicts that say something new.
class VerdictWriter {
public:
    VerdictWriter(Database& database, StoreSession::Transaction& transaction, const std::string& catalogue_hash,
                  std::string now)
        : transaction_(transaction), catalogue_hash_(catalogue_hash), now_(std::move(now)), reader_(database),
          newest_(database, select_newest), insert_(database, insert_verdict),
          insert_vintage_(database,
                          "INSERT INTO verdict_vintage (verdict_id, position, vintage_id) VALUES ($1, $2, $3)")
    {
    }

    void store(const Verdict& v)
    {
        newest_.bind(v.indicator, to_string(v.comparison), v.from.text(), v.to.text());
        if (newest_.step() && fields(reader_.read(newest_)) == fields(v))
            return;
        newest_.reset();
        const auto id = insert_.insert(v.indicator, v.definition, to_string(v.comparison), v.from.text(), v.to.text(),
                                       v.years, exact_text(v.old_value), exact_text(v.new_value),
                                       to_string(v.outcome), exact_text(v.change), v.unit, v.rule, v.reason,
                                       v.sentence.nb, v.sentence.en, v.near_miss.nb, v.near_miss.en, v.caveat.nb,
                                       v.caveat.en, exact_text(v.margin), v.within_margin, v.provisional,
                                       catalogue_hash_, now_, transaction_.record(CommitKind::verdict));
        for (std::size_t i = 0; i < v.vintages.size(); ++i)
            insert_vintage_.run(id, i, v.vintages[i]);
    }

private:
    StoreSession::Transaction& transaction_;
    const std::string& catalogue_hash_;
    std::string now_;
    VerdictReader reader_;
    Statement newest_;
    Statement insert_;
    Statement insert_vintage_;
};

std::vector<LeftOut> read_left_out(Statement& row)
{
    std::vector<LeftOut> found;
    while (row.step())
        found.push_back({row.integer(0), Period::from_text(row.text(1)), static_cast<int>(row.integer(2)),
                         static_cast<int>(row.integer(3))});
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

void VerdictStore::store(const std::vector<Verdict>& verdicts, const std::string& catalogue_hash)
{
    StoreSession::Transaction transaction(session_);
    VerdictWriter writer(session_.database(), transaction, catalogue_hash, session_.now());
    for (const auto& verdict : verdicts)
        writer.store(verdict);
    transaction.commit();
}

std::vector<Verdict> VerdictStore::newest(int indicator) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    Statement row(session_.database(), select_all_newest);
    row.bind(indicator);
    VerdictReader reader(session_.database());
    std::vector<Verdict> found;
    while (row.step())
        found.push_back(reader.read(row));
    return found;
}

std::vector<LeftOut> VerdictStore::left_out() const
{
    Statement row(session_.database(), "SELECT l.series_id, p.text, l.indicator, l.definition FROM left_out AS l"
                                       " JOIN period AS p ON p.id = l.period_id");
    return read_left_out(row);
}

std::vector<LeftOut> VerdictStore::left_out(const std::string& dataset) const
{
    auto& database = session_.database();
    Statement row(database, "SELECT l.series_id, p.text, l.indicator, l.definition FROM left_out AS l"
                            " JOIN period AS p ON p.id = l.period_id"
                            " JOIN series AS s ON s.id = l.series_id WHERE s.dataset_id = $1");
    row.bind(find_dataset(database, dataset));
    return read_left_out(row);
}

void VerdictStore::store_left_out(const std::vector<LeftOut>& now)
{
    auto& database = session_.database();
    const auto before = left_out();
    const auto lacking_in = [](const std::vector<LeftOut>& some, const std::vector<LeftOut>& others) {
        std::vector<LeftOut> lacking;
        std::set_difference(some.begin(), some.end(), others.begin(), others.end(), std::back_inserter(lacking));
        return lacking;
    };
    StoreSession::Transaction transaction(session_);
    Statement remove(database, "DELETE FROM left_out WHERE series_id = $1 AND period_id = $2 AND indicator = $3");
    for (const auto& gone : lacking_in(before, now))
        remove.run(gone.series, intern_period(database, gone.period), gone.indicator);
    Statement insert(database,
                     "INSERT INTO left_out (series_id, period_id, indicator, definition) VALUES ($1, $2, $3, $4)");
    for (const auto& added : lacking_in(now, before))
        insert.run(added.series, intern_period(database, added.period), added.indicator, added.definition);
    transaction.commit();
}

std::optional<EvaluationState> VerdictStore::evaluation_state() const
{
    Statement row(session_.database(), "SELECT commit_seq, catalogue_hash, form FROM evaluation_state");
    return row.step() ? std::optional(EvaluationState{row.integer(0), row.text(1), row.integer(2)}) : std::nullopt;
}

void VerdictStore::store_evaluation_state(const EvaluationState& state)
{
    Statement(session_.database(),
              "INSERT INTO evaluation_state (id, commit_seq, catalogue_hash, form) VALUES (1, $1, $2, $3)"
              " ON CONFLICT (id) DO UPDATE SET commit_seq = excluded.commit_seq,"
              " catalogue_hash = excluded.catalogue_hash, form = excluded.form")
        .run(state.commit_seq, state.catalogue_hash, state.form);
}

std::vector<int> VerdictStore::emptied(const std::vector<Indicator>& indicators) const
{
    Statement number(session_.database(), R"(
        SELECT 1 FROM indicator_value AS iv WHERE indicator = $1 AND definition >= $2 AND value IS NOT NULL
          AND id = (SELECT max(id) FROM indicator_value AS later WHERE later.indicator = iv.indicator
                    AND later.definition = iv.definition AND later.period_id = iv.period_id)
        ORDER BY indicator DESC, definition DESC, period_id DESC, id DESC LIMIT 1)"); // by the index, the newest
                                                                                      // first
    Statement earlier(session_.database(),
                      "SELECT 1 FROM indicator_value"
                      " WHERE indicator = $1 AND definition >= $2 AND value IS NOT NULL LIMIT 1");
    std::vector<int> found;
    for (const auto& indicator : indicators) {
        const auto first = indicator.first_standing_definition();
        if (!number.bind(indicator.number, first).step() && earlier.bind(indicator.number, first).step())
            found.push_back(indicator.number);
    }
    return found;
}

} // namespace skurd
