#pragma once

#include <cstdint>
#include <string>

namespace skurd {

/// What the last evaluation was made on: where nothing it depends on was committed since, there is nothing to
/// evaluate.
struct EvaluationState {
    std::int64_t commit_seq = 0; ///< the newest commit there was
    std::string catalogue_hash{};
    std::int64_t form = newest_form; ///< what it wrote; one that wrote less is as if there had been none

    static constexpr std::int64_t newest_form = 2; ///< what definitions leave out

    bool operator==(const EvaluationState&) const = default;
};

} // namespace skurd
