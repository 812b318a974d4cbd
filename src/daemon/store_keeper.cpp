#include "daemon/store_keeper.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "evaluate/store_flags.hpp"
#include "store/log_state.hpp"
#include "store/store_bounds.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>

namespace skurd {

namespace {

constexpr std::uintmax_t log_kept_max = 4 << 20; ///< bytes of a log that is left to SQLite, which begins it anew
constexpr auto bounds_every = std::chrono::hours(1);
constexpr int steps_at_once = 5;

/// Whoever read the store a minute ago too. One that came since may be gone in a moment.
void keep_lasting(std::vector<LogReader>& readers, const std::vector<int>& before)
{
    std::erase_if(readers, [&](const auto& reader) {
        return std::find(before.begin(), before.end(), reader.pid) == before.end();
    });
}

} // namespace

void StoreKeeper::work(Turn& turn)
{
    try {
        keep_log(turn);
        keep_bounds();
    } catch (const std::exception& failure) {
        spdlog::error("keeping the store: {}", full_message(failure));
    }
}

void StoreKeeper::keep_log(Turn& turn)
{
    const auto& folder = workspace_.store.folder();
    const auto limit = workspace_.settings.store.wal_limit;
    auto log = store_log(folder, limit, 0);
    if (log.bytes > log_kept_max) {
        turn.outside([&] { empty_log(folder); });
        log = store_log(folder, limit, 0);
    }
    std::vector<int> readers;
    std::transform(log.readers.begin(), log.readers.end(), std::back_inserter(readers),
                   [](const auto& reader) { return reader.pid; });
    keep_lasting(log.readers, readers_before_);
    readers_before_ = std::move(readers);
    if (log.is_over() || may_be_flagged_)
        flag_log_readers(workspace_.store, log, workspace_.clock.now());
    may_be_flagged_ = log.is_over();
    defer_harvests(log);
}

void StoreKeeper::defer_harvests(const StoreLog& log)
{
    const bool defers = log.defers_harvests();
    if (workspace_.harvests_deferred.exchange(defers) == defers)
        return;
    if (defers)
        spdlog::warn(
            "harvests are deferred: the store's log has {}, twice [store] wal_limit, and cannot be emptied{}",
            byte_size_text(log.bytes),
            log.readers.empty() ? "" : " while " + readers_text(log.readers) + " reads an old state");
    else
        spdlog::info("harvests go on: the store's log has {}", byte_size_text(log.bytes));
}

void StoreKeeper::keep_bounds()
{
    const auto now = workspace_.clock.now();
    if (bounds_kept_at_ && *bounds_kept_at_ <= now && now - *bounds_kept_at_ < bounds_every)
        return;
    StoreBoundsKeeper keeper(workspace_.store, workspace_.settings.store.bounds);
    std::size_t removed = 0;
    for (int step = 0; step < steps_at_once; ++step) {
        const auto more = keeper.step();
        removed += more;
        if (more == 0) {
            bounds_kept_at_ = now;
            break;
        }
    }
    if (removed > 0)
        spdlog::info("{} old runs and ended entries in quarantine were removed ([store] keep_runs, keep_runs_days, "
                     "keep_quarantine_days)",
                     removed);
}

} // namespace skurd
