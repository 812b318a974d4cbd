#pragma once

#include "model/observation.hpp"
#include "model/words.hpp"

namespace skurd {

/// What a status symbol means, for people: {"ikke tilgjengelig", "not available"}.
Words words_of(Meaning meaning);

} // namespace skurd
