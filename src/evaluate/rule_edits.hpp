#pragma once

#include "flag/rule_edit.hpp"
#include "model/indicator.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// What the catalogue says otherwise than the one of the last evaluation, as the store has its files. An indicator
/// that is new is not edited; nothing is where the store does not have the files, or this program reads them no more.
RuleEdit edited_rules(const StoreSession& store, const Catalogue& catalogue);

} // namespace skurd
