#pragma once

#include "model/cube.hpp"

#include <string>
#include <vector>

namespace skurd {

/// What a dataset and its parts were called at some time.
struct DatasetDescription {
    std::string title;
    std::string time_dimension;        ///< the source's name of it
    std::vector<std::string> notes;    ///< the source's
    std::vector<Dimension> dimensions; ///< all but time, in the source's order, with every category there was by now
};

} // namespace skurd
