#pragma once

#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace skurd::bench {

/// What something took, in seconds.
struct Cost {
    double wall = 0;
    double cpu = 0; ///< of this process, in user and kernel mode
};

Cost cost_of(const std::function<void()>& work);

double median(std::vector<double> values); ///< of at least one

/// What several repetitions of two things took, done in turn so that whatever else the machine does meets both.
class Pairs {
public:
    void add(const Cost& ours, const Cost& theirs);

    // Medians: of the repetitions' own ratios, which a machine that slows down in between disturbs least.
    double wall_ratio() const;
    double cpu_ratio() const;
    double our_wall() const;
    double their_wall() const;

private:
    std::vector<std::pair<Cost, Cost>> pairs_;
};

/// Prints one line for each figure: name, figure, unit, bar, "reached" or "NOT reached".
class Sheet {
public:
    void figure(const std::string& name, double value, const std::string& unit) const; ///< one without a bar
    void at_most(const std::string& name, double value, const std::string& unit, double bar) const;
    void exactly(const std::string& name, double value, const std::string& unit, double bar) const;
    void note(const std::string& name, const std::string& why) const;         ///< a figure that cannot be had here
    void pair(const std::string& name, const Pairs& pairs, double bar) const; ///< ratios, the bar on the clock's

private:
    void line(const std::string& name, double value, const std::string& unit, const std::string& bar,
              const std::string& verdict) const;

    std::FILE* out_ = stdout;
};

} // namespace skurd::bench
