#pragma once

#include "base/clock.hpp"
#include "model/flag.hpp"
#include "model/flag_event.hpp"
#include "model/indicator.hpp"
#include "store/store_session.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// Which flags are meant: those that all the given say yes to.
struct FlagFilter {
    std::optional<FlagKind> kind{};
    std::string job{};       ///< its own flags, and those of indicators that read its dataset; "" = any
    std::string source{};    ///< "ssb": of its jobs, and of indicators that read its datasets; "" = any
    std::string indicator{}; ///< "9", "201/0301", or "201" for all that a template stands for; "" = any
    std::string place{};     ///< a code or its label: of the indicators that templates stand for there; "" = any
    std::optional<Time> raised_since{};
    std::optional<Time> at{}; ///< as they were then; nothing = now

    bool is_empty() const
    {
        return !kind && job.empty() && source.empty() && indicator.empty() && place.empty() && !raised_since;
    }
};

/// The flags it means, in the store's order. Throws Error (usage) for an indicator or a place that is none.
std::vector<Flag> chosen_flags(const StoreSession& store, const Catalogue& catalogue, const FlagFilter& filter,
                               bool closed_too);

/// How many are open and nobody has acknowledged.
std::size_t unanswered_flags(const StoreSession& store);

/// As it was then, or is now. Throws Error (usage) for one that is not there.
Flag find_flag(const StoreSession& store, std::int64_t id, std::optional<Time> at = {});

/// What happened to a flag, or had happened by then, oldest first; note and name are those of the event itself, and
/// not of an earlier one that the flag has kept since.
std::vector<RecordedFlagEvent> flag_events(const StoreSession& store, std::int64_t id, std::optional<Time> at = {});

} // namespace skurd
