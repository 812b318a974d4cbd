#pragma once

#include "base/decimal.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// Counts how a release differs from what was known, and says whether it looks like a slip of the source rather than
/// news. Two groups of cells are judged, each by itself: those whose number was known, and new ones beside a known
/// number of their series. A group of at least three numbers is an anomaly when nine in ten of them became zero,
/// missing (the first group only: a new period often begins so), or at least nine times larger or smaller (ten, with
/// room for rounding).
class AnomalyCheck {
public:
    void begin_series();
    /// A number that was known of a cell of the series at hand; before any of the next three says what it is now.
    void known(const Decimal& number);
    /// A cell that had a number, and what it says now.
    void restated(const Decimal& before, const std::optional<Decimal>& now) { restated_.count(before, now); }
    void unchanged(const Decimal& number) { restated_.count_same(number); }
    /// A cell that had no number: what it says now is held against the known number before it, else the one after.
    void added(const std::optional<Decimal>& now);

    /// What the anomaly is, for people: "41 of 42 numbers became zero". Nothing where nothing is. `cells_before` are
    /// those of the complete release before it, where there is one to compare with.
    std::optional<std::string> why(std::optional<std::size_t> cells_before, std::size_t cells_now) const;

private:
    struct Group {
        std::size_t numbers = 0;
        std::size_t nonzero = 0; ///< of those, before
        std::size_t zeroed = 0;
        std::size_t missing = 0;
        std::size_t larger = 0;
        std::size_t smaller = 0;

        void count(const Decimal& before, const std::optional<Decimal>& now);
        void count_same(const Decimal& number);
        std::optional<std::string> why(const char* what) const;
    };

    Group restated_;
    Group added_;
    std::optional<Decimal> known_; ///< the last that was given of the series at hand
    std::vector<Decimal> waiting_; ///< added before any number was known
};

} // namespace skurd
