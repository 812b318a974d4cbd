#include "daemon/clock_watch.hpp"

#include "base/error.hpp"
#include "evaluate/store_flags.hpp"
#include "query/state_findings.hpp"
#include "store/clock_store.hpp"

#include <spdlog/spdlog.h>

namespace skurd {

void ClockWatch::look(const Turn&)
{
    try {
        const auto now = workspace_.clock.now();
        const auto evidence = ClockStore(workspace_.store).evidence();
        const auto found = clock_finding(evidence, now);
        if (workspace_.files_deferred.exchange(found.has_value()) != found.has_value()) {
            if (found)
                spdlog::warn("{}", found->sentence());
            else
                spdlog::info("the clock agrees with the sources again: files that are dropped are taken");
        }
        if (found || may_be_flagged_)
            flag_clock(workspace_.store, evidence, now);
        may_be_flagged_ = found.has_value();
    } catch (const std::exception& failure) {
        spdlog::error("holding the clock against the sources': {}", full_message(failure));
    }
}

} // namespace skurd
