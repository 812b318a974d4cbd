#include "model/indicator_name.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>

namespace skurd {

namespace {

constexpr int codes_of_a_template = 1'000'000;
constexpr int codes_of_a_length = 100'000;
constexpr std::size_t digits_max = 5;
constexpr int hashes_from = 600'000;
constexpr std::size_t plain_digits_max = 6;

int number_of(std::string_view digits)
{
    int number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

/// FNV-1a, 64 bits.
std::uint64_t hash_of(std::string_view text)
{
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211U;
    }
    return hash;
}

} // namespace

int code_number(std::string_view code)
{
    if (all_digits(code) && code.size() <= digits_max)
        return static_cast<int>(code.size()) * codes_of_a_length + number_of(code);
    return hashes_from + static_cast<int>(hash_of(code) % (codes_of_a_template - hashes_from));
}

int expanded_number(int of, std::string_view code)
{
    return of * codes_of_a_template + code_number(code);
}

int template_of(int number)
{
    return number / codes_of_a_template;
}

std::string indicator_name(int number)
{
    if (number < codes_of_a_template)
        return std::to_string(number);
    const int of = number / codes_of_a_template;
    const int code = number % codes_of_a_template;
    if (code >= hashes_from)
        return fmt::format("{}/#{}", of, code);
    return fmt::format("{}/{:0{}}", of, code % codes_of_a_length, code / codes_of_a_length);
}

std::optional<int> indicator_number(std::string_view name)
{
    const auto slash = name.find('/');
    const auto digits = name.substr(0, slash);
    if (!all_digits(digits) || digits.size() > plain_digits_max)
        return std::nullopt;
    const int number = number_of(digits);
    if (slash == std::string_view::npos)
        return number;
    const auto code = name.substr(slash + 1);
    if (number > template_number_max || code.empty())
        return std::nullopt;
    const bool is_hash = code.front() == '#' && all_digits(code.substr(1)) && code.size() == 7;
    return is_hash ? number * codes_of_a_template + number_of(code.substr(1)) : expanded_number(number, code);
}

} // namespace skurd
