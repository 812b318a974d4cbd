// The store is copied first, in one transaction; all else is read from the copy. So what is published is of one
// moment, and the store is held only as long as a backup would hold it.
#include "publish/publish.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "base/time_text.hpp"
#include "publish/dcat.hpp"
#include "publish/descriptions.hpp"
#include "publish/published_folder.hpp"
#include "query/datasets.hpp"
#include "store/commit_store.hpp"
#include "store/maintenance.hpp"
#include "store/snapshot.hpp"
#include "view/value_json.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr auto database_name = "skurd.db";
/// How many times the store's size must be free: the copy, and CSV and Parquet of every view (src/publish/README.md).
constexpr std::uintmax_t room_times = 5;

PublishedFile written(const fs::path& folder, const std::string& path, std::string_view bytes)
{
    HashedFile file(folder, path);
    file.write(bytes);
    return file.finish();
}

PublishedFile written_json(const fs::path& folder, const std::string& path, const Json& json)
{
    return written(folder, path, json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n');
}

PublishedFile write_changes(const StoreSession& snapshot, const ReaderView& history, std::int64_t since,
                            const fs::path& folder)
{
    HashedFile file(folder, "changes.csv");
    CsvWriter csv(CsvDialect::raw);
    write_csv_header(csv, history);
    std::size_t rows = 0;
    ReaderViews(snapshot).visit_history_since(since, [&](const Statement& row) {
        write_csv_row(csv, history, row);
        if (++rows % csv_rows_at_once == 0)
            file.write(csv.take());
    });
    file.write(csv.take());
    return file.finish();
}

/// changes.json: {"since", "commit_seq", "commits": {kind: how many}, "datasets": [{"dataset", "vintages", "rows",
/// "revised", "withdrawn"}], "indicators": [{"indicator", "definition", "period", "before", "after"}]}
Json change_summary(const StoreSession& snapshot, std::int64_t since)
{
    Json commits = Json::object();
    for (const auto& commit : CommitStore(snapshot).since(since)) {
        auto& number = commits[std::string(to_string(commit.kind))];
        number = number.is_null() ? 1 : number.get<int>() + 1;
    }
    const ReaderViews views(snapshot);
    Json changed = Json::array();
    for (const auto& change : views.datasets_since(since))
        changed.push_back({{"dataset", change.dataset},
                           {"vintages", change.vintages},
                           {"rows", change.rows},
                           {"revised", change.revised},
                           {"withdrawn", change.withdrawn}});
    Json indicators = Json::array();
    for (const auto& change : views.indicators_since(since))
        indicators.push_back({{"indicator", change.indicator},
                              {"definition", change.definition},
                              {"period", change.period},
                              {"before", number_json(change.before)},
                              {"after", number_json(change.after)}});
    return {{"since", since},
            {"commit_seq", CommitStore(snapshot).newest()},
            {"commits", commits},
            {"datasets", changed},
            {"indicators", indicators}};
}

/// As sha256sum -c reads it.
std::string checksums(const Publication& publication, const std::vector<PublishedFile>& descriptions)
{
    std::map<std::string, std::string> hashes;
    const auto add = [&](const PublishedFile& file) { hashes.emplace(file.path, file.sha256); };
    add(publication.database);
    add(publication.changes);
    add(publication.change_summary);
    for (const auto& view : publication.views) {
        add(view.csv);
        add(view.parquet);
    }
    for (const auto& file : descriptions)
        add(file);
    std::string lines;
    for (const auto& [path, hash] : hashes)
        lines += fmt::format("{}  {}\n", hash, path);
    return lines;
}

std::vector<PublishedDataset> described_datasets(const StoreSession& snapshot, const Attributions& attributions)
{
    std::vector<PublishedDataset> described;
    for (const auto& one : datasets(snapshot, ""))
        described.push_back({one.dataset, one.label, ReaderViews(snapshot).view_of(one.dataset), one.published_at,
                             attributions.of(one.dataset)});
    return described;
}

/// Writes all files; gives what the snapshot says of itself.
Snapshot make(const StoreSession& store, const PublishRequest& request, std::int64_t since, const fs::path& folder,
              const PublishProgress& say)
{
    Publication publication;
    publication.since = since;
    say("the database");
    publication.snapshot = SnapshotStore(store).write(folder / database_name, request.names);
    publication.database = hashed(folder, database_name);
    const auto snapshot = StoreSession::open_backup(folder / database_name, store.clock());
    say("CSV and Parquet");
    publication.views = write_views(snapshot, folder);
    say("what changed");
    publication.history = ReaderViews(snapshot).history();
    publication.changes = write_changes(snapshot, publication.history, since, folder);
    publication.change_summary = written_json(folder, "changes.json", change_summary(snapshot, since));
    publication.datasets = described_datasets(snapshot, request.attributions);
    const std::vector descriptions = {written_json(folder, "datapackage.json", data_package(publication)),
                                      written_json(folder, "csv/csv-metadata.json", csvw_metadata(publication)),
                                      written(folder, "dcat.ttl", dcat_turtle(publication))};
    written(folder, "SHA256SUMS", checksums(publication, descriptions));
    return publication.snapshot;
}

void count_files(const fs::path& folder, Published& published)
{
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) {
            ++published.files;
            published.bytes += entry.file_size();
        }
}

/// One that lies there already, of this very store.
Published there_already(const PublishedFolder& folder, const Snapshot& newest, const PublishRequest& request,
                        Time now)
{
    const auto there = folder.of(newest.commit_seq);
    const auto found = read_snapshot(there / database_name);
    if (!found || found->log_head != newest.log_head)
        throw error("{}: is of another store than this one, whose newest commit has the same number: publish into "
                    "another folder, or move it away",
                    there.string());
    Published published;
    published.snapshot = *found;
    published.folder = there.string();
    count_files(there, published);
    folder.point_to(newest.commit_seq);
    published.removed = folder.keep(request.bounds, now, newest.commit_seq);
    return published;
}

/// The commit that changes are told from: as asked for, else that of the newest publication of this store before.
/// Where an older state of the store was restored, later ones of the state that was given up may lie there.
std::int64_t base_of(const PublishRequest& request, const SnapshotStore& store, const PublishedFolder& folder,
                     std::int64_t newest)
{
    if (request.since && (*request.since < 0 || *request.since >= newest))
        throw usage_error("--since {}: is not before the newest commit, {}", *request.since, newest);
    if (request.since)
        return *request.since;
    const auto there = folder.numbers();
    const auto before = std::find_if(there.rbegin(), there.rend(), [&](std::int64_t number) {
        const auto file = folder.of(number) / database_name;
        const auto found = number < newest && fs::exists(file) ? read_snapshot(file) : std::nullopt;
        return found && store.is_continued(*found);
    });
    return before == there.rend() ? 0 : *before;
}

void require_room(const fs::path& folder, std::uintmax_t store_bytes)
{
    const auto room = room_of(folder);
    if (room && room->free < room_times * store_bytes)
        throw error("{}: {} are free of {}, and a publication may need {}: make room, or keep fewer ([publish] keep)",
                    folder.string(), byte_size_text(room->free), byte_size_text(room->size),
                    byte_size_text(room_times * store_bytes));
}

} // namespace

Published publish(const StoreSession& store, const PublishRequest& request, const PublishProgress& progress)
{
    const SnapshotStore snapshots(store);
    const auto newest = snapshots.newest(request.names);
    const PublishedFolder folder(request.folder);
    const auto since = base_of(request, snapshots, folder, newest.commit_seq);
    if (fs::is_directory(folder.of(newest.commit_seq)))
        return there_already(folder, newest, request, store.clock().now());
    require_room(request.folder, StoreMaintenance(store).size());
    const auto scratch = folder.make_scratch();
    try {
        Published published;
        published.snapshot = make(
            store, request, since, scratch, progress ? progress : [](const std::string&) {});
        if (published.snapshot.commit_seq != newest.commit_seq &&
            fs::exists(folder.of(published.snapshot.commit_seq)))
            throw error("{}: is there although its commit is newer than those seen before: move it away",
                        folder.of(published.snapshot.commit_seq).string());
        published.is_new = true;
        published.since = since;
        folder.put_in_place(scratch, published.snapshot.commit_seq);
        published.folder = folder.of(published.snapshot.commit_seq).string();
        count_files(published.folder, published);
        published.removed = folder.keep(request.bounds, store.clock().now(), published.snapshot.commit_seq);
        return published;
    } catch (const std::exception&) {
        folder.remove_scratch();
        throw;
    }
}

} // namespace skurd
