#include "store/hashes.hpp"

#include "lib/openssl/sha256.hpp"

#include <algorithm>
#include <array>
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

/// A SHA-256 of fields that cannot run into each other: each text stands behind its length.
class FieldHash {
public:
    void text(std::string_view text)
    {
        number(text.size());
        append(text);
    }
    void number(std::uint64_t value)
    {
        std::array<char, 8> bytes;
        for (auto& byte : bytes) {
            byte = static_cast<char>(value);
            value >>= 8;
        }
        append({bytes.data(), bytes.size()});
    }
    std::string hex()
    {
        flush();
        return hash_.hex();
    }

private:
    static constexpr std::size_t buffer_size = 1 << 16;

    void append(std::string_view bytes)
    {
        buffer_ += bytes;
        if (buffer_.size() > buffer_size)
            flush();
    }
    void flush()
    {
        hash_.add(buffer_);
        buffer_.clear();
    }

    Sha256 hash_;
    std::string buffer_;
};

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
        FieldHash hash;
        hash.text("values 1");
        for (std::size_t i = 0; i < dimensions_.size(); ++i) {
            const auto& dimension = release_.dimensions[dimensions_[i]];
            hash.text(dimension.id);
            hash.number(dimension.categories.size());
            for (const auto c : categories_[i])
                hash.text(dimension.categories[c].code);
        }
        hash.number(release_.periods.size());
        for (const auto& period : release_.periods)
            hash.text(period.text());
        for (const auto& symbol : symbols_) {
            hash.text(symbol.text);
            hash.text(to_string(symbol.meaning));
        }
        add_cells(hash, 0, 0);
        return hash.hex();
    }

    std::string content(const std::string& values) const
    {
        FieldHash hash;
        hash.text("content 1");
        hash.text(values);
        hash.text(release_.label);
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

    void add_cells(FieldHash& hash, std::size_t level, std::size_t series) const
    {
        if (level < dimensions_.size()) {
            for (const auto c : categories_[level])
                add_cells(hash, level + 1, series + c * strides_[dimensions_[level]]);
            return;
        }
        for (std::size_t period = 0; period < release_.periods.size(); ++period)
            add_cell(hash, release_.cell(series, period));
    }

    void add_cell(FieldHash& hash, const Cell& cell) const
    {
        const Decimal number = cell.number().value_or(Decimal()).normalised();
        const auto symbol = cell.state == Cell::State::absent ? std::uint16_t(0) : symbol_places_[cell.symbol];
        hash.number(static_cast<std::uint64_t>(cell.state) | static_cast<std::uint64_t>(number.scale()) << 8 |
                    static_cast<std::uint64_t>(symbol) << 16);
        if (cell.has_number())
            hash.number(static_cast<std::uint64_t>(number.mantissa()));
    }

    const Release& release_;
    Order dimensions_;              ///< positions in the release, in the order of their ids
    std::vector<Order> categories_; ///< for each of dimensions_: positions, in the order of their codes
    Order strides_;                 ///< for each dimension of the release: series from one category to the next
    std::vector<Symbol> symbols_;   ///< those that cells use, ascending
    std::vector<std::uint16_t> symbol_places_; ///< for each symbol of the release: its place in symbols_
};

} // namespace

ReleaseHashes hashes_of(const Release& release)
{
    const Canonical canonical(release);
    ReleaseHashes hashes;
    hashes.values = canonical.values();
    hashes.content = canonical.content(hashes.values);
    return hashes;
}

} // namespace skurd
