#include "store/copy_store.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/dataset_view.hpp"
#include "store/durable_file.hpp"
#include "store/engine/bulk_insert.hpp"
#include "store/engine/dataset_parts.hpp"
#include "store/engine/store_tables.hpp"
#include "store/payload_store.hpp"
#include "store/series.hpp"
#include "store/snapshot.hpp"
#include "store/sqlite/open_store.hpp"

#include <fmt/format.h>

#include <array>

namespace skurd {

namespace {

/// Of these every store has what it was made with.
constexpr std::array<std::string_view, 3> made_with_the_store = {"migration", "view_version", "column_type"};

constexpr std::array<std::string_view, 68> tables_in_order = {"source",
                                                              "dataset",
                                                              "dimension",
                                                              "category",
                                                              "series",
                                                              "series_code",
                                                              "period",
                                                              "status",
                                                              "payload",
                                                              "connector_state",
                                                              "catalogue",
                                                              "indicator",
                                                              "definition",
                                                              "indicator_set",
                                                              "indicator_set_member",
                                                              "verdict",
                                                              "flag",
                                                              "flag_event",
                                                              "series_state",
                                                              "metadata_change",
                                                              "expired_payload",
                                                              "payload_file",
                                                              "commit_counter",
                                                              "host_pace",
                                                              "indicator_set_retired",
                                                              "catalogue_file",
                                                              "sign_off",
                                                              "signed_row",
                                                              "signed_verdict",
                                                              "indicator_set_merged",
                                                              "host_call",
                                                              "commit_log",
                                                              "evaluation_state",
                                                              "coverage",
                                                              "signed_rendering",
                                                              "label_version",
                                                              "job_due",
                                                              "notify_channel",
                                                              "outbox",
                                                              "indicator_set_revised",
                                                              "outage",
                                                              "outage_cause",
                                                              "migration",
                                                              "dataset_band",
                                                              "verdict_vintage",
                                                              "observation",
                                                              "actor_uid",
                                                              "person",
                                                              "content_chain",
                                                              "sign_off_signature",
                                                              "log_chain",
                                                              "superseded",
                                                              "category_words",
                                                              "series_words",
                                                              "clock_evidence",
                                                              "column_type",
                                                              "view_version",
                                                              "run",
                                                              "run_payload",
                                                              "held_withdrawal",
                                                              "dataset_schema",
                                                              "drift",
                                                              "quarantine",
                                                              "vintage",
                                                              "confirmation",
                                                              "chain",
                                                              "annotation",
                                                              "correction"};
constexpr std::array<std::string_view, 6> tables_behind = {"quarantine_state", "indicator_value", "signed_value",
                                                           "job_state",        "snapshot",        "left_out"};

/// All of a store's rows but the bytes of payloads. `to` has none yet.
class RowsCopy {
public:
    using Progress = std::function<void(std::size_t table)>; ///< the number of the one that is begun

    RowsCopy(Database& from, Database& to, Progress progress)
        : from_(from), to_(to), tables_(from.tables()), tables_of_target_(to.tables()), progress_(std::move(progress))
    {
    }

    void run()
    {
        const auto tables = store_tables();
        for (std::size_t i = 0; i < tables.size(); ++i) {
            progress_(i);
            copy_table(std::string(tables[i]));
        }
        copy_runs_vintages();
        for (const auto& [id, name] : dataset_names(to_))
            make_dataset_view(to_, id);
        to_.tables()->go_on_after_ids();
    }

private:
    /// A row on its way, of as many columns as its table has.
    void copy_table(const std::string& table)
    {
        const auto is = [&](std::string_view other) { return table == other; };
        if (std::any_of(made_with_the_store.begin(), made_with_the_store.end(), is) || is("payload_file"))
            return;
        if (is("commit_counter"))
            return Statement(to_, "UPDATE commit_counter SET seq = $1")
                .run(from_.integer("SELECT seq FROM commit_counter"));
        auto columns = tables_->columns(table);
        auto read = names_of(columns);
        to_columns_of_target(table, columns, read);
        auto sink = to_.bulk_insert(fmt::format("INSERT INTO {} ({})", table, join(names_of(columns), ", ")),
                                    static_cast<int>(columns.size()), "");
        const auto select = fmt::format("SELECT {} FROM {} AS t", join(read, ", "), table);
        if (is("status"))
            copy_rows(Statement(from_, select + " WHERE id <> 0").bind(), table, columns, *sink);
        else if (has_series(columns))
            copy_by_series(select, table, columns, *sink);
        else
            copy_rows(Statement(from_, select).bind(), table, columns, *sink);
        sink->flush();
    }

    static std::vector<std::string> names_of(const std::vector<StoreColumn>& columns)
    {
        std::vector<std::string> names;
        for (const auto& column : columns)
            names.push_back(column.name);
        return names;
    }

    static bool has(const std::vector<std::string>& names, std::string_view name)
    {
        return std::find(names.begin(), names.end(), name) != names.end();
    }

    /// One engine's rows name their dataset where those of another lead to it. `read` is what is selected for each
    /// column.
    void to_columns_of_target(const std::string& table, std::vector<StoreColumn>& columns,
                              std::vector<std::string>& read) const
    {
        constexpr auto dataset = "dataset_id";
        const bool is_there = has(read, dataset);
        const bool is_wanted = has(names_of(tables_of_target_->columns(table)), dataset);
        if (is_there && !is_wanted) {
            std::erase_if(columns, [&](const auto& column) { return column.name == dataset; });
            std::erase(read, dataset);
        } else if (!is_there && is_wanted) {
            const auto* owner = has(read, "series_id")      ? "series"
                                : has(read, "dimension_id") ? "dimension"
                                                            : "vintage";
            columns.push_back({dataset, StoreColumn::Type::integer});
            read.push_back(fmt::format("(SELECT o.dataset_id FROM {0} AS o WHERE o.id = t.{0}_id)", owner));
        }
    }

    static bool has_series(const std::vector<StoreColumn>& columns)
    {
        return columns.front().name == "series_id" || (columns.size() > 1 && columns[1].name == "series_id");
    }

    /// Large tables are read in parts: an engine may have all rows of a statement in memory.
    void copy_by_series(const std::string& select, const std::string& table, const std::vector<StoreColumn>& columns,
                        RowSink& sink)
    {
        constexpr std::int64_t series_at_once = 5000;
        const bool has_bands = columns.front().name == "band";
        const bool by_dataset = from_.rows_name_dataset() && has(names_of(tables_->columns(table)), "dataset_id");
        const auto of_dataset = [&](std::string_view sql) { return dataset_parts_if(by_dataset, sql); };
        Statement dataset(from_, by_dataset ? "SELECT id FROM dataset ORDER BY id" : "SELECT 0");
        Statement series(from_, of_dataset("SELECT coalesce(min(id), 1) - 1, coalesce(max(id), 0) FROM series"
                                           " WHERE /*: dataset_id = $1 AND */ true"));
        Statement band(from_, of_dataset(has_bands ? "SELECT DISTINCT band FROM dataset_band"
                                                     " WHERE /*: dataset_id = $1 AND */ true"
                                                   : "SELECT 0 WHERE /*: CAST($1 AS BIGINT) <> 0 AND */ true"));
        Statement rows(from_, of_dataset(select +
                                         " WHERE /*: dataset_id = $4 AND */ series_id > $1 AND series_id <= $2"
                                         " AND " +
                                         (has_bands ? "band = $3" : "CAST($3 AS BIGINT) = 0")));
        const auto bind = [&](Statement& statement, const auto&... values) {
            if (by_dataset)
                statement.bind(values..., dataset.integer(0));
            else
                statement.bind(values...);
        };
        while (dataset.step()) {
            bind(series);
            series.step();
            for (bind(band); band.step();)
                for (auto first = series.integer(0); first < series.integer(1); first += series_at_once) {
                    bind(rows, first, first + series_at_once, band.integer(0));
                    copy_rows(rows, table, columns, sink);
                }
        }
    }

    static void copy_rows(Statement& row, const std::string& table, const std::vector<StoreColumn>& columns,
                          RowSink& sink)
    {
        while (row.step()) {
            auto& parameters = sink.begin(1);
            for (std::size_t i = 0; i < columns.size(); ++i)
                copy_value(row, static_cast<int>(i), columns[i], table, parameters);
            sink.end();
        }
    }

    static void copy_value(const Statement& row, int i, const StoreColumn& column, const std::string& table,
                           Parameters& to)
    {
        // A run's vintage is told once there are vintages, and a view's name once it is made.
        const bool comes_later =
            (table == "run" && column.name == "vintage_id") || (table == "dataset" && column.name == "view_name");
        if (row.is_null(i) || comes_later)
            return to.bind_null(i + 1);
        switch (column.type) {
        case StoreColumn::Type::integer:
            return to.bind_integer(i + 1, row.integer(i));
        case StoreColumn::Type::real:
            return to.bind_real(i + 1, row.real(i));
        case StoreColumn::Type::text:
            return to.bind_text(i + 1, row.view(i));
        case StoreColumn::Type::bytes:
            return to.bind_blob(i + 1, row.view(i));
        }
    }

    void copy_runs_vintages()
    {
        Statement row(from_, "SELECT id, vintage_id FROM run WHERE vintage_id IS NOT NULL");
        Statement update(to_, "UPDATE run SET vintage_id = $2 WHERE id = $1");
        while (row.step())
            update.run(row.integer(0), row.integer(1));
    }

    Database& from_;
    Database& to_;
    std::unique_ptr<StoreTables> tables_;
    std::unique_ptr<StoreTables> tables_of_target_;
    Progress progress_;
};

void copy_payloads(const StoreSession& from, const StoreSession& to, const StoreMaintenance::Progress& say)
{
    std::vector<std::string> hashes;
    Statement row(from.database(), "SELECT hash FROM payload WHERE hash NOT IN (SELECT payload_hash FROM"
                                   " expired_payload) ORDER BY hash");
    while (row.step())
        hashes.push_back(row.text(0));
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        say(fmt::format("payload {} of {}", i + 1, hashes.size()));
        PayloadStore(to).store_frame(hashes[i], PayloadStore(from).frame(hashes[i]));
    }
}

void copy_rows_to_file(Database& from, Database& to, const std::function<void(int)>& progress)
{
    Database::Transaction transaction(to);
    const auto percent = [&](std::size_t table) {
        if (progress)
            progress(static_cast<int>(100 * table / store_tables().size()));
    };
    RowsCopy(from, to, percent).run();
    transaction.commit();
}

} // namespace

std::span<const std::string_view> store_tables()
{
    static const auto all = [] {
        std::vector<std::string_view> tables(tables_in_order.begin(), tables_in_order.end());
        tables.insert(tables.end(), tables_behind.begin(), tables_behind.end());
        return tables;
    }();
    return all;
}

void copy_to_file(Database& from, const std::filesystem::path& file, const Clock& clock,
                  const std::function<void(int)>& progress)
{
    const Database::Transaction one_view(from, Database::Purpose::read);
    copy_rows_to_file(from, *open_to_fill(file, clock), progress);
    make_durable(file);
}

void require_empty(const StoreSession& store)
{
    auto& database = store.database();
    const auto rows = database.integer("SELECT (SELECT count(*) FROM dataset) + (SELECT count(*) FROM run)"
                                       " + (SELECT count(*) FROM payload) + (SELECT count(*) FROM catalogue)"
                                       " + (SELECT count(*) FROM log_chain)");
    if (rows > 0)
        throw usage_error("{}: there is a store already, and it is left as it is; name a place without one: another "
                          "state folder, or a new database",
                          database.location());
}

Verification copy_store(const StoreSession& source, const StoreSession& target,
                        const StoreMaintenance::Progress& progress)
{
    const StoreMaintenance::Progress say = progress ? progress : [](const std::string&) {};
    const StoreSession::View one_view(source);
    if (SnapshotStore(source).read())
        throw usage_error("{}: is a published snapshot, made to be read, without payloads: copy the store itself",
                          source.database().location());
    require_empty(target);
    Database::Transaction transaction(target.database());
    RowsCopy(source.database(), target.database(), [&](std::size_t table) {
        say(fmt::format("table {}", store_tables()[table]));
    }).run();
    copy_payloads(source, target, say);
    auto found = StoreMaintenance(target).verify(say);
    // Its own check looks from outside the transaction, where nothing is yet.
    for (const auto& damage : target.database().damage())
        found.wrong.push_back(damage);
    if (!found.wrong.empty())
        throw error("{}: cannot be copied, {} things are wrong with it, the first: {}", source.database().location(),
                    found.wrong.size(), found.wrong.front());
    const auto heads = StoreMaintenance(source).heads();
    if (heads.content != found.content_head || heads.log != found.log_head)
        throw error("{}: the copy does not have its heads; report it as a defect of skurd",
                    source.database().location());
    transaction.commit();
    return found;
}

Verification copy_store(const StorePlace& from, const StorePlace& to, const Clock& clock,
                        const StoreMaintenance::Progress& progress)
{
    if (from.url == to.url && (from.is_server() || from.folder == to.folder))
        throw usage_error("a store is copied to another place than its own");
    const StoreSession source(from, StoreSession::Access::read, clock);
    const StoreSession target(to, StoreSession::Access::write, clock);
    return copy_store(source, target, progress);
}

} // namespace skurd
