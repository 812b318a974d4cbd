#include "store/store_session.hpp"

#include "store/columns.hpp"
#include "store/durable_file.hpp"
#include "store/run_store.hpp"
#include "store/sqlite/open_store.hpp"
#include "store/store_files.hpp"

namespace skurd {

namespace fs = std::filesystem;

namespace {

std::optional<FolderLock> lock_for(const fs::path& folder, StoreSession::Access access)
{
    if (access == StoreSession::Access::read)
        return std::nullopt;
    require_state_folder(folder);
    require_store_or_room_for_one(folder);
    make_folder(folder);
    return std::optional<FolderLock>(std::in_place, folder);
}

} // namespace

StoreSession::StoreSession(fs::path folder, const Clock& clock, std::optional<FolderLock> lock,
                           std::unique_ptr<Database> database)
    : folder_(std::move(folder)), clock_(clock), lock_(std::move(lock)), database_(std::move(database))
{
}

StoreSession::StoreSession(const fs::path& state_folder, Access access, const Clock& clock)
    : folder_(store_file(state_folder).parent_path()), clock_(clock), lock_(lock_for(state_folder, access)),
      database_(access == Access::write ? open_for_writing(state_folder / "skurd.db", clock)
                                        : open_for_reading(store_file(state_folder)))
{
    if (access == Access::write)
        RunStore(*this).close_interrupted();
}

StoreSession StoreSession::open_backup(const fs::path& file, const Clock& clock, const fs::path& shown)
{
    if (!fs::is_regular_file(file))
        throw usage_error("{}: there is no such file", file.string());
    return {file.parent_path(), clock, std::nullopt, open_for_reading(file, shown)};
}

StoreSession StoreSession::open_to_copy(const fs::path& state_folder, const Clock& clock)
{
    const auto file = store_file(state_folder);
    return {file.parent_path(), clock, std::nullopt, open_for_copying(file)};
}

void StoreSession::tell_daemon(const std::string& configuration)
{
    lock_.value().tell_daemon(clock_.now(), configuration);
}

StoreSession::Transaction::Transaction(const StoreSession& session)
    : session_(session), recorded_before_(session.commits_.size()), transaction_(*session.database_)
{
    session_.commits_.begin();
}

StoreSession::Transaction::~Transaction()
{
    if (open_)
        session_.commits_.take_back(recorded_before_);
}

std::int64_t StoreSession::Transaction::record(CommitKind kind, std::int64_t dataset)
{
    session_.commits_.record(kind, dataset);
    return ingest_id();
}

std::int64_t StoreSession::Transaction::ingest_id() const
{
    return session_.commits_.ingest_id(*session_.database_);
}

void StoreSession::Transaction::commit()
{
    session_.commits_.write(*session_.database_, session_.now());
    transaction_.commit();
    session_.commits_.leave();
    open_ = false;
}

std::string StoreSession::now() const
{
    return format_time(clock_.now());
}

Time time_from(std::string_view text)
{
    if (const auto time = parse_time(text))
        return *time;
    throw error("the store holds '{}' where an instant belongs: put back a backup", text);
}

std::optional<std::int64_t> id_or_null(std::int64_t id)
{
    return id == 0 ? std::nullopt : std::optional(id);
}

std::optional<std::string> optional_text(const std::optional<Time>& time)
{
    return time ? std::optional(format_time(*time)) : std::nullopt;
}

std::optional<Time> optional_time(const Statement& row, int column)
{
    return row.is_null(column) ? std::nullopt : std::optional(time_from(row.view(column)));
}

} // namespace skurd
