#include "version/hashes.hpp"

#include "base/text.hpp"
#include "version/field_hash.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace skurd {

namespace {

using Order = std::vector<std::size_t>;

/// The positions of the items in ascending order of what `key` says of them.
template <typename Items, typename Key>
Order order_by(const Items& items, Key key)
{
    Order order(items.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return key(items[a]) < key(items[b]); });
    return order;
}

/// Takes a period as PxWeb writes it (2025, 2025K3, 2025M09, 2025U40) off the end; false when there is none.
bool drop_period(std::string_view& text)
{
    const auto begin = text.find_last_of(" -") + 1; // 0 where there is neither: then a label is no more than a period
    const auto word = text.substr(begin);
    if (begin == 0 || word.size() < 4 || !all_digits(word.substr(0, 4)))
        return false;
    const bool is_year = word.size() == 4;
    const bool is_part =
        word.size() > 5 && word.size() < 8 && word[4] >= 'A' && word[4] <= 'Z' && all_digits(word.substr(5));
    if (!is_year && !is_part)
        return false;
    text = trim(text.substr(0, begin));
    return true;
}

/// A release with its dimensions and categories in the order of their codes.
class Canonical {
public:
    explicit Canonical(const Release& release)
        : release_(release), dimensions_(order_by(
                                 release.dimensions, [](const auto& d) -> auto& { return d.id; })),
          strides_(release.dimensions.size())
    {
        std::size_t stride = 1;
        for (std::size_t d = release.dimensions.size(); d-- > 0;) {
            strides_[d] = stride;
            stride *= release.dimensions[d].categories.size();
        }
        for (const auto d : dimensions_)
            categories_.push_back(order_by(
                release.dimensions[d].categories, [](const auto& c) -> auto& { return c.code; }));
        leave_out_unused_categories();
        symbols_ = release.symbols;
        const auto before = [](const Symbol& a, const Symbol& b) {
            return std::tie(a.text, a.meaning) < std::tie(b.text, b.meaning);
        };
        std::sort(symbols_.begin(), symbols_.end(), before);
        symbols_.erase(std::unique(symbols_.begin(), symbols_.end()), symbols_.end());
        for (const auto& symbol : release.symbols)
            symbol_places_.push_back(
                std::uint16_t(std::lower_bound(symbols_.begin(), symbols_.end(), symbol, before) - symbols_.begin()));
        keep_used_symbols();
    }

    std::string values() const
    {
        ValueHash hash;
        for (std::size_t i = 0; i < dimensions_.size(); ++i) {
            const auto& dimension = release_.dimensions[dimensions_[i]];
            std::vector<std::string_view> codes;
            codes.reserve(categories_[i].size());
            for (const auto c : categories_[i])
                codes.emplace_back(dimension.categories[c].code);
            hash.dimension(dimension.id, codes);
        }
        hash.periods(release_.periods);
        for (const auto& symbol : symbols_)
            hash.symbol(symbol);
        add_cells(hash, 0, 0);
        return hash.hex();
    }

    std::string content(const std::string& values) const
    {
        FieldHash hash;
        hash.text("content 1");
        hash.text(values);
        hash.text(label_without_period(release_.label));
        for (std::size_t i = 0; i < dimensions_.size(); ++i) {
            const auto& dimension = release_.dimensions[dimensions_[i]];
            hash.text(dimension.label);
            for (const auto c : categories_[i]) {
                const auto& category = dimension.categories[c];
                hash.text(category.label);
                hash.text(category.unit);
                hash.number(static_cast<std::uint64_t>(category.decimals.value_or(-1)));
            }
        }
        for (const auto& note : release_.notes)
            hash.text(note);
        return hash.hex();
    }

private:
    /// A category none of whose cells is stated says nothing, and the store cannot tell that it was there.
    void leave_out_unused_categories()
    {
        std::vector<std::vector<bool>> used;
        for (const auto& dimension : release_.dimensions)
            used.emplace_back(dimension.categories.size());
        for (std::size_t series = 0; series < release_.series_count(); ++series) {
            if (!release_.is_stated(series))
                continue;
            for (std::size_t d = 0; d < used.size(); ++d)
                used[d][series / strides_[d] % used[d].size()] = true;
        }
        for (std::size_t i = 0; i < dimensions_.size(); ++i)
            std::erase_if(categories_[i], [&](std::size_t c) { return !used[dimensions_[i]][c]; });
    }

    void keep_used_symbols()
    {
        std::vector<bool> used(symbols_.size());
        for (const auto& cell : release_.cells)
            if (cell.state != Cell::State::absent)
                used[symbol_places_[cell.symbol]] = true;
        std::vector<std::uint16_t> places(symbols_.size());
        std::vector<Symbol> kept;
        for (std::size_t i = 0; i < symbols_.size(); ++i) {
            places[i] = static_cast<std::uint16_t>(kept.size());
            if (used[i])
                kept.push_back(symbols_[i]);
        }
        for (auto& place : symbol_places_)
            place = places[place];
        symbols_ = std::move(kept);
    }

    void add_cells(ValueHash& hash, std::size_t level, std::size_t series) const
    {
        if (level < dimensions_.size()) {
            for (const auto c : categories_[level])
                add_cells(hash, level + 1, series + c * strides_[dimensions_[level]]);
            return;
        }
        for (std::size_t period = 0; period < release_.periods.size(); ++period) {
            const auto& cell = release_.cell(series, period);
            if (cell.state == Cell::State::absent)
                hash.absent();
            else
                hash.cell(cell, symbol_places_[cell.symbol]);
        }
    }

    const Release& release_;
    Order dimensions_;              ///< positions in the release, in the order of their ids
    std::vector<Order> categories_; ///< for each of dimensions_: positions, in the order of their codes
    Order strides_;                 ///< for each dimension of the release: series from one category to the next
    std::vector<Symbol> symbols_;   ///< those that cells use, ascending
    std::vector<std::uint16_t> symbol_places_; ///< for each symbol of the release: its place in symbols_
};

} // namespace

std::string_view label_without_period(std::string_view label)
{
    std::string_view rest = label;
    if (!drop_period(rest))
        return label;
    label = trim(rest);
    if (rest.ends_with('-')) {
        rest = trim(rest.substr(0, rest.size() - 1));
        if (drop_period(rest))
            label = trim(rest);
    }
    return label;
}

void ValueHash::dimension(std::string_view id, const std::vector<std::string_view>& codes)
{
    hash_.text(id);
    hash_.number(codes.size());
    for (const auto code : codes)
        hash_.text(code);
}

void ValueHash::periods(const std::vector<Period>& periods)
{
    hash_.number(periods.size());
    for (const auto& period : periods)
        hash_.text(period.text());
}

void ValueHash::symbol(const Symbol& symbol)
{
    hash_.text(symbol.text);
    hash_.text(to_string(symbol.meaning));
}

void ValueHash::cell(const Cell& cell, std::uint16_t symbol)
{
    const Decimal number = cell.number().value_or(Decimal()).normalised();
    hash_.number(static_cast<std::uint64_t>(cell.state) | static_cast<std::uint64_t>(number.scale()) << 8 |
                 static_cast<std::uint64_t>(symbol) << 16);
    if (cell.has_number())
        hash_.number(static_cast<std::uint64_t>(number.mantissa()));
}

ReleaseHashes hashes_of(const Release& release)
{
    const Canonical canonical(release);
    ReleaseHashes hashes;
    hashes.values = canonical.values();
    hashes.content = canonical.content(hashes.values);
    return hashes;
}

} // namespace skurd
