#include "model/cube.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr std::array<std::string_view, 4> role_words = {"none", "time", "geo", "metric"};
constexpr std::array<std::string_view, 12> meaning_words = {
    "",
    "not applicable",
    "not available",
    "preliminary missing",
    "confidential",
    "nil",
    "not computable",
    "provisional",
    "suppressed",
    "withdrawn",
    "not asked for",
    "unknown",
};

} // namespace

std::string_view to_string(Role role)
{
    return role_words[static_cast<std::size_t>(role)];
}

std::optional<Role> role_from(std::string_view word)
{
    const auto found = std::find(role_words.begin(), role_words.end(), word);
    return found == role_words.end() ? std::nullopt : std::optional(static_cast<Role>(found - role_words.begin()));
}

std::string_view to_string(Meaning meaning)
{
    return meaning_words[static_cast<std::size_t>(meaning)];
}

Meaning meaning_from(std::string_view word)
{
    const auto found = std::find(meaning_words.begin(), meaning_words.end(), word);
    return found == meaning_words.end() ? Meaning::unknown : static_cast<Meaning>(found - meaning_words.begin());
}

std::size_t Cube::cell_count() const
{
    constexpr std::size_t cells_max = std::size_t(1) << 40;
    std::size_t count = 1;
    for (const auto& dimension : dimensions) {
        const auto size = dimension.categories.size();
        if (size != 0 && count > cells_max / size)
            throw error("the dimensions multiply to more than {} cells", cells_max);
        count *= size;
    }
    return count;
}

const Dimension* Cube::find(std::string_view id) const
{
    const auto found = std::find_if(dimensions.begin(), dimensions.end(), [&](const auto& d) { return d.id == id; });
    return found == dimensions.end() ? nullptr : &*found;
}

SymbolIndex::SymbolIndex(std::vector<std::string>& symbols) : symbols_(symbols)
{
    for (std::size_t i = 0; i < symbols.size(); ++i)
        known_.emplace(symbols[i], static_cast<std::uint16_t>(i));
}

std::uint16_t SymbolIndex::operator()(std::string_view text)
{
    const auto found = known_.find(text);
    if (found != known_.end())
        return found->second;
    if (symbols_.size() > UINT16_MAX)
        throw error("more than {} different status symbols", UINT16_MAX);
    const auto index = static_cast<std::uint16_t>(symbols_.size());
    symbols_.emplace_back(text);
    known_.emplace(text, index);
    return index;
}

} // namespace skurd
