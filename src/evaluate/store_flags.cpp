#include "evaluate/store_flags.hpp"

#include "base/file_system.hpp"
#include "base/time_text.hpp"
#include "evaluate/reconcile_flags.hpp"
#include "model/flag.hpp"

#include <fmt/format.h>

namespace skurd {

void flag_log_readers(StoreSession& store, const StoreLog& log, Time now)
{
    constexpr auto key = "reader/store";
    std::vector<FlagCause> causes;
    if (log.is_over() && !log.readers.empty()) {
        auto cause = FlagCause();
        cause.key = key;
        cause.kind = FlagKind::reader;
        for (const auto& reader : log.readers)
            cause.inputs += fmt::format("{} ", reader.pid);
        const auto limit = byte_size_text(log.limit);
        cause.text_nb = fmt::format("Lagerets logg er over {} ([store] wal_limit) og kan ikke tømmes, fordi {} leser "
                                    "en gammel tilstand: den tar plass og gjør hver lesning tregere",
                                    limit, readers_text(log.readers, "prosess"));
        cause.text_en =
            fmt::format("The store's log has passed {} ([store] wal_limit) and cannot be emptied, since {} "
                        "reads an old state: it takes room and slows every read",
                        limit, readers_text(log.readers));
        causes.push_back(std::move(cause));
    }
    reconcile_flags(
        store, causes, [&](const Flag& flag) { return flag.key == key; }, now);
}

void flag_clock(StoreSession& store, const ClockEvidence& evidence, Time now)
{
    constexpr auto key = "clock//skurd"; // no job's: an id has no '/'
    std::vector<FlagCause> causes;
    if (const auto doubt = clock_doubt(evidence, now); doubt != ClockDoubt::none) {
        const auto& heard = evidence.differs ? *evidence.differs : *evidence.agreed;
        auto cause = FlagCause();
        cause.key = key;
        cause.kind = FlagKind::clock;
        cause.inputs = fmt::format("{} {}", static_cast<int>(doubt), heard.host);
        cause.text_nb = fmt::format("Maskinens klokke kan være feil: {} sa {} da den viste {}; filer som slippes, "
                                    "venter (se skurd status)",
                                    heard.host, format_time(heard.theirs), format_time(heard.ours));
        cause.text_en = fmt::format("The machine's clock may be wrong: {} said {} when it showed {}; files that are "
                                    "dropped wait (see skurd status)",
                                    heard.host, format_time(heard.theirs), format_time(heard.ours));
        causes.push_back(std::move(cause));
    }
    reconcile_flags(
        store, causes, [&](const Flag& flag) { return flag.key == key; }, now);
}

} // namespace skurd
