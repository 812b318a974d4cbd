#include "model/run_text.hpp"

#include <fmt/format.h>

namespace skurd {

std::string run_text(const Run& run, Language language)
{
    if (language == Language::en)
        return run.message;
    const auto& counts = run.counts;
    switch (run.outcome) {
    case RunOutcome::new_vintage:
        return fmt::format("{} celler, {} skrevet, {} revidert, {} trukket; utgave {}", counts.cells, counts.rows,
                           counts.revised, counts.withdrawn, run.vintage);
    case RunOutcome::nothing_new:
        return "de samme tallene som før";
    case RunOutcome::no_file:
        return "ingen ferdig fil venter";
    case RunOutcome::running:
        return "";
    default:
        return run.message;
    }
}

} // namespace skurd
