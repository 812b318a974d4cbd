#include "query/state_findings.hpp"

#include "base/file_system.hpp"
#include "base/time_text.hpp"
#include "store/store_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <sys/stat.h>

namespace skurd {

namespace fs = std::filesystem;

namespace {

/// A small store grows too, and so do log and side files.
constexpr std::uintmax_t needed_min = 64 << 20;

/// What belongs to a state folder, as far as it is there; "" is the folder.
constexpr std::array<std::string_view, 8> parts = {
    "", "skurd.db", "skurd.db-wal", "skurd.lock", "skurd.holder", "payloads", "drop", "archive"};

std::optional<struct ::stat> status_of(const fs::path& file)
{
    struct ::stat found = {};
    return ::stat(file.c_str(), &found) == 0 ? std::optional(found) : std::nullopt;
}

StatusFinding not_writable(const fs::path& file, const std::string& why, const std::string& remedy)
{
    return {Concern::room, file.string(), fmt::format("{}: {}", file.string(), why), remedy};
}

} // namespace

std::vector<DiskRoom> disk_rooms(const fs::path& state)
{
    const auto needed = std::max(store_size(state), needed_min);
    std::vector<DiskRoom> rooms;
    for (const auto& folder : {state, state / "payloads"}) {
        const auto room = room_of(folder);
        if (room && (rooms.empty() || rooms.front().mounted != room->mounted.string()))
            rooms.push_back(
                {folder.string(), room->mounted.string(), room->has_files_left ? room->free : 0, room->size, needed});
    }
    return rooms;
}

std::vector<StatusFinding> room_findings(const std::vector<DiskRoom>& rooms)
{
    std::vector<StatusFinding> found;
    for (const auto& room : rooms)
        if (room.free < room.needed)
            found.push_back(
                {Concern::room, room.folder,
                 fmt::format("{}: {} are free of {} on the file system mounted at {}, and a revision of everything "
                             "needs about {}, as much as the store has",
                             room.folder, byte_size_text(room.free), byte_size_text(room.size), room.mounted,
                             byte_size_text(room.needed)),
                 fmt::format("make room for {} more", byte_size_text(room.needed - room.free))});
    return found;
}

std::vector<StatusFinding> log_findings(const StoreLog& log)
{
    if (!log.is_over())
        return {};
    const auto text =
        fmt::format("the store's log has {}, and [store] wal_limit is {}: it takes room and slows every "
                    "read{}",
                    byte_size_text(log.bytes), byte_size_text(log.limit),
                    log.defers_harvests() ? "; harvests are deferred until it is emptied" : "");
    if (log.readers.empty())
        return {
            {Concern::room, "skurd.db-wal", text, "nobody reads the store: `skurd serve` empties it in a minute"}};
    return {{Concern::room, "skurd.db-wal",
             fmt::format("{}. It cannot be emptied while {} reads an old state", text, readers_text(log.readers)),
             fmt::format("let it end its transaction, or end it (kill {})", log.readers.front().pid)}};
}

std::vector<StatusFinding> writing_findings(const fs::path& state)
{
    std::vector<StatusFinding> found;
    const auto folder = status_of(state);
    if (!folder)
        return found;
    if (const auto room = room_of(state); room && room->is_read_only)
        found.push_back(not_writable(
            state, fmt::format("the file system mounted at {} is there for reading only", room->mounted.string()),
            fmt::format("see why (dmesg), then mount -o remount,rw {}", room->mounted.string())));
    for (const auto part : parts) {
        const auto file = part.empty() ? state : state / part;
        const auto status = status_of(file);
        if (status && status->st_uid != folder->st_uid)
            found.push_back(not_writable(
                file,
                fmt::format("belongs to user {}, and the state folder to user {}", status->st_uid, folder->st_uid),
                fmt::format("chown --reference={} {}", state.string(), file.string())));
        else if (status && (status->st_mode & S_IWUSR) == 0)
            found.push_back(
                not_writable(file, "cannot be written by its owner", fmt::format("chmod u+w {}", file.string())));
    }
    return found;
}

std::optional<StatusFinding> clock_finding(const ClockEvidence& evidence, Time now)
{
    const auto doubt = clock_doubt(evidence, now);
    if (doubt == ClockDoubt::none)
        return std::nullopt;
    const auto& heard = doubt == ClockDoubt::differs ? *evidence.differs : *evidence.agreed;
    const auto theirs = format_time(heard.theirs);
    StatusFinding found{Concern::clock, heard.host, "", ""};
    if (doubt == ClockDoubt::differs) {
        found.text = fmt::format("the clock of this machine is not that of {}, which said {} when it was {} here: "
                                 "files that are dropped wait",
                                 heard.host, theirs, format_time(heard.ours));
        found.remedy = "set the clock (timedatectl); if it is right, `skurd harvest JOB --force` takes a job's files";
    } else if (doubt == ClockDoubt::set_back) {
        found.text = fmt::format("the clock of this machine says {}, earlier than {} said, {}: files that are "
                                 "dropped wait",
                                 format_time(now), heard.host, theirs);
        found.remedy = "set the clock (timedatectl)";
    } else {
        found.text = fmt::format("the clock of this machine says {}, and no source has been heard since {} ({}): "
                                 "files that are dropped wait until one agrees",
                                 format_time(now), theirs, heard.host);
        found.remedy =
            "have a source asked (`skurd harvest JOB`); if the clock is right, `skurd harvest JOB --force` "
            "takes a job's files";
    }
    return found;
}

std::vector<StatusFinding> future_findings(const std::vector<FutureReleases>& placed)
{
    std::vector<StatusFinding> found;
    for (const auto& of : placed)
        found.push_back(
            {Concern::clock, of.dataset,
             fmt::format("{}: {} {} placed later than now, the last at {}, since the clock was ahead when "
                         "they came: as of today their numbers are not seen",
                         of.dataset, of.count, of.count == 1 ? "release is" : "releases are", format_time(of.last)),
             "give each file again with its time, `skurd drop FILE --job JOB --published T` (archive/ has "
             "it), or put back a backup"});
    return found;
}

} // namespace skurd
