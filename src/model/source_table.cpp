#include "model/source_table.hpp"

#include <algorithm>

namespace skurd {

bool CheckedJob::is_good() const
{
    return failure.empty() && std::none_of(results.begin(), results.end(), [](const CheckResult& result) {
               return result.kind == CheckResult::Kind::wrong;
           });
}

} // namespace skurd
