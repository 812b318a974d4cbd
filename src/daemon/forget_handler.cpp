// A person's name gives way to a pseudonym in one transaction, and what the file held of it is overwritten.
#include "daemon/handlers.hpp"
#include "model/annotation.hpp"
#include "store/person_store.hpp"

namespace skurd {

ForgetResult handle(const ForgetOrder& order, OrderScope& scope)
{
    const auto name = checked_note("the name", order.person);
    const auto pseudonym = PersonStore(scope.workspace.store).forget(name);
    if (pseudonym.empty())
        throw usage_error("nobody in the store is called so: names stand as they were given (see skurd annotations, "
                          "flags --all, signoff --list)");
    return {pseudonym};
}

} // namespace skurd
