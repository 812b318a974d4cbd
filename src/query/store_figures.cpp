#include "query/store_figures.hpp"

#include "store/figure_store.hpp"
#include "store/flag_store.hpp"
#include "store/maintenance.hpp"
#include "store/outbox_store.hpp"
#include "store/quarantine_store.hpp"

#include <algorithm>
#include <string>
#include <system_error>
#include <tuple>

namespace skurd {

namespace {

std::uint64_t file_bytes(const std::filesystem::path& file)
{
    std::error_code failure;
    const auto size = std::filesystem::file_size(file, failure);
    return failure ? 0 : size;
}

} // namespace

StoreFigures store_figures(const StoreSession& store, const std::filesystem::path& state)
{
    const FigureStore figures(store);
    StoreFigures found;
    found.sources = figures.sources();
    found.flags = FlagStore(store).counts();
    found.quarantined = QuarantineStore(store).list().size();
    for (const auto& [which, count] : OutboxStore(store).counts())
        found.outbox[std::string(to_string(which.second))] += count;
    std::tie(found.payloads, found.payload_bytes) = figures.payloads();
    found.behind = store.behind();
    found.log_bytes = file_bytes(state / "skurd.db-wal");
    const auto all = StoreMaintenance(store).size();
    found.database_bytes = all - std::min<std::uint64_t>(all, found.log_bytes);
    return found;
}

} // namespace skurd
