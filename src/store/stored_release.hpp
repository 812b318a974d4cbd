#pragma once

#include "model/release.hpp"
#include "store/vintages.hpp"

namespace skurd {

/// What the store says that a vintage or confirmation said, made anew from its rows and those before it: the release
/// with its dimensions, those of its categories, and those of its periods that it stated something of. Labels, units
/// and notes are not there. `gone` counts cells that it left out and that the rows nevertheless have a value for,
/// although its silence meant that they are gone: 0 in a sound store.
struct StoredRelease {
    Release release;
    std::size_t gone_but_there = 0;
};

/// `place` is an index into the timeline's entries. Throws Error when the store's tables contradict each other.
StoredRelease stored_release(Database& database, const Timeline& line, std::size_t place);

} // namespace skurd
