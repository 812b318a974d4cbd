#include "model/revision.hpp"

namespace skurd {

std::string_view to_string(RevisionUnit unit)
{
    return unit == RevisionUnit::points ? "percentage points" : "percent";
}

} // namespace skurd
