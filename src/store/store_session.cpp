#include "store/store_session.hpp"

#include "base/read_file.hpp"
#include "store/columns.hpp"
#include "store/durable_file.hpp"
#include "store/postgres/open_store.hpp"
#include "store/run_store.hpp"
#include "store/sqlite/open_store.hpp"
#include "store/store_files.hpp"

namespace skurd {

namespace fs = std::filesystem;

namespace {

std::optional<FolderLock> lock_for(const StorePlace& place, StoreSession::Access access)
{
    if (access == StoreSession::Access::read)
        return std::nullopt;
    require_state_folder(place.folder);
    if (!place.is_server())
        require_store_or_room_for_one(place.folder);
    make_folder(place.folder);
    return std::optional<FolderLock>(std::in_place, place.folder);
}

/// The password's file is the user's alone, as that of PGPASSFILE must be.
PostgresTarget target_of(const StorePlace& place)
{
    constexpr std::size_t password_max = 4096;
    if (place.password_file.empty())
        return {place.url, ""};
    auto password = read_file(place.password_file, password_max, ExitCode::usage);
    const auto others = fs::perms::group_all | fs::perms::others_all;
    if ((fs::status(place.password_file).permissions() & others) != fs::perms::none)
        throw usage_error("{}: others may read the password in it: chmod 600", place.password_file.string());
    while (password.ends_with('\n') || password.ends_with('\r'))
        password.pop_back();
    return {place.url, password};
}

std::unique_ptr<Database> open_database(const StorePlace& place, StoreSession::Access access, const Clock& clock)
{
    const auto file = store_file(place.folder);
    if (access == StoreSession::Access::write)
        return place.is_server() ? open_postgres_for_writing(target_of(place), place.folder, clock)
                                 : open_for_writing(file, clock);
    return place.is_server() ? open_postgres_for_reading(target_of(place)) : open_for_reading(file);
}

} // namespace

StoreSession::StoreSession(fs::path folder, const Clock& clock, std::optional<FolderLock> lock,
                           std::unique_ptr<Database> database)
    : folder_(std::move(folder)), clock_(clock), lock_(std::move(lock)), database_(std::move(database))
{
}

StoreSession::StoreSession(const StorePlace& place, Access access, const Clock& clock)
    : folder_(place.is_server() ? place.folder : store_file(place.folder).parent_path()), clock_(clock),
      lock_(lock_for(place, access)), database_(open_database(place, access, clock))
{
    if (access == Access::write)
        RunStore(*this).close_interrupted();
}

bool StoreSession::is_there(const StorePlace& place)
{
    return place.is_server() ? is_postgres_store(target_of(place)) : fs::exists(store_file(place.folder));
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

StoreSession::Transaction::Transaction(const StoreSession& session, const std::string& ingested_dataset)
    : session_(session), recorded_before_(session.commits_.size()), transaction_(*session.database_, ingested_dataset)
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
