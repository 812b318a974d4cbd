#include "store/chain/chain_inspection.hpp"

#include "store/chain/content_chain.hpp"
#include "store/chain/log_chain.hpp"
#include "store/chain/older_chain.hpp"
#include "store/chain/people.hpp"
#include "store/chain/signed_statement.hpp"
#include "store/columns.hpp"

#include <fmt/format.h>

#include <array>
#include <map>

namespace skurd {

namespace {

/// Rows that must belong to a commit: the table, its column, and the kinds of commit that may have them.
struct CommittedRows {
    const char* table;
    const char* column;
    const char* kinds;
};
constexpr std::array committed{
    CommittedRows{"vintage", "ingest_id", "'vintage'"},
    CommittedRows{"label_version", "ingest_id", "'vintage', 'label'"},
    CommittedRows{"metadata_change", "ingest_id", "'vintage', 'label'"},
    CommittedRows{"indicator_value", "ingest_id", "'indicator value'"},
    CommittedRows{"verdict", "ingest_id", "'verdict'"},
    CommittedRows{"flag_event", "ingest_id", "'flag'"},
    CommittedRows{"annotation", "ingest_id", "'annotation'"},
    CommittedRows{"annotation", "withdrawn_ingest_id", "'annotation'"},
    CommittedRows{"correction", "ingest_id", "'correction'"},
    CommittedRows{"correction", "ended_ingest_id", "'correction'"},
    CommittedRows{"sign_off", "ingest_id", "'sign-off'"},
};

/// What must be linked one by one.
struct LinkedRows {
    LogItem kind;
    const char* ids; ///< a SELECT of the items
};
constexpr std::array linked{
    LinkedRows{LogItem::run, "SELECT id FROM run WHERE outcome <> 'running'"},
    LinkedRows{LogItem::catalogue, "SELECT id FROM catalogue"},
    LinkedRows{LogItem::actor, "SELECT id FROM actor_uid"},
    LinkedRows{LogItem::forgotten, "SELECT forgotten FROM person WHERE forgotten IS NOT NULL"},
    LinkedRows{LogItem::signature, "SELECT id FROM sign_off_signature"},
};

class ChainInspection {
public:
    ChainInspection(Database& database, const std::string& kept_head) : database_(database), kept_(kept_head) {}

    ChainFindings run()
    {
        check_older();
        check_content();
        check_log();
        for (const auto& rows : committed)
            check_committed(rows);
        for (const auto& rows : linked)
            check_linked(rows);
        check_people();
        check_flags();
        check_words();
        for (const auto& signature : wrong_signatures(database_))
            wrong("{}", signature);
        return std::move(found_);
    }

private:
    template <typename... Args>
    void wrong(fmt::format_string<Args...> text, Args&&... args)
    {
        found_.wrong.push_back(fmt::format(text, std::forward<Args>(args)...));
    }

    void look_at_head(const std::string& head, const std::string& of)
    {
        if (!kept_.empty() && head == kept_ && !found_.kept_head)
            found_.kept_head = of;
    }

    /// The chain over vintages, of stores older than the two chains; every link a vintage.
    void check_older()
    {
        Statement row(database_, "SELECT position, vintage_id, sealed, hash, form FROM chain ORDER BY position");
        std::set<std::int64_t> at_once;
        std::string before;
        std::int64_t position = 0;
        while (row.step()) {
            if (row.integer(0) != ++position) {
                wrong("the chain over vintages has no link {}: one was taken out", position);
                position = row.integer(0);
            }
            const auto vintage = row.integer(1);
            (row.view(2) == "accept" ? at_once : found_.once_unsealed).insert(vintage);
            const auto form = row.integer(4) == 1 ? ChainForm::numbered_ids : ChainForm::computed_ids;
            if (chain_hash(database_, before, vintage, form) != row.view(3))
                wrong("vintage {}: it, or what came before it, is not what was sealed when it was ingested", vintage);
            before = row.text(3);
            look_at_head(before, fmt::format("the chain over vintages of an older skurd, at vintage {}", vintage));
        }
        for (const auto vintage : at_once)
            found_.once_unsealed.erase(vintage);
    }

    void check_content()
    {
        Statement row(database_, R"(
            SELECT l.seq, l.ingest_id, l.dataset_id, d.name, max(l.at), c.hash
            FROM commit_log AS l JOIN dataset AS d ON d.id = l.dataset_id
            LEFT JOIN content_chain AS c ON c.dataset_id = l.dataset_id AND c.commit_seq = l.seq
            WHERE l.kind IN ('vintage', 'label')
            GROUP BY l.seq, l.ingest_id, l.dataset_id, d.name, c.hash ORDER BY l.seq, l.dataset_id NULLS FIRST)");
        std::map<std::string, std::string> heads;
        std::size_t links = 0;
        std::int64_t seq = 0;
        std::string at;
        const auto look = [&] {
            if (!kept_.empty() && !heads.empty())
                look_at_head(content_head(heads), fmt::format("all that was published up to commit {}, {}", seq, at));
        };
        while (row.step()) {
            if (row.integer(0) != seq)
                look();
            seq = row.integer(0);
            at = row.text(4);
            if (row.is_null(5)) {
                wrong("{}: commit {} of {} is not in the chain over what was published", row.view(3), seq, at);
                continue;
            }
            ++links;
            auto& head = heads[row.text(3)];
            if (content_link_hash(database_, head, row.integer(2), row.integer(1)) != row.view(5))
                wrong("{}: what was published in commit {} of {}, or before it, is not what was sealed then",
                      row.view(3), seq, at);
            head = row.text(5);
        }
        look();
        found_.content_head = content_head(heads);
        const auto all = static_cast<std::size_t>(database_.integer("SELECT count(*) FROM content_chain"));
        if (all > links)
            wrong("the chain over what was published has {} links of no commit", all - links);
    }

    void check_log()
    {
        LogChain chain(database_);
        Statement row(database_, "SELECT position, kind, item, content, hash FROM log_chain ORDER BY position");
        std::int64_t position = 0;
        std::int64_t commit = 0;
        while (row.step()) {
            if (row.integer(0) != ++position) {
                wrong("the chain over what was done has no link {}: one was taken out", position);
                position = row.integer(0);
            }
            const auto kind = enum_from<LogItem>(row.view(1));
            const auto item = row.integer(2);
            if (kind == LogItem::commit && item != ++commit) {
                wrong("the chain over what was done has no link of commit {}", commit);
                commit = item;
            }
            items_[kind].insert(item);
            if (row.view(4) != LogChain::link(found_.log_head, kind, item, row.view(3)))
                wrong("link {} of the chain over what was done ({}) does not follow from the one before it", position,
                      name_of(kind, item));
            check_content_of(chain, kind, item, row.view(3));
            found_.log_head = row.text(4);
            look_at_head(found_.log_head, fmt::format("all that was done up to {}", name_of(kind, item)));
        }
    }

    /// A run goes by its age, and its link stays.
    void check_content_of(LogChain& chain, LogItem kind, std::int64_t item, std::string_view sealed)
    {
        const auto content = chain.content(kind, item);
        if (!content && kind != LogItem::run)
            wrong("{} is gone", name_of(kind, item));
        else if (content && *content != sealed)
            wrong("{} is not what was sealed: {}", name_of(kind, item), what_of(kind, item));
    }

    std::string name_of(LogItem kind, std::int64_t item)
    {
        return kind == LogItem::older ? std::string("what was before the chains")
                                      : fmt::format("{} {}", to_string(kind), item);
    }

    std::string what_of(LogItem kind, std::int64_t item)
    {
        if (kind == LogItem::run)
            return "its record or those of its payloads were changed";
        if (kind != LogItem::commit)
            return "its rows were changed";
        std::string kinds;
        std::string at;
        Statement part(database_, "SELECT DISTINCT kind, at FROM commit_log WHERE seq = $1 ORDER BY kind");
        part.bind(item);
        while (part.step()) {
            kinds += (kinds.empty() ? "" : ", ") + part.text(0);
            at = part.text(1);
        }
        return fmt::format("a row of {} of {} was changed, added or taken out", kinds, at);
    }

    void check_committed(const CommittedRows& rows)
    {
        const auto lost = database_.integer(
            fmt::format("SELECT count(*) FROM {0} AS r WHERE r.{1} IS NOT NULL"
                        " AND r.{1} NOT IN (SELECT ingest_id FROM commit_log WHERE kind IN ({2}))"
                        " AND NOT (r.{1} = 0 AND EXISTS (SELECT 1 FROM log_chain WHERE kind = 'older'))",
                        rows.table, rows.column, rows.kinds));
        if (lost > 0)
            wrong("{} rows of {} are of no commit ({}): skurd did not write them", lost, rows.table, rows.column);
    }

    void check_linked(const LinkedRows& rows)
    {
        const auto& sealed = items_[rows.kind];
        Statement row(database_, rows.ids);
        while (row.step()) {
            if (!sealed.contains(row.integer(0)))
                wrong("{} is not in the chain over what was done", name_of(rows.kind, row.integer(0)));
        }
    }

    void check_people()
    {
        if (database_.integer("SELECT count(*) FROM snapshot") > 0)
            return; // which has no salts
        Statement row(database_, "SELECT name, salt, hash FROM person WHERE salt IS NOT NULL");
        while (row.step()) {
            if (salted_hash(row.view(1), "name", row.view(0)) != row.view(2))
                wrong("the name '{}' is not the one that was sealed", row.view(0));
        }
        Statement uid(database_, "SELECT u.id, u.uid, u.uid_hash, p.salt FROM actor_uid AS u"
                                 " JOIN person AS p ON p.name = u.actor WHERE p.salt IS NOT NULL");
        while (uid.step()) {
            if (salted_hash(uid.view(3), "uid", std::to_string(uid.integer(1))) != uid.view(2))
                wrong("actor {}: its user number is not the one that was sealed", uid.integer(0));
        }
    }

    /// A flag is what its last event says.
    void check_flags()
    {
        Statement row(database_, R"(
            SELECT f.id FROM flag AS f LEFT JOIN flag_event AS e
                ON e.id = (SELECT max(l.id) FROM flag_event AS l WHERE l.flag_id = f.id)
            WHERE e.id IS NULL OR (f.state, f.inputs, f.text_nb, f.text_en, f.note, f.actor, f.origin, f.changed_at)
                <> (e.state, e.inputs, e.text_nb, e.text_en, e.note, e.actor, e.origin, e.at))");
        while (row.step())
            wrong("flag {} is not as its last event left it", row.integer(0));
    }

    /// The words of today are some that a release gave.
    void check_words()
    {
        Statement row(database_, R"(
            WITH now AS (
                SELECT id AS dataset_id, '' AS dimension, '' AS category, label, '' AS unit,
                       CAST(NULL AS BIGINT) AS decimals, notes
                FROM dataset
                UNION ALL SELECT dataset_id, code, '', label, '', NULL, '' FROM dimension
                UNION ALL SELECT d.dataset_id, d.code, c.code, c.label, c.unit, c.decimals, ''
                FROM category AS c JOIN dimension AS d ON /*: d.dataset_id = c.dataset_id AND */ d.id = c.dimension_id)
            SELECT s.name, w.dimension, w.category FROM now AS w JOIN dataset AS s ON s.id = w.dataset_id
            WHERE NOT EXISTS (
                SELECT 1 FROM label_version AS n WHERE n.dataset_id = w.dataset_id AND n.dimension = w.dimension
                AND n.category = w.category AND n.label = w.label AND n.unit = w.unit AND n.notes = w.notes
                AND coalesce(n.decimals, -1) = coalesce(w.decimals, -1)))");
        while (row.step())
            wrong("{}: the words of {} are none that a release gave", row.view(0),
                  row.view(1).empty()   ? std::string("the dataset")
                  : row.view(2).empty() ? fmt::format("the dimension {}", row.view(1))
                                        : fmt::format("{}={}", row.view(1), row.view(2)));
    }

    Database& database_;
    const std::string& kept_;
    std::map<LogItem, std::set<std::int64_t>> items_; ///< that have a link
    ChainFindings found_;
};

} // namespace

ChainFindings inspect_chains(Database& database, const std::string& kept_head)
{
    return ChainInspection(database, kept_head).run();
}

} // namespace skurd
