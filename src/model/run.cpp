#include "model/run.hpp"

#include <array>

namespace skurd {

namespace {

constexpr std::array<std::string_view, 5> run_outcome_words = {"running", "new vintage", "nothing new", "no file",
                                                               "failed"};

} // namespace

std::string_view to_string(RunOutcome outcome)
{
    return run_outcome_words[static_cast<std::size_t>(outcome)];
}

} // namespace skurd
