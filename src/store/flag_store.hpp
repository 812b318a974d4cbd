#pragma once

#include "model/flag.hpp"
#include "model/flag_event.hpp"
#include "model/flag_query.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// Flags and what happened to them.
class FlagStore {
public:
    explicit FlagStore(const StoreSession& session) : session_(session) {}

    std::vector<Flag> list(const FlagQuery& query) const; ///< by id
    std::vector<Flag> list(Ended closed) const;           ///< of all kinds; by id
    /// How many there are of a kind in a state, but for those that are closed.
    std::map<std::pair<FlagKind, FlagState>, std::size_t> counts() const;
    std::optional<Flag> find(std::int64_t id) const;
    std::int64_t raise(const Flag& flag); ///< new; also writes the event
    /// State, texts, note. Gives the id of the event that it writes.
    std::int64_t change(const Flag& flag, std::string_view event);
    std::vector<RecordedFlagEvent> events(std::int64_t flag) const; ///< oldest first

private:
    const StoreSession& session_;
};

} // namespace skurd
