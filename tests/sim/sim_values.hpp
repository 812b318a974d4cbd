#pragma once

#include "tests/sim/sim_table.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace skurd::sim {

/// One category of an answer: a category of the table, or several of them summed under a code of their own.
struct SimGroup {
    std::string code;
    std::string label;
    std::vector<std::size_t> members; ///< positions in the table's dimension, at least one
};

/// What is selected of one dimension.
struct SimChoice {
    std::vector<SimGroup> groups;
    bool shown = true; ///< false = eliminated: one group that is not part of the answer
};

struct SimSelection {
    std::vector<SimChoice> choices; ///< one for each dimension of the table
    std::vector<std::size_t> order; ///< the shown dimensions in the order of the answer

    std::size_t cells() const;
};

SimGroup single(const SimDimension& dimension, std::size_t position);
SimChoice all_of(const SimDimension& dimension);
/// What is left out stands at its elimination value, or is summed.
SimChoice eliminated(const SimDimension& dimension);
/// All dimensions that are shown, in the table's order.
SimSelection in_table_order(std::vector<SimChoice> choices);

/// The cells of the answer, the last dimension fastest. In a sum, the first symbol met stands for the whole.
std::vector<SimValue> values_of(const SimTable& table, const SimSelection& selection);

/// Whole numbers without a decimal part, others with all their decimals.
std::string number_text(const Decimal& number);

} // namespace skurd::sim
