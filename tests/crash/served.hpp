#pragma once

#include "base/clock.hpp"
#include "tests/sim/sim_table.hpp"

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace skurd::crash {

/// Everything one dataset was ever published as: the full copy of each release that the store is held against.
/// The table is regions x two contents x ten years.
class Served {
public:
    static constexpr std::int32_t nothing = -1; ///< "." is published where the number would stand

    /// Release 0, of at least so many cells.
    explicit Served(std::size_t cells);

    /// Adds a release in which about one of `share` cells has another number, or none; the positions of those.
    std::vector<std::size_t> revise(std::mt19937_64& random, unsigned share);

    std::size_t releases() const { return releases_.size(); }
    std::size_t cells() const { return releases_[0].size(); }
    std::size_t regions() const { return cells() / (contents * years); }
    const std::vector<std::int32_t>& release(std::size_t index) const { return releases_[index]; }

    /// When a release is published: one hour apart.
    Time published(std::size_t release) const;
    std::size_t release_of(Time published) const; ///< the release of that instant; releases() for none

    static std::string region(std::size_t index);  ///< "r00017"
    static std::string content(std::size_t index); ///< "a", "b"
    static std::string year(std::size_t index);    ///< "2010" ...
    static std::string text(std::int32_t number);  ///< as published

    /// The position of a cell by its codes; cells() for codes that are none of ours.
    std::size_t position(const std::string& region, const std::string& content, const std::string& year) const;
    std::string key(std::size_t position) const; ///< "r00017,a,2013", as the simulated source names a cell

    static constexpr std::size_t contents = 2;
    static constexpr std::size_t years = 10;

private:
    std::vector<std::vector<std::int32_t>> releases_;
};

/// The newest release as a table of the simulated source, and as a CSV file with a column for each year.
sim::SimTable sim_table(const Served& served, const std::string& id);
std::string csv(const Served& served);

} // namespace skurd::crash
