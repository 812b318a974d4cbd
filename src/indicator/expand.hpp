#pragma once

#include "model/cube.hpp"
#include "model/indicator.hpp"

#include <functional>
#include <vector>

namespace skurd {

/// Gives the codes of a dataset's dimension with their labels; none for what is not there yet.
using ReadCodes = std::function<std::vector<Category>(const std::string& dataset, const std::string& dimension)>;

/// The codes that a template stands for now: those of the dataset that its newest definition reads with `*`, as far
/// as its patterns fit.
std::vector<Category> codes_of(const IndicatorTemplate& one, const ReadCodes& read);

/// Puts an indicator for each code of each template into the catalogue, in the place of those that were there: under
/// its own number (model/indicator_name.hpp), in a part of its own for each code, which is headed by the code's
/// label, and into the sets that have the template. Throws Error (usage) for two codes of a template with the same
/// number.
void expand(Catalogue& catalogue, const ReadCodes& read);

} // namespace skurd
