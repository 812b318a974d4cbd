#include "tests/bench/measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace skurd::bench {

namespace {

double cpu_seconds()
{
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

std::string shown(double value)
{
    const double size = std::abs(value);
    return fmt::format("{:.{}f}", value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3);
}

template <typename Pick>
double median_of(const std::vector<std::pair<Cost, Cost>>& pairs, Pick pick)
{
    std::vector<double> values;
    values.reserve(pairs.size());
    for (const auto& [ours, theirs] : pairs)
        values.push_back(pick(ours, theirs));
    return median(values);
}

} // namespace

Cost cost_of(const std::function<void()>& work)
{
    const auto cpu = cpu_seconds();
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return {wall.count(), cpu_seconds() - cpu};
}

double median(std::vector<double> values)
{
    assert(!values.empty());
    std::sort(values.begin(), values.end());
    const auto middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

void Pairs::add(const Cost& ours, const Cost& theirs)
{
    pairs_.emplace_back(ours, theirs);
}

double Pairs::wall_ratio() const
{
    return median_of(pairs_, [](auto& a, auto& b) { return a.wall / b.wall; });
}

double Pairs::cpu_ratio() const
{
    return median_of(pairs_, [](auto& a, auto& b) { return a.cpu / b.cpu; });
}

double Pairs::our_wall() const
{
    return median_of(pairs_, [](auto& a, auto&) { return a.wall; });
}

double Pairs::their_wall() const
{
    return median_of(pairs_, [](auto&, auto& b) { return b.wall; });
}

void Sheet::line(const std::string& name, double value, const std::string& unit, const std::string& bar,
                 const std::string& verdict) const
{
    auto text = fmt::format("{:<32}{:>10} {:<14}{:<18}{}", name, shown(value), unit, bar, verdict);
    text.erase(text.find_last_not_of(' ') + 1);
    fmt::print(out_, "{}\n", text);
    static_cast<void>(std::fflush(out_)); // a long form is watched while it runs
}

void Sheet::figure(const std::string& name, double value, const std::string& unit) const
{
    line(name, value, unit, "", "");
}

void Sheet::at_most(const std::string& name, double value, const std::string& unit, double bar) const
{
    line(name, value, unit, fmt::format("at most {}", bar), value <= bar ? "reached" : "NOT reached");
}

void Sheet::exactly(const std::string& name, double value, const std::string& unit, double bar) const
{
    line(name, value, unit, fmt::format("exactly {}", bar), value == bar ? "reached" : "NOT reached");
}

void Sheet::note(const std::string& name, const std::string& why) const
{
    fmt::print(out_, "{:<32}{}\n", name, why);
}

void Sheet::pair(const std::string& name, const Pairs& pairs, double bar) const
{
    at_most(name, pairs.wall_ratio(), "x", bar);
    figure(name + ".cpu", pairs.cpu_ratio(), "x");
}

} // namespace skurd::bench
