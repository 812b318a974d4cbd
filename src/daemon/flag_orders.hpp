#pragma once

#include "lib/json/json.hpp"
#include "model/flag.hpp"
#include "model/flag_event.hpp"
#include "model/indicator.hpp"
#include "store/store_session.hpp"

#include <optional>
#include <string>

namespace skurd {

/// Which flags are meant: those that all the given say yes to.
struct FlagFilter {
    std::optional<FlagKind> kind{};
    std::string job{};    ///< its own flags, and those of indicators that read its dataset; "" = any
    std::string source{}; ///< "ssb": of its jobs, and of indicators that read its datasets; "" = any
    int indicator = 0;    ///< 0 = any
    std::optional<Time> raised_since{};

    bool is_empty() const { return !kind && job.empty() && source.empty() && indicator == 0 && !raised_since; }
};

/// The flags it means, in the store's order.
std::vector<Flag> chosen_flags(const StoreSession& store, const Catalogue& catalogue, const FlagFilter& filter,
                               bool closed_too);

/// For people's tools: {"flag", "kind", "state", "indicator": number or null, "period", "key", "text_nb", "text_en",
/// "raised", "changed", "note", "by"}.
Json to_json(const Flag& flag);
/// {"at", "event", "state", "text_nb", "text_en", "note", "by"}; note and name are those of the event itself.
Json to_json(const RecordedFlagEvent& event);

} // namespace skurd
