#pragma once

#include "base/clock.hpp"
#include "config/installation.hpp"
#include "model/status.hpp"
#include "query/status.hpp"

namespace skurd {

/// How an installation stands: what its files say, held against its store and the world. Reads all of that anew, and
/// waits for nobody. `files` are those of the store; the daemon, which has it open, leaves them alone.
Status ask_status(const Installation& installation, const Clock& clock, StoreFiles files);

} // namespace skurd
