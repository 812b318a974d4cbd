#include "store/catalogue_store.hpp"
#include "base/text.hpp"
#include "store/chain/log_chain.hpp"
#include "store/columns.hpp"
#include "store/numbers.hpp"
#include "store/series.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// "491", "2016: 491, 2018: 500"; empty where they are not known.
std::string people_text(const PeopleCount& people)
{
    std::vector<std::string> parts;
    if (people.each != 0)
        parts.push_back(std::to_string(people.each));
    for (const auto& [period, count] : people.in_period)
        parts.push_back(fmt::format("{}: {}", period.text(), count));
    return join(parts, ", ");
}

/// Writes one catalogue into its tables.
class CatalogueWriter {
public:
    CatalogueWriter(Database& database, std::int64_t id)
        : id_(id),
          indicator_(database,
                     "INSERT INTO indicator (catalogue_id, number, label_nb, label_en, part, type, kind,"
                     " unit, direction, baseline, source, target, threshold_share_points,"
                     " threshold_percent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"),
          definition_(
              database,
              "INSERT INTO definition (catalogue_id, indicator, definition, published_from,"
              " formula, kind, unit, price_base, comparable_with_previous, keeps_earlier_values,"
              " reason_nb, reason_en, breaks, break_reason_nb, break_reason_en, change,"
              " decimals, reads_earlier_values, respondents, label_nb, label_en, baseline, judge, population)"
              " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,"
              " $21, $22, $23, $24)"),
          set_(database, "INSERT INTO indicator_set (catalogue_id, number, title_nb, title_en, note_nb, note_en,"
                         " published, baseline, published_confidence, figures)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
          member_(database, "INSERT INTO indicator_set_member (catalogue_id, set_number, indicator, number_in_set,"
                            " report_table) VALUES ($1, $2, $3, $4, $5)"),
          retired_(database, "INSERT INTO indicator_set_retired VALUES ($1, $2, $3, $4, $5)"),
          merged_(database, "INSERT INTO indicator_set_merged VALUES ($1, $2, $3, $4, $5, $6, $7)"),
          revised_(database, "INSERT INTO indicator_set_revised VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
          file_(database, "INSERT INTO catalogue_file VALUES ($1, $2, $3)")
    {
    }

    void add(const Indicator& indicator)
    {
        std::optional<std::string> points;
        std::optional<std::string> percent;
        if (indicator.thresholds) {
            points = indicator.thresholds->share_points.text();
            percent = indicator.thresholds->percent.text();
        }
        indicator_.run(id_, indicator.number, indicator.label.nb, indicator.label.en, indicator.part, indicator.type,
                       to_string(indicator.kind), indicator.unit, to_string(indicator.direction),
                       indicator.baseline.text(), indicator.source,
                       indicator.target ? std::optional(indicator.target->text()) : std::nullopt, points, percent);
        for (const auto& definition : indicator.definitions)
            add(indicator, definition);
    }

    void add(const IndicatorSet& set, const Catalogue& catalogue)
    {
        const bool is_dated = set.published != Time();
        set_.run(id_, set.number, set.title.nb, set.title.en, set.note.nb, set.note.en,
                 is_dated ? std::optional(format_time(set.published)) : std::nullopt, set.baseline.text(),
                 to_string(set.published_known), set.figures == SetFigures::known ? "known" : "unknown");
        for (const auto member : set.members) {
            const auto renumbered = set.numbers.find(member);
            const auto* indicator = catalogue.find(member);
            const auto table = indicator ? set.tables.find(indicator->part) : set.tables.end();
            member_.run(id_, set.number, member, renumbered == set.numbers.end() ? member : renumbered->second,
                        table == set.tables.end() ? std::string() : table->second);
        }
        for (const auto& retired : set.retired)
            retired_.run(id_, set.number, retired.indicator, retired.reason.nb, retired.reason.en);
        for (const auto& merged : set.merged)
            merged_.run(id_, set.number, merged.number, merged.into, merged.label.nb, merged.label.en,
                        merged.formula.text());
        for (const auto& revised : set.revised)
            revised_.run(id_, set.number, fmt::format("{}{}", revised.number, revised.suffix), revised.of,
                         revised.label.nb, revised.label.en, revised.reason.nb, revised.reason.en,
                         revised.formula.text());
    }

    void add_file(const std::string& name, const std::string& body) { file_.run(id_, name, body); }

private:
    void add(const Indicator& indicator, const Definition& definition)
    {
        std::vector<std::string> breaks;
        std::vector<std::string> reasons_nb;
        std::vector<std::string> reasons_en;
        for (const auto& one : definition.breaks) {
            breaks.push_back(one.first_after.text() + (one.comparable ? " (comparable)" : ""));
            reasons_nb.push_back(one.reason.nb);
            reasons_en.push_back(one.reason.en);
        }
        const auto kind = definition.kind ? std::optional(to_string(*definition.kind)) : std::nullopt;
        const auto& label = indicator.label_in(definition);
        definition_.run(id_, indicator.number, definition.id, format_time(definition.from), definition.formula.text(),
                        kind, definition.unit, definition.price_base, definition.comparable_with_previous,
                        definition.keeps_earlier_values, definition.reason.nb, definition.reason.en,
                        join(breaks, ", "), join(reasons_nb, "; "), join(reasons_en, "; "),
                        to_string(definition.change), definition.decimals, definition.reads_earlier_values,
                        people_text(definition.respondents), label.nb, label.en,
                        indicator.baseline_in(definition).text(), to_string(definition.judged_on),
                        people_text(definition.population));
    }

    std::int64_t id_;
    Statement indicator_;
    Statement definition_;
    Statement set_;
    Statement member_;
    Statement retired_;
    Statement merged_;
    Statement revised_;
    Statement file_;
};

std::int64_t add_catalogue(Database& database, const Catalogue& catalogue, const std::string& now)
{
    const auto id =
        Statement(database, "INSERT INTO catalogue (hash, stored_at, current) VALUES ($1, $2, 0) RETURNING id")
            .insert(catalogue.hash, now);
    CatalogueWriter writer(database, id);
    for (const auto& indicator : catalogue.indicators)
        writer.add(indicator);
    for (const auto& set : catalogue.sets)
        writer.add(set, catalogue);
    for (const auto& [name, body] : catalogue.files)
        writer.add_file(name, body);
    LogChain(database).add(LogItem::catalogue, id);
    return id;
}

} // namespace

void CatalogueStore::store(const Catalogue& catalogue)
{
    StoreSession::Transaction transaction(session_);
    Statement known(session_.database(), "SELECT id, current FROM catalogue WHERE hash = $1");
    const bool is_known = known.bind(catalogue.hash).step();
    if (is_known && known.integer(1) != 0)
        return;
    const auto id = is_known ? known.integer(0) : add_catalogue(session_.database(), catalogue, session_.now());
    known.reset();
    Statement(session_.database(), "UPDATE catalogue SET current = CASE WHEN id = $1 THEN 1 ELSE 0 END").run(id);
    transaction.commit();
}

std::vector<StoredCatalogue> CatalogueStore::list() const
{
    Statement row(session_.database(), "SELECT hash, stored_at, current FROM catalogue ORDER BY id");
    std::vector<StoredCatalogue> found;
    while (row.step())
        found.push_back({row.text(0), time_from(row.view(1)), row.integer(2) != 0});
    return found;
}

std::map<std::string, std::string> CatalogueStore::files(const std::string& hash) const
{
    Statement row(session_.database(), "SELECT name, body FROM catalogue_file WHERE catalogue_id ="
                                       " (SELECT id FROM catalogue WHERE hash = $1)");
    row.bind(hash);
    std::map<std::string, std::string> files;
    while (row.step())
        files.emplace(row.text(0), row.text(1));
    return files;
}

} // namespace skurd
