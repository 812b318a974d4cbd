#pragma once

#include "model/release.hpp"
#include "store/vintages.hpp"

namespace skurd {

/// What the store says that a vintage or confirmation said, made anew from its rows and those before it: the release
/// with its dimensions, those of its categories, and those of its periods that it stated something of. Labels, units
/// and notes are not there.
/// `place` is an index into the entries of the dataset's timeline. Throws Error when the store's tables contradict
/// each other.
Release stored_release(Database& database, std::int64_t dataset, const Timeline& line, std::size_t place);

} // namespace skurd
