#include "tests/bench/table.hpp"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <iterator>

namespace skurd::bench {

namespace {

constexpr std::size_t dimension_count = 4;
using Positions = std::array<std::size_t, dimension_count>;

constexpr std::array<std::int64_t, 3> powers_of_ten = {1, 10, 100};

int decimals_of(std::size_t contents)
{
    return static_cast<int>(contents % powers_of_ten.size());
}

struct DimensionWords {
    const char* id;
    const char* label;
};
constexpr std::array<DimensionWords, dimension_count> words = {
    {{"Region", "region"}, {"ContentsCode", "statistikkvariabel"}, {"Alder", "alder"}, {"Tid", "år"}}};

std::string code_of(std::size_t dimension, std::size_t position)
{
    switch (dimension) {
    case 0:
        return Table::region_code(position);
    case 1:
        return fmt::format("Innhold{:02}", position);
    case 2:
        return fmt::format("{:03}", position);
    default:
        return fmt::format("{}", 2000 + position);
    }
}

std::string label_of(std::size_t dimension, std::size_t position)
{
    switch (dimension) {
    case 0:
        return fmt::format("Områdenavn {}", position);
    case 1:
        return fmt::format("Målt størrelse nummer {} (prosent)", position);
    case 2:
        return fmt::format("{}-{} år", position * 10, position * 10 + 9);
    default:
        return code_of(dimension, position);
    }
}

/// Writes one table in one form.
class Writer {
public:
    Writer(const Table& table, Table::Form form) : table_(table), form_(form)
    {
        const auto& shape = table.shape();
        sizes_ = {shape.regions, shape.contents, shape.groups, shape.years};
        if (rewritten())
            order_ = {3, 1, 0, 2};
        strides_[3] = 1;
        for (std::size_t i = 3; i-- > 0;)
            strides_[i] = strides_[i + 1] * sizes_[i + 1];
    }

    std::string write(const std::string& updated)
    {
        const auto head = fmt::format(R"("class":"dataset",{0}"label":"09999: Oppdiktet tabell, etter region,)"
                                      R"( statistikkvariabel, alder og år",{0}"source":"Statistisk sentralbyrå",{0})"
                                      R"("updated":"{1}")",
                                      gap(), updated);
        const auto tail = fmt::format(R"("role":{{"time":["Tid"],"geo":["Region"],"metric":["ContentsCode"]}},{})"
                                      R"("version":"2.0","extension":{{"px":{{"infofile":"None","tableid":"09999",)"
                                      R"("decimals":0}}}})",
                                      gap());
        cells();
        const auto values = fmt::format(R"("value":[{}],{}"status":{{{}}})", values_, gap(), statuses_);
        const auto separator = "," + gap();
        const auto body = rewritten() ? fmt::format("{2}{3}{1}{3}{4}{3}{0}", head, values, tail, separator, shape())
                                      : fmt::format("{0}{3}{4}{3}{1}{3}{2}", head, values, tail, separator, shape());
        return "{" + gap() + body + gap() + "}";
    }

private:
    bool rewritten() const { return form_ == Table::Form::rewritten; }
    std::string gap() const { return rewritten() ? "\n  " : ""; }

    /// The categories of Region stand backwards in the other form.
    std::size_t category_at(std::size_t dimension, std::size_t place) const
    {
        return rewritten() && dimension == 0 ? sizes_[dimension] - 1 - place : place;
    }

    std::string shape() const
    {
        std::string ids;
        std::string sizes;
        std::string dimensions;
        for (const auto d : order_) {
            const std::string comma = ids.empty() ? "" : ",";
            ids += fmt::format("{}\"{}\"", comma, words[d].id);
            sizes += fmt::format("{}{}", comma, sizes_[d]);
            dimensions += fmt::format("{}{}\"{}\":{}", comma, gap(), words[d].id, dimension(d));
        }
        return fmt::format(R"("id":[{}],"size":[{}],"dimension":{{{}}})", ids, sizes, dimensions);
    }

    std::string dimension(std::size_t d) const
    {
        std::string index;
        std::string labels;
        std::string units;
        for (std::size_t place = 0; place < sizes_[d]; ++place) {
            const auto position = category_at(d, place);
            const auto code = code_of(d, position);
            const std::string comma = place == 0 ? "" : ",";
            index += fmt::format("{}\"{}\":{}", comma, code, place);
            labels += fmt::format(R"({}"{}":"{}")", comma, code, label_of(d, position));
            units += fmt::format(R"({}"{}":{{"base":"prosent","decimals":{}}})", comma, code, decimals_of(position));
        }
        const auto unit = d == 1 ? fmt::format(R"(,"unit":{{{}}})", units) : "";
        return fmt::format(R"({{"label":"{}","category":{{"index":{{{}}},"label":{{{}}}{}}}}})", words[d].label,
                           index, labels, unit);
    }

    void cells()
    {
        Positions places{};
        for (std::size_t cell = 0; cell < table_.cells().size(); ++cell) {
            std::size_t from = 0;
            for (std::size_t i = 0; i < dimension_count; ++i)
                from += category_at(order_[i], places[i]) * strides_[order_[i]];
            add(cell, table_.cells()[from]);
            for (std::size_t i = dimension_count; i-- > 0;) {
                if (++places[i] < sizes_[order_[i]])
                    break;
                places[i] = 0;
            }
        }
    }

    void add(std::size_t cell, const Table::Number& number)
    {
        if (cell > 0)
            values_ += rewritten() ? ", " : ",";
        auto out = std::back_inserter(values_);
        if (number.symbol != 0) {
            values_ += "null";
            fmt::format_to(std::back_inserter(statuses_), R"({}"{}":"{}")", statuses_.empty() ? "" : ",", cell,
                           Table::symbols[number.symbol]);
            return;
        }
        const auto power = powers_of_ten[static_cast<std::size_t>(number.scale)];
        // As SSB: a whole number has no decimals.
        if (number.mantissa % power == 0)
            fmt::format_to(out, "{}", number.mantissa / power);
        else
            fmt::format_to(out, "{}.{:0{}}", number.mantissa / power, number.mantissa % power, number.scale);
    }

    const Table& table_;
    Table::Form form_;
    Positions sizes_{};
    Positions strides_{};
    Positions order_ = {0, 1, 2, 3};
    std::string values_;
    std::string statuses_;
};

} // namespace

std::string Table::region_code(std::size_t position)
{
    return fmt::format("{:04}", 301 + position);
}

Table::Table(const Shape& shape, std::uint64_t seed) : shape_(shape), random_(seed)
{
    constexpr std::uint64_t missing_percent = 3;
    cells_.reserve(shape.cells());
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
        const auto contents = cell / (shape.years * shape.groups) % shape.contents;
        const auto drawn = random_();
        Number number{static_cast<std::int64_t>(drawn >> 32) % 100'000 + 1, decimals_of(contents), 0};
        if (drawn % 100 < missing_percent)
            number.symbol = static_cast<std::uint8_t>(1 + drawn / 100 % (std::size(symbols) - 1));
        cells_.push_back(number);
    }
}

void Table::revise(std::size_t count)
{
    assert(count < cells_.size() * 9 / 10);
    std::vector<bool> revised(cells_.size());
    while (count > 0) {
        const auto cell = random_() % cells_.size();
        if (revised[cell] || cells_[cell].symbol != 0)
            continue;
        revised[cell] = true;
        cells_[cell].mantissa += 1 + static_cast<std::int64_t>(random_() % 9);
        --count;
    }
}

std::string Table::json(const std::string& updated, Form form) const
{
    return Writer(*this, form).write(updated);
}

} // namespace skurd::bench
