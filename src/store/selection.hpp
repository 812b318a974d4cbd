#pragma once

#include "model/vintage.hpp"
#include "store/engine/database.hpp"
#include "store/engine/statement.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace skurd {

/// The series a selector means.
struct Selection {
    std::int64_t dataset = 0;
    std::vector<std::int64_t> series; ///< ascending
};

/// Throws Error (usage) for a dataset, dimension or code the store does not know, naming those it does.
Selection select_series(Database& database, const Selector& selector);

/// Whether select_series would find all words of the selector.
bool knows(Database& database, const Selector& selector);

/// What a series is called.
struct SeriesName {
    Codes codes;       ///< in the source's order
    std::string label; ///< the categories' labels, joined by ", "
    std::string unit;
};

/// Names series; keeps the categories it has met.
class SeriesNames {
public:
    explicit SeriesNames(Database& database);
    SeriesName operator()(std::int64_t series);

private:
    struct Part {
        std::string dimension;
        std::string code;
        std::string label;
        std::string unit;
    };
    const Part& part(std::int64_t category);

    Statement codes_;
    Statement category_;
    std::unordered_map<std::int64_t, Part> parts_;
};

} // namespace skurd
