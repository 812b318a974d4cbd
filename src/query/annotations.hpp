#pragma once

#include "model/annotation.hpp"
#include "model/ended.hpp"
#include "model/indicator.hpp"
#include "store/store_session.hpp"

#include <string>
#include <vector>

namespace skurd {

/// The annotations about the dataset of a target (an indicator's number or a selector), and about its series where it
/// names some; all for "". Throws Error (usage) for a target the store does not have.
std::vector<Annotation> annotations(const StoreSession& store, const Catalogue& catalogue, const std::string& target,
                                    Ended withdrawn);

} // namespace skurd
