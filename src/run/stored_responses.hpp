#pragma once

#include "model/request.hpp"
#include "store/store_session.hpp"

#include <vector>

namespace skurd {

/// What a source answered in a run, as a connector sees it. `received_at` and `modified_at` are not stored with the
/// bytes, so the caller says them. Throws Error where no payload of the run is stored.
std::vector<Response> stored_responses(const StoreSession& store, std::int64_t run, Time received_at,
                                       Time modified_at);

} // namespace skurd
