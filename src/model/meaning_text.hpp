#pragma once

#include "model/localized_text.hpp"
#include "model/observation.hpp"

namespace skurd {

/// What a status symbol means, for people: {"ikke tilgjengelig", "not available"}.
LocalizedText meaning_text(Meaning meaning);

} // namespace skurd
