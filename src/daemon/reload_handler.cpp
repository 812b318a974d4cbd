// reload.
#include "daemon/handlers.hpp"
#include "daemon/reloading.hpp"

namespace skurd {

ReloadResult handle(const ReloadOrder&, OrderScope& scope)
{
    auto mistakes = reload(scope.workspace);
    return {std::move(mistakes), static_cast<std::int64_t>(scope.workspace.jobs->jobs.size())};
}

} // namespace skurd
