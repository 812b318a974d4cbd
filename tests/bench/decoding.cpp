// Decoding alone, against the library it stands on.
#include "base/error.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "tests/bench/questions.hpp"

#include <cmath>
#include <simdjson.h> // bare: it is what decoding is measured against

namespace skurd::bench {

namespace {

constexpr double decode_max = 3;

/// The least that reading the numbers can be: the parser made, the text indexed, one member read into a vector.
std::vector<double> read_values(const simdjson::padded_string& text)
{
    std::vector<double> values;
    simdjson::ondemand::parser parser;
    auto document = parser.iterate(text);
    for (auto element : document["value"].get_array()) {
        simdjson::ondemand::value value = element.value();
        values.push_back(value.is_null() ? std::nan("") : value.get_double().value());
    }
    return values;
}

} // namespace

void ask_decode(const Setup& setup, const Sheet& sheet)
{
    const auto bytes = Table(setup.shape).json("2020-01-01T07:00:00Z");
    const simdjson::padded_string padded(bytes);
    Pairs pairs;
    for (std::size_t i = 0; i < 2 * setup.repetitions + 1; ++i) {
        std::vector<double> values;
        std::vector<Cube> cubes;
        const auto bare = cost_of([&] { values = read_values(padded); });
        pairs.add(cost_of([&] { cubes = decode_jsonstat(bytes); }), bare);
        if (cubes.front().cells.size() != values.size())
            throw error("the bench itself is wrong, or the decoder: {} cells and {} values",
                        cubes.front().cells.size(), values.size());
    }
    sheet.pair("decode.ratio", pairs, decode_max);
    sheet.figure("decode.cube", pairs.our_wall() * 1e3, "ms");
    sheet.figure("decode.simdjson", pairs.their_wall() * 1e3, "ms");
    sheet.figure("decode.payload", static_cast<double>(bytes.size()) / 1e6, "MB");
}

} // namespace skurd::bench
