#pragma once

#include "base/number_text.hpp"
#include "model/run.hpp"

#include <string>

namespace skurd {

/// What a run came to, in one line: its message, which is English as it is stored; in Norwegian what its outcome and
/// its counts say, but the message of one that failed as it is.
std::string run_text(const Run& run, Language language);

} // namespace skurd
