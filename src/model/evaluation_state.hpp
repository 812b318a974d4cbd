#pragma once

#include <cstdint>
#include <string>

namespace skurd {

/// What an evaluation was made on: where this has not changed, there is nothing to evaluate.
struct EvaluationState {
    std::int64_t newest_vintage = 0; ///< the id; 0 = none
    std::string catalogue_hash{};
    std::int64_t annotations = 0; ///< how many there are, withdrawn ones among them
    std::int64_t annotations_withdrawn = 0;

    bool operator==(const EvaluationState&) const = default;
};

} // namespace skurd
