#include "app/agreement.hpp"

#include <CLI/CLI.hpp>

namespace skurd {

void Agreement::add_to(CLI::App& command)
{
    command.add_flag("--accept-withdrawals", withdrawals,
                     "What is gone from a complete release is gone, however much it is");
    command.add_flag("--accept-drift", drift, "The dataset may look other than before: codes, units, dimensions");
    command.add_flag("--accept-suspect", suspect, "A release that looks like a slip of the source is none");
}

void Agreement::write_to(Json& order) const
{
    order["accept_withdrawals"] = withdrawals;
    order["accept_drift"] = drift;
    order["accept_suspect"] = suspect;
}

} // namespace skurd
