#include "store/annotation_store.hpp"
#include "store/actor_uid_store.hpp"
#include "store/annotation_target.hpp"
#include "store/columns.hpp"
#include "store/engine/dataset_parts.hpp"
#include "store/selection.hpp"
#include "store/series.hpp"

namespace skurd {

namespace {

/// The period's id. Throws where the series, or any of the dataset when it is 0, has nothing in it.
std::int64_t known_period(Database& database, const std::string& target, std::int64_t dataset, std::int64_t series,
                          const Period& period)
{
    const auto id = find_period(database, period);
    Statement known(database, R"(
        SELECT 1 FROM series AS s WHERE (CAST($1 AS BIGINT) = 0 OR s.id = $1) AND s.dataset_id = $2 AND EXISTS (
            SELECT 1 FROM dataset_band AS b JOIN observation AS o ON /*: o.dataset_id = $2 AND */ o.band = b.band
            WHERE b.dataset_id = $2 AND o.series_id = s.id AND o.period_id = $3) LIMIT 1)");
    if (id == 0 || !known.bind(series, dataset, id).step())
        throw usage_error("{} has nothing in the period {}: see `skurd get {}`", target, period.text(), target);
    return id;
}

/// Throws where the dataset has no such vintage.
void require_vintage(Database& database, const std::string& dataset_name, std::int64_t dataset, std::int64_t vintage)
{
    Statement known(database, "SELECT 1 FROM vintage WHERE id = $1 AND dataset_id = $2");
    if (!known.bind(vintage, dataset).step())
        throw usage_error("{} has no vintage {}: `skurd history` shows the vintage of every number", dataset_name,
                          vintage);
}

Annotation read_annotation(const Statement& row, SeriesNames& names)
{
    Annotation annotation;
    annotation.id = row.integer(0);
    annotation.kind = enum_from<AnnotationKind>(row.view(1));
    annotation.dataset = row.text(2);
    annotation.series = row.integer(3);
    if (annotation.series != 0)
        annotation.codes = names(row.integer(13), annotation.series).codes;
    if (!row.is_null(4))
        annotation.period = Period::from_text(row.view(4));
    annotation.vintage = row.integer(5);
    annotation.text = row.text(6);
    annotation.actor = row.text(7);
    annotation.made_at = time_from(row.view(8));
    annotation.withdrawn_at = optional_time(row, 9);
    annotation.withdrawn_why = row.text(10);
    annotation.withdrawn_by = row.text(11);
    annotation.uid = uid_or_nothing(row, 12);
    return annotation;
}

} // namespace

std::int64_t AnnotationStore::add(const Selector& about, const Annotation& annotation)
{
    StoreSession::Transaction transaction(session_);
    const auto text = checked_note("the text", annotation.text);
    const auto name = checked_note("the name", annotation.actor);
    if (annotation.kind == AnnotationKind::series_break && !annotation.period)
        throw usage_error("a break needs the first period after it (--period)");
    if (!annotation.period && annotation.vintage == 0)
        throw usage_error("say what of {} it is about: a period (--period), a vintage (--vintage), or both",
                          about.text());
    const auto dataset = select_series(session_.database(), about).dataset;
    const auto series = about.codes.empty() ? 0 : one_series(session_.database(), about);
    if (annotation.vintage != 0)
        require_vintage(session_.database(), about.dataset, dataset, annotation.vintage);
    const auto period =
        annotation.period ? known_period(session_.database(), about.text(), dataset, series, *annotation.period) : 0;
    const auto id =
        Statement(session_.database(),
                  "INSERT INTO annotation (kind, dataset_id, series_id, period_id, vintage_id, text, actor,"
                  " at, ingest_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id")
            .insert(to_string(annotation.kind), dataset, id_or_null(series), id_or_null(period),
                    id_or_null(annotation.vintage), text, name, session_.now(),
                    transaction.record(CommitKind::annotation, dataset));
    transaction.commit();
    return id;
}

void AnnotationStore::withdraw(std::int64_t id, const std::string& why, const std::string& actor)
{
    StoreSession::Transaction transaction(session_);
    const auto reason = checked_note("the reason", why);
    const auto name = checked_note("the name", actor);
    Statement known(session_.database(), "SELECT withdrawn_at, dataset_id FROM annotation WHERE id = $1");
    if (!known.bind(id).step())
        throw usage_error("there is no annotation {} (see `skurd annotations --all`)", id);
    if (!known.is_null(0))
        throw usage_error("annotation {} was withdrawn {} already", id, known.text(0));
    const auto dataset = known.integer(1);
    const auto ingest = transaction.record(CommitKind::annotation, dataset);
    known.reset();
    Statement(session_.database(), "UPDATE annotation SET withdrawn_at = $2, withdrawn_why = $3, withdrawn_by = $4,"
                                   " withdrawn_ingest_id = $5 WHERE /*: dataset_id = $6 AND */ id = $1")
        .run(id, session_.now(), reason, name, ingest, dataset);
    transaction.commit();
}

std::vector<Annotation> AnnotationStore::list(const std::optional<std::string>& dataset, Ended withdrawn) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    SeriesNames names(session_.database());
    constexpr auto select = R"(
        SELECT a.id, a.kind, d.name, a.series_id, p.text, a.vintage_id, a.text, a.actor, a.at, a.withdrawn_at,
            a.withdrawn_why, a.withdrawn_by,
            (SELECT max(u.uid) FROM actor_uid AS u WHERE u.kind = 'annotation' AND u.item = a.id), a.dataset_id
        FROM annotation AS a JOIN dataset AS d ON d.id = a.dataset_id LEFT JOIN period AS p ON p.id = a.period_id
        WHERE /*: a.dataset_id = $3 AND */ ($1 = '' OR d.name = $1)
            AND (CAST($2 AS BIGINT) <> 0 OR a.withdrawn_at IS NULL) ORDER BY a.id)";
    auto& database = session_.database();
    const auto name = dataset.value_or("");
    Statement row(database, dataset_parts_if(!name.empty(), select));
    if (name.empty())
        row.bind(name, withdrawn == Ended::included);
    else
        row.bind(name, withdrawn == Ended::included, find_dataset(database, name));
    std::vector<Annotation> found;
    while (row.step()) {
        found.push_back(read_annotation(row, names));
        if (!session_.has_names()) {
            auto& annotation = found.back();
            annotation.actor.clear();
            annotation.withdrawn_by.clear();
            annotation.uid.reset();
        }
    }
    return found;
}

} // namespace skurd
