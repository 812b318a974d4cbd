#pragma once

#include "base/decimal.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <optional>

namespace skurd {

/// An exact fraction of any size, in lowest terms: + - * / and comparison are those of boost::multiprecision.
/// Slow to compile: include this file from .cpp files only.
using Exact = boost::multiprecision::cpp_rational;

Exact exact(const Decimal& number);

/// A whole number of any size.
using Whole = boost::multiprecision::cpp_int;

/// A decimal in units of 10^-scale; its own scale must not be larger. Cheaper to compare and to divide than
/// fractions.
Whole whole(const Decimal& number, int scale);

/// base^exponent, exponent >= 0.
Exact power(const Exact& base, int exponent);

/// With that many decimals, half away from zero: -0.25 with 1 is -0.3. Nothing when the result does not fit a
/// Decimal. 0 <= decimals <= Decimal::scale_max.
std::optional<Decimal> rounded(const Exact& number, int decimals);
/// The same of above / below, which need not be in lowest terms; below > 0.
std::optional<Decimal> rounded(const Whole& above, const Whole& below, int decimals);

/// Where a number that lies exactly between two neighbours goes.
enum class Tie { up, down };

/// The degree-th root of a fraction >= 0, rounded to that many decimals with integers only: no floating point, so the
/// last digit is right. degree >= 1. Nothing when the result does not fit a Decimal.
std::optional<Decimal> rounded_root(const Exact& number, int degree, int decimals, Tie tie = Tie::up);

} // namespace skurd
