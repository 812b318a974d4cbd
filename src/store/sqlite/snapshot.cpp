// A snapshot is filled table by table from the store, which is attached and only read, in one transaction: so it is
// of one moment, and its layout hangs on nothing but its rows. Tables come first, then rows, then indexes, triggers
// and views, since triggers would refuse the rows and an index is made quicker at once. A table that is not listed
// here stays empty: what is new has to be listed to get out.
#include "store/snapshot.hpp"

#include "store/chain/content_chain.hpp"
#include "store/columns.hpp"
#include "store/durable_file.hpp"
#include "store/sqlite/sqlite_database.hpp"

#include <fmt/format.h>

#include <map>
#include <vector>

namespace skurd {

namespace fs = std::filesystem;

namespace {

/// The rows of a table that are in a snapshot, and which columns stand otherwise in it than in the store.
struct TableRows {
    const char* table;
    std::string where{}; ///< "" = every row
    std::map<std::string, std::string> instead{};
};

/// The newest link of the log chain in a snapshot is that of its newest commit; what came after is in no commit.
constexpr auto last_position = "(SELECT max(e.position) FROM store.log_chain AS e WHERE e.kind = 'commit')";

/// When and by which skurd a store was brought up hangs on no commit.
constexpr auto newest_commit_at = "(SELECT coalesce(max(c.at), '') FROM store.commit_log AS c WHERE c.seq ="
                                  " (SELECT n.seq FROM store.commit_counter AS n))";

/// The items of a kind that were linked until then.
std::string linked(const char* kind)
{
    return fmt::format("IN (SELECT l.item FROM store.log_chain AS l WHERE l.kind = '{}' AND l.position <= {})", kind,
                       last_position);
}

/// What a person of the table `person`, by this alias, is called in a snapshot. Whom nobody may know any more stays
/// so.
std::string shown_name(PeoplesNames names, const char* alias)
{
    return names == PeoplesNames::included
               ? fmt::format("{}.name", alias)
               : fmt::format(
                     "CASE WHEN {0}.forgotten {1} THEN {0}.name ELSE 'person-' || substr({0}.hash, 1, 16) END", alias,
                     linked("forgotten"));
}

/// What stands in a column that has a name. One that nobody has a hash of is not let out either.
std::string shown_in(const std::string& column, PeoplesNames names)
{
    return fmt::format("CASE WHEN coalesce(t.{0}, '') = '' THEN t.{0} ELSE"
                       " coalesce((SELECT {1} FROM store.person AS p WHERE p.name = t.{0}), 'person') END",
                       column, shown_name(names, "p"));
}

/// In an order in which what others point to comes first: later ones read what is in the snapshot already (main).
std::vector<TableRows> table_rows(PeoplesNames names)
{
    const auto as_shown = [&](const std::string& column) { return std::pair(column, shown_in(column, names)); };
    const auto of_catalogue = "catalogue_id " + linked("catalogue");
    const std::string kept_confirmation = "id IN (SELECT v.id FROM store.vintage AS v)"
                                          " OR id IN (SELECT n.release_id FROM store.label_version AS n)"
                                          " OR id IN (SELECT m.release_id FROM store.metadata_change AS m)";
    return {
        {"source"},
        {"dataset", "", {{"token", "0"}}}, // counts confirmations too, which are in no commit
        {"dimension"},
        {"category"},
        {"series"},
        {"series_code"},
        {"period"},
        {"status"},
        {"vintage", "", {{"last_confirmed_at", "t.observed_at"}}},
        {"confirmation", kept_confirmation},
        {"coverage", "id IN (SELECT coverage_id FROM main.vintage UNION SELECT coverage_id FROM main.confirmation)"},
        {"chain"},
        {"dataset_band"},
        {"observation"},
        {"superseded"},
        {"label_version"},
        {"metadata_change"},
        {"category_words"},
        {"series_words"},
        {"catalogue",
         "id " + linked("catalogue"),
         {{"current",
           fmt::format("CASE WHEN EXISTS (SELECT 1 FROM store.catalogue AS c WHERE c.current = 1 AND c.id {0})"
                       " THEN t.current ELSE t.id = (SELECT max(c.id) FROM store.catalogue AS c"
                       " WHERE c.id {0}) END",
                       linked("catalogue"))}}},
        {"catalogue_file", of_catalogue},
        {"indicator", of_catalogue},
        {"definition", of_catalogue},
        {"indicator_set", of_catalogue},
        {"indicator_set_member", of_catalogue},
        {"indicator_set_merged", of_catalogue},
        {"indicator_set_revised", of_catalogue},
        {"indicator_set_retired", of_catalogue},
        {"indicator_value"},
        {"left_out"},
        {"verdict"},
        {"verdict_vintage"},
        {"flag", "", {as_shown("actor")}},
        {"flag_event", "", {as_shown("actor")}},
        {"annotation", "", {as_shown("actor"), as_shown("withdrawn_by")}},
        {"correction", "", {as_shown("actor"), as_shown("ended_by")}},
        {"sign_off", "", {as_shown("actor")}},
        {"signed_row"},
        {"signed_value"},
        {"signed_verdict"},
        {"signed_rendering"},
        {"sign_off_signature", "id " + linked("signature")},
        {"payload", "hash IN (SELECT payload_hash FROM main.vintage UNION SELECT payload_hash FROM main.confirmation"
                    " UNION SELECT payload_hash FROM main.signed_rendering)"},
        {"actor_uid", "id " + linked("actor"), {as_shown("actor"), {"uid", "-1"}}},
        {"commit_counter"},
        {"commit_log"},
        {"content_chain"},
        {"log_chain", fmt::format("position <= {}", last_position)},
        {"migration",
         fmt::format("{} IS NOT NULL", newest_commit_at),
         {{"program", "'" SKURD_VERSION "'"}, {"at", newest_commit_at}}},
        {"view_version"},
        {"sqlite_stat1"},
    };
}

/// Hashes of names without what they were made with: they link, and nobody can try names on them.
TableRows people(PeoplesNames names)
{
    const auto if_forgotten = [](const std::string& column, const char* otherwise) {
        return fmt::format("CASE WHEN t.forgotten {} THEN t.{} ELSE {} END", linked("forgotten"), column, otherwise);
    };
    const auto name = shown_name(names, "t");
    return {"person",
            fmt::format("t.forgotten {} OR {} IN (SELECT actor FROM main.flag_event UNION SELECT actor FROM"
                        " main.annotation UNION SELECT withdrawn_by FROM main.annotation UNION SELECT actor FROM"
                        " main.correction UNION SELECT ended_by FROM main.correction UNION SELECT actor FROM"
                        " main.sign_off UNION SELECT actor FROM main.actor_uid)",
                        linked("forgotten"), name),
            {{"name", name},
             {"salt", if_forgotten("salt", "''")},
             {"forgotten_at", if_forgotten("forgotten_at", "NULL")},
             {"forgotten", if_forgotten("forgotten", "NULL")}}};
}

std::string joined_columns(Database& database, const TableRows& rows)
{
    std::string columns;
    Statement column(database, "SELECT name FROM pragma_table_info($1, 'store') ORDER BY cid");
    column.bind(rows.table);
    while (column.step()) {
        const auto found = rows.instead.find(column.text(0));
        columns += fmt::format("{}{}", columns.empty() ? "" : ", ",
                               found == rows.instead.end() ? fmt::format("t.\"{}\"", column.view(0)) : found->second);
    }
    return columns;
}

void fill(Database& database, const TableRows& rows)
{
    if (rows.where.empty() && rows.instead.empty()) { // which SQLite does page by page
        Statement(database, fmt::format("INSERT INTO main.{0} SELECT * FROM store.{0}", rows.table)).run();
        return;
    }
    Statement(database, fmt::format("INSERT INTO main.{0} SELECT {1} FROM store.{0} AS t WHERE {2}", rows.table,
                                    joined_columns(database, rows), rows.where.empty() ? "true" : rows.where))
        .run();
}

/// Makes what the store has of a kind, but for what SQLite makes itself. By name: which dataset's view was made when
/// would be seen in the file.
void make(Database& database, const char* type)
{
    std::vector<std::string> made;
    {
        Statement row(database, "SELECT sql FROM store.sqlite_schema WHERE type = $1 AND sql IS NOT NULL"
                                " AND name NOT LIKE 'sqlite#_%' ESCAPE '#' ORDER BY name");
        row.bind(type);
        while (row.step())
            made.push_back(row.text(0));
    }
    for (const auto& sql : made)
        Statement(database, sql).run();
}

void copy_number(SqliteDatabase& database, const char* pragma)
{
    database.exec(
        fmt::format("PRAGMA main.{} = {}", pragma, database.integer(fmt::format("PRAGMA store.{}", pragma))));
}

std::optional<Snapshot> read_from(Database& database)
{
    Statement row(database, "SELECT commit_seq, committed_at, content_head, log_head, names FROM snapshot");
    if (!row.step())
        return std::nullopt;
    return Snapshot{row.integer(0), time_from(row.view(1)), row.text(2), row.text(3),
                    row.integer(4) != 0 ? PeoplesNames::included : PeoplesNames::left_out};
}

/// Of a store up to its newest commit, or of what has been filled in.
Snapshot describe(Database& database, PeoplesNames names)
{
    Snapshot snapshot;
    snapshot.names = names;
    snapshot.commit_seq = database.integer("SELECT seq FROM commit_counter");
    Statement at(database, "SELECT max(at) FROM commit_log WHERE seq = $1");
    if (snapshot.commit_seq == 0 || !at.bind(snapshot.commit_seq).step() || at.is_null(0))
        throw error("nothing was committed yet that could be published: run skurd harvest");
    snapshot.committed_at = time_from(at.view(0));
    snapshot.content_head = content_head(database);
    Statement link(database, "SELECT hash FROM log_chain WHERE kind = 'commit' AND item = $1");
    if (link.bind(snapshot.commit_seq).step())
        snapshot.log_head = link.text(0);
    return snapshot;
}

Snapshot fill_all(SqliteDatabase& database, PeoplesNames names)
{
    // As a reader: a writer's would take the store's lock for writing too.
    Database::Transaction transaction(database, Database::Purpose::read);
    make(database, "table");
    Statement(database, "ANALYZE main.column_type").run(); // an empty table: makes the one for SQLite's statistics
    for (const auto& rows : table_rows(names))
        fill(database, rows);
    fill(database, people(names));
    const auto snapshot = describe(database, names);
    Statement(database, "INSERT INTO main.snapshot (id, commit_seq, committed_at, content_head, log_head, names)"
                        " VALUES (1, $1, $2, $3, $4, $5)")
        .run(snapshot.commit_seq, format_time(snapshot.committed_at), snapshot.content_head, snapshot.log_head,
             names == PeoplesNames::included ? 1 : 0);
    for (const auto* type : {"index", "trigger", "view"})
        make(database, type);
    copy_number(database, "user_version");
    copy_number(database, "application_id");
    transaction.commit();
    return snapshot;
}

/// Of the store in a file of SQLite.
Snapshot write_from(const fs::path& store, const fs::path& file, PeoplesNames names)
{
    try {
        Snapshot snapshot;
        {
            SqliteDatabase database(file, SqliteDatabase::Access::write);
            // It is put in place only when it is whole and on disk. References were held when the rows were written.
            database.exec("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF");
            Statement(database, "ATTACH $1 AS store").run(store.string());
            snapshot = fill_all(database, names);
        }
        make_durable(file);
        return snapshot;
    } catch (const Error&) {
        remove_database(file);
        throw;
    }
}

} // namespace

Snapshot SnapshotStore::write(const fs::path& file, PeoplesNames names) const
{
    if (fs::exists(file))
        throw error("{}: is there already", file.string());
    static_cast<void>(newest(names)); // before anything is copied: whether there is something to write
    auto& store = session_.database();
    if (!store.holds_payloads())
        return write_from(store.location(), file, names);
    // The store of another engine is no file to be attached: a copy of it is made beside, as of one instant.
    const fs::path copy = file.string() + ".copy";
    remove_database(copy); // of an attempt that was cut off
    try {
        store.copy_to(copy, session_.clock(), {});
        auto snapshot = write_from(copy, file, names);
        remove_database(copy);
        return snapshot;
    } catch (const std::exception&) {
        remove_database(copy);
        throw;
    }
}

Snapshot SnapshotStore::newest(PeoplesNames names) const
{
    const StoreSession::View one_moment(session_);
    return describe(session_.database(), names);
}

bool SnapshotStore::is_continued(const Snapshot& before) const
{
    Statement link(session_.database(), "SELECT 1 FROM log_chain WHERE kind = 'commit' AND item = $1 AND hash = $2");
    return link.bind(before.commit_seq, before.log_head).step();
}

std::optional<Snapshot> SnapshotStore::read() const
{
    return read_from(session_.database());
}

std::optional<Snapshot> read_snapshot(const fs::path& file)
{
    SqliteDatabase database(file, SqliteDatabase::Access::read);
    return database.is_snapshot() ? read_from(database) : std::nullopt;
}

} // namespace skurd
