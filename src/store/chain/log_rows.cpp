#include "store/chain/log_rows.hpp"

#include <array>

namespace skurd {

namespace {

// A query is added at the end of its list, never changed, and names its columns: links are not made anew. Names of
// people are hashed; what nobody is called, such as skurd's own "", stands as it is. Parts that say which dataset is
// meant ($2) give the same rows with and without, where a commit or run is of one dataset.
constexpr std::array older{
    LogRows{"SELECT position, vintage_id, form, sealed, hash FROM chain WHERE $1 = 0 ORDER BY position"},
};
constexpr std::array run{
    LogRows{
        "SELECT id, job, dataset, started_at, finished_at, outcome, message, requests, bytes, cells, rows, revised,"
        " suppressed, vintage_id, withdrawn, relabelled FROM run WHERE id = $1 AND outcome <> 'running'"},
    LogRows{"SELECT r.position, r.payload_hash, p.size, p.media_type, p.origin_url, p.stored_at FROM run_payload AS r"
            " JOIN payload AS p ON p.hash = r.payload_hash WHERE r.run_id = $1 ORDER BY r.position"},
    LogRows{"SELECT id, dataset_id, vintage_id, seq, claimed_at, claimed_field, published_at, published_field,"
            " confidence, observed_at, origin, payload_hash, content_hash, value_hash, coverage, coverage_id, cells"
            " FROM confirmation WHERE /*: dataset_id = $2 AND */ run_id = $1 ORDER BY id"},
};
constexpr std::array catalogue{
    LogRows{"SELECT hash, stored_at FROM catalogue WHERE id = $1"},
    LogRows{"SELECT name, body FROM catalogue_file WHERE catalogue_id = $1 ORDER BY name"},
    LogRows{"SELECT number, label_nb, label_en, part, type, kind, unit, direction, baseline, source, target,"
            " threshold_share_points, threshold_percent"
            " FROM indicator WHERE catalogue_id = $1 ORDER BY number"},
    LogRows{"SELECT indicator, definition, published_from, formula, kind, unit, price_base, comparable_with_previous,"
            " keeps_earlier_values, reason_nb, reason_en, breaks, break_reason_nb, break_reason_en, change, decimals,"
            " reads_earlier_values, respondents, label_nb, label_en, baseline, judge, population"
            " FROM definition WHERE catalogue_id = $1 ORDER BY indicator, definition"},
    LogRows{"SELECT number, title_nb, title_en, note_nb, note_en, published, baseline, published_confidence, figures"
            " FROM indicator_set WHERE catalogue_id = $1 ORDER BY number"},
    LogRows{"SELECT set_number, indicator, number_in_set, report_table"
            " FROM indicator_set_member WHERE catalogue_id = $1 ORDER BY set_number, indicator"},
    LogRows{"SELECT set_number, number_in_set, indicator, label_nb, label_en, formula"
            " FROM indicator_set_merged WHERE catalogue_id = $1 ORDER BY set_number, number_in_set"},
    LogRows{"SELECT set_number, indicator, reason_nb, reason_en"
            " FROM indicator_set_retired WHERE catalogue_id = $1 ORDER BY set_number, indicator"},
    LogRows{"SELECT set_number, number_in_set, indicator, label_nb, label_en, reason_nb, reason_en, formula"
            " FROM indicator_set_revised WHERE catalogue_id = $1 ORDER BY set_number, number_in_set"},
};
constexpr std::array actor{
    LogRows{"SELECT u.id, u.kind, u.item, u.at, coalesce(p.hash, u.actor), u.uid_hash"
            " FROM actor_uid AS u LEFT JOIN person AS p ON p.name = u.actor WHERE u.id = $1"},
};
constexpr std::array forgotten{
    LogRows{"SELECT name, hash, forgotten_at FROM person WHERE forgotten = $1"},
};
constexpr std::array signature{
    LogRows{"SELECT sign_off_id, statement, public_key, signature, at FROM sign_off_signature WHERE id = $1"},
};

// Of a commit, by the rows' ingest_id.
constexpr std::array vintage_rows{
    LogRows{
        R"(SELECT v.id, d.name, v.seq, v.claimed_at, v.claimed_field, v.published_at, v.published_field, v.confidence,
             v.observed_at, v.origin, v.payload_hash, v.content_hash, v.value_hash, v.coverage, c.hash, v.run_id,
             v.cells, v.rows, v.revised, v.withdrawn
             FROM vintage AS v JOIN dataset AS d ON d.id = v.dataset_id
             JOIN coverage AS c ON /*: c.dataset_id = v.dataset_id AND */ c.id = v.coverage_id
             WHERE /*: v.dataset_id = $2 AND */ v.ingest_id = $1 ORDER BY v.id)"},
};
constexpr std::array label_rows{
    LogRows{R"(SELECT dataset_id, dimension, category, published_at, seq, release_id, label, unit, decimals, notes
             FROM label_version WHERE /*: dataset_id = $2 AND */ ingest_id = $1
             ORDER BY dataset_id, dimension, category, published_at, seq)"},
    LogRows{R"(SELECT id, dataset_id, release_id, published_at, observed_at, what, dimension, category, old, new
             FROM metadata_change WHERE /*: dataset_id = $2 AND */ ingest_id = $1 ORDER BY id)"},
};
constexpr std::array value_rows{
    LogRows{
        R"(SELECT v.id, v.indicator, v.definition, p.text, s.text, s.meaning, v.vintage_id, v.published_at, v.made_at,
             v.value, v.decimals, v.value_text
             FROM indicator_value AS v JOIN period AS p ON p.id = v.period_id JOIN status AS s ON s.id = v.status_id
             WHERE v.ingest_id = $1 ORDER BY v.id)",
        1},
};
constexpr std::array verdict_rows{
    LogRows{
        R"(SELECT id, indicator, definition, comparison, from_period, to_period, years, old_value, new_value, outcome,
             change, unit, rule, reason, sentence_nb, sentence_en, catalogue_hash, made_at, near_miss_nb, near_miss_en,
             caveat_nb, caveat_en, margin, within_margin, provisional
             FROM verdict WHERE ingest_id = $1 ORDER BY id)"},
    LogRows{R"(SELECT l.verdict_id, l.position, l.vintage_id
             FROM verdict AS v JOIN verdict_vintage AS l ON l.verdict_id = v.id
             WHERE v.ingest_id = $1 ORDER BY l.verdict_id, l.position)"},
};
constexpr std::array flag_rows{
    LogRows{"SELECT e.id, f.kind, f.key, f.indicator, f.period, f.raised_at, f.job, e.at, e.event, e.state, e.inputs,"
            " e.text_nb, e.text_en, e.note, coalesce(who.hash, e.actor), e.origin"
            " FROM flag_event AS e JOIN flag AS f ON f.id = e.flag_id LEFT JOIN person AS who ON who.name = e.actor"
            " WHERE e.ingest_id = $1 ORDER BY e.id"},
};
constexpr std::array annotation_rows{
    LogRows{
        "SELECT a.id, a.kind, a.dataset_id, a.series_id, p.text, a.vintage_id, a.text, coalesce(who.hash, a.actor),"
        " a.at FROM annotation AS a LEFT JOIN period AS p ON p.id = a.period_id"
        " LEFT JOIN person AS who ON who.name = a.actor"
        " WHERE /*: a.dataset_id = $2 AND */ a.ingest_id = $1 ORDER BY a.id"},
    LogRows{"SELECT a.id, a.withdrawn_at, a.withdrawn_why, coalesce(who.hash, a.withdrawn_by) FROM annotation AS a"
            " LEFT JOIN person AS who ON who.name = a.withdrawn_by"
            " WHERE /*: a.dataset_id = $2 AND */ a.withdrawn_ingest_id = $1 ORDER BY a.id"},
};
constexpr std::array correction_rows{
    LogRows{
        "SELECT k.id, k.series_id, p.text, k.reason, coalesce(who.hash, k.actor), k.at, k.expected,"
        " k.expected_decimals, k.expected_text, k.corrected, k.corrected_decimals, k.corrected_text"
        " FROM correction AS k JOIN period AS p ON p.id = k.period_id LEFT JOIN person AS who ON who.name = k.actor"
        " WHERE /*: k.dataset_id = $2 AND */ k.ingest_id = $1 ORDER BY k.id",
        2},
    LogRows{"SELECT k.id, k.ended_at, k.ended_why, coalesce(who.hash, k.ended_by), k.ended_vintage_id"
            " FROM correction AS k LEFT JOIN person AS who ON who.name = k.ended_by"
            " WHERE /*: k.dataset_id = $2 AND */ k.ended_ingest_id = $1 ORDER BY k.id"},
};
constexpr std::array sign_off_rows{
    LogRows{"SELECT s.id, s.set_number, s.period, s.as_of, s.known_at, s.name_nb, s.name_en, s.signed_at,"
            " coalesce(who.hash, s.actor), s.note, s.catalogue_hash"
            " FROM sign_off AS s LEFT JOIN person AS who ON who.name = s.actor WHERE s.ingest_id = $1 ORDER BY s.id"},
    LogRows{"SELECT r.sign_off_id, r.number, r.indicator, r.merged_into, r.label_nb, r.label_en, r.unit"
            " FROM sign_off AS s JOIN signed_row AS r ON r.sign_off_id = s.id"
            " WHERE s.ingest_id = $1 ORDER BY r.sign_off_id, r.number"},
    LogRows{"SELECT r.sign_off_id, r.number, r.period, r.value, r.status, r.meaning, r.definition, r.vintage_id,"
            " r.published_at"
            " FROM sign_off AS s JOIN signed_value AS r ON r.sign_off_id = s.id"
            " WHERE s.ingest_id = $1 ORDER BY r.sign_off_id, r.number, r.period"},
    LogRows{"SELECT r.sign_off_id, r.number, r.comparison, r.from_period, r.to_period, r.old_value, r.new_value,"
            " r.outcome, r.change, r.unit, r.rule, r.reason, r.sentence_nb, r.sentence_en"
            " FROM sign_off AS s JOIN signed_verdict AS r ON r.sign_off_id = s.id"
            " WHERE s.ingest_id = $1 ORDER BY r.sign_off_id, r.number, r.comparison, r.from_period, r.to_period"},
    LogRows{"SELECT r.sign_off_id, r.format, r.language, r.payload_hash"
            " FROM sign_off AS s JOIN signed_rendering AS r ON r.sign_off_id = s.id"
            " WHERE s.ingest_id = $1 ORDER BY r.sign_off_id, r.format, r.language"},
};

} // namespace

std::span<const LogRows> log_rows(CommitKind kind)
{
    switch (kind) {
    case CommitKind::vintage:
        return vintage_rows;
    case CommitKind::label:
        return label_rows;
    case CommitKind::indicator_value:
        return value_rows;
    case CommitKind::verdict:
        return verdict_rows;
    case CommitKind::flag:
        return flag_rows;
    case CommitKind::annotation:
        return annotation_rows;
    case CommitKind::correction:
        return correction_rows;
    case CommitKind::sign_off:
        return sign_off_rows;
    }
    return vintage_rows;
}

std::span<const LogRows> log_rows(LogItem kind)
{
    switch (kind) {
    case LogItem::run:
        return run;
    case LogItem::catalogue:
        return catalogue;
    case LogItem::actor:
        return actor;
    case LogItem::forgotten:
        return forgotten;
    case LogItem::signature:
        return signature;
    case LogItem::older:
    case LogItem::commit:
        break;
    }
    return older;
}

} // namespace skurd
