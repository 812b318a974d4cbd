#include "model/run.hpp"

#include <algorithm>
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

std::optional<RunOutcome> run_outcome_from(std::string_view word)
{
    const auto found = std::find(run_outcome_words.begin(), run_outcome_words.end(), word);
    return found == run_outcome_words.end() ? std::nullopt
                                            : std::optional(static_cast<RunOutcome>(found - run_outcome_words.begin()));
}

} // namespace skurd
