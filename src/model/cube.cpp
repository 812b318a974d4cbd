#include "model/cube.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace skurd {

Meaning meaning_from(std::string_view word)
{
    return from_word<Meaning>(word).value_or(Meaning::unknown);
}

bool qualifies_number(Meaning meaning)
{
    return meaning >= Meaning::provisional && meaning <= Meaning::footnote;
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

CubeBounds bounds_of(std::size_t payload_bytes)
{
    return {1'000'000 + 100 * payload_bytes, 100'000 + 8 * payload_bytes, 1'000'000 + 8 * payload_bytes};
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
