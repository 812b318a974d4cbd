#include "store/verdict_store.hpp"
#include "lib/json/json.hpp"
#include "store/columns.hpp"
#include "store/numbers.hpp"

namespace skurd {

namespace {

constexpr auto verdict_columns =
    "indicator, definition, comparison, from_period, to_period, years, old_value,"
    " new_value, vintages, outcome, change, unit, rule, reason, sentence_nb, sentence_en,"
    " near_miss_nb, near_miss_en, allowance_nb, allowance_en, margin, within_margin, provisional";

Verdict read_verdict(const Statement& row)
{
    Verdict verdict;
    verdict.indicator = static_cast<int>(row.integer(0));
    verdict.definition = static_cast<int>(row.integer(1));
    verdict.comparison = enum_from<Comparison>(row.view(2));
    verdict.from = Period::parse(row.view(3)).value_or(Period());
    verdict.to = Period::parse(row.view(4)).value_or(Period());
    verdict.years = static_cast<int>(row.integer(5));
    verdict.old_value = exact_number(row, 6);
    verdict.new_value = exact_number(row, 7);
    verdict.vintages = Json::parse(row.view(8)).get<std::vector<std::int64_t>>();
    verdict.outcome = enum_from<Outcome>(row.view(9));
    verdict.change = exact_number(row, 10);
    verdict.unit = row.text(11);
    verdict.rule = row.text(12);
    verdict.reason = row.text(13);
    verdict.sentence.nb = row.text(14);
    verdict.sentence.en = row.text(15);
    verdict.near_miss = {row.text(16), row.text(17)};
    verdict.caveat = {row.text(18), row.text(19)};
    verdict.margin = exact_number(row, 20);
    verdict.within_margin = row.integer(21) != 0;
    verdict.provisional = row.integer(22) != 0;
    return verdict;
}

auto fields(const Verdict& v)
{
    return std::tie(v.indicator, v.definition, v.comparison, v.from, v.to, v.years, v.old_value, v.new_value,
                    v.vintages, v.outcome, v.change, v.unit, v.rule, v.reason, v.sentence.nb, v.sentence.en,
                    v.near_miss.nb, v.near_miss.en, v.caveat.nb, v.caveat.en, v.margin, v.within_margin,
                    v.provisional);
}

/// Appends verdicts that say something new.
class VerdictWriter {
public:
    VerdictWriter(Database& database, const std::string& catalogue_hash, std::string now)
        : catalogue_hash_(catalogue_hash), now_(std::move(now)),
          newest_(database, fmt::format("SELECT {} FROM verdict WHERE indicator = ? AND comparison = ?"
                                        " AND from_period = ? AND to_period = ? ORDER BY id DESC LIMIT 1",
                                        verdict_columns)),
          insert_(database,
                  fmt::format("INSERT INTO verdict ({}, catalogue_hash, made_at)"
                              " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                              verdict_columns))
    {
    }

    void keep(const Verdict& v)
    {
        newest_.bind(v.indicator, to_string(v.comparison), v.from.text(), v.to.text());
        if (newest_.step() && fields(read_verdict(newest_)) == fields(v))
            return;
        newest_.reset();
        insert_.run(v.indicator, v.definition, to_string(v.comparison), v.from.text(), v.to.text(), v.years,
                    exact_text(v.old_value), exact_text(v.new_value), Json(v.vintages).dump(), to_string(v.outcome),
                    exact_text(v.change), v.unit, v.rule, v.reason, v.sentence.nb, v.sentence.en, v.near_miss.nb,
                    v.near_miss.en, v.caveat.nb, v.caveat.en, exact_text(v.margin), v.within_margin, v.provisional,
                    catalogue_hash_, now_);
    }

private:
    const std::string& catalogue_hash_;
    std::string now_;
    Statement newest_;
    Statement insert_;
};

} // namespace

void VerdictStore::store(const std::vector<Verdict>& verdicts, const std::string& catalogue_hash)
{
    Database::Transaction transaction(session_.database());
    VerdictWriter writer(session_.database(), catalogue_hash, session_.now());
    for (const auto& verdict : verdicts)
        writer.keep(verdict);
    transaction.commit();
}

std::vector<Verdict> VerdictStore::newest(int indicator) const
{
    Statement row(session_.database(), fmt::format(R"(
        SELECT {} FROM verdict WHERE id IN (
            SELECT max(id) FROM verdict WHERE ?1 = 0 OR indicator = ?1
            GROUP BY indicator, comparison, from_period, to_period) ORDER BY id)",
                                                   verdict_columns));
    row.bind(indicator);
    std::vector<Verdict> found;
    while (row.step())
        found.push_back(read_verdict(row));
    return found;
}

std::optional<EvaluationState> VerdictStore::evaluation_state() const
{
    Statement row(session_.database(), "SELECT newest_vintage_id, catalogue_hash, annotations, annotations_withdrawn"
                                       " FROM evaluation_state");
    if (!row.step())
        return std::nullopt;
    return EvaluationState{row.integer(0), row.text(1), row.integer(2), row.integer(3)};
}

void VerdictStore::store_evaluation_state(const EvaluationState& state)
{
    Statement(session_.database(), R"(
        INSERT INTO evaluation_state (id, newest_vintage_id, catalogue_hash, annotations, annotations_withdrawn)
        VALUES (1, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET newest_vintage_id = excluded.newest_vintage_id,
            catalogue_hash = excluded.catalogue_hash, annotations = excluded.annotations,
            annotations_withdrawn = excluded.annotations_withdrawn)")
        .run(state.newest_vintage, state.catalogue_hash, state.annotations, state.annotations_withdrawn);
}

} // namespace skurd
