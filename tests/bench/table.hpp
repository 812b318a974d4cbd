#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace skurd::bench {

/// How many categories each dimension of the synthetic table has.
struct Shape {
    std::size_t regions = 400;
    std::size_t contents = 20;
    std::size_t groups = 4;
    std::size_t years = 25;

    std::size_t series() const { return regions * contents * groups; }
    std::size_t cells() const { return series() * years; }
};

/// A table as Statistics Norway sends it, made up: Region, ContentsCode, Alder and Tid; counts and decimals with up
/// to two places; 3 % of the cells without a number, with a symbol. The same shape and seed give the same cells
/// anywhere.
class Table {
public:
    struct Number {
        std::int64_t mantissa = 0;
        int scale = 0;
        std::uint8_t symbol = 0; ///< 0 = there is a number; else an index into symbols
    };
    static constexpr const char* symbols[] = {"", ".", "..", ":"};

    enum class Form {
        as_sent,  ///< one line, dimensions in the table's order, time fastest
        rewritten ///< the same cells: indented, members and dimensions in another order, regions backwards
    };

    explicit Table(const Shape& shape, std::uint64_t seed = 1);

    /// As JSON-stat 2; `updated` is what the source says of the time of publication.
    std::string json(const std::string& updated, Form form = Form::as_sent) const;

    /// Gives that many cells, picked at random and each once, another number. There must be as many with a number.
    void revise(std::size_t count);

    const Shape& shape() const { return shape_; }
    const std::vector<Number>& cells() const { return cells_; } ///< row-major, time fastest

    /// The code of a category: "0301", "Innhold03", "007", "2024".
    static std::string region_code(std::size_t position);

private:
    Shape shape_;
    std::vector<Number> cells_;
    std::mt19937_64 random_;
};

} // namespace skurd::bench
