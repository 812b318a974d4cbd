#include "base/web_page.hpp"
#include "connectors/dfo/decode.hpp"
#include "connectors/fhi/decode.hpp"
#include "connectors/nki/decode.hpp"
#include "connectors/pxweb/decode.hpp"
#include "decode/csv/long_csv.hpp"
#include "tests/fuzz/checks.hpp"
#include "tests/fuzz/feeds.hpp"

#include <array>

namespace skurd::test {

namespace {

using Reader = void (*)(std::string_view bytes);

/// What a source said of an error, for people.
void check_problem(const std::string& text)
{
    if (text.find('\n') != std::string::npos || text.size() > 1000)
        throw Finding("an error of a source is not on one short line: " + text);
}

void take_cube(const Cube& cube, const Cube& again)
{
    if (whole_text(cube) != whole_text(again))
        throw Finding("the same bytes give another cube");
    check_all(cube, {});
}

const DfoSelection accounts = {{"0732", "1870"}, {}, true, true, 0};

constexpr auto readers = std::to_array<Reader>({
    [](std::string_view bytes) { decode_pxweb_table(bytes); },
    [](std::string_view bytes) { decode_pxweb_tables(bytes); },
    [](std::string_view bytes) { decode_pxweb_v1_hits(bytes); },
    [](std::string_view bytes) { decode_pxweb_config(bytes); },
    [](std::string_view bytes) { decode_pxweb_codelist(bytes); },
    [](std::string_view bytes) { take_cube(decode_pxweb_v1_metadata(bytes), decode_pxweb_v1_metadata(bytes)); },
    [](std::string_view bytes) {
        is_pxweb_v1_metadata(bytes);
        is_web_page(bytes, "text/plain");
        check_problem(decode_pxweb_error(bytes));
    },
    [](std::string_view bytes) { decode_fhi_sources(bytes); },
    [](std::string_view bytes) { decode_fhi_tables(bytes); },
    [](std::string_view bytes) { decode_fhi_dimensions(bytes); },
    [](std::string_view bytes) { decode_fhi_flags(bytes); },
    [](std::string_view bytes) { decode_fhi_legend(bytes); },
    [](std::string_view bytes) { check_problem(decode_fhi_error(bytes)); },
    [](std::string_view bytes) { decode_nki_list(bytes); },
    [](std::string_view bytes) { take_cube(decode_nki_data(bytes), decode_nki_data(bytes)); },
    [](std::string_view bytes) { take_cube(decode_long_csv(bytes), decode_long_csv(bytes)); },
    [](std::string_view bytes) { take_cube(decode_dfo_csv(bytes, accounts), decode_dfo_csv(bytes, accounts)); },
});

} // namespace

bool feed_answer(std::string_view bytes)
{
    if (bytes.empty())
        return false;
    const auto reader = readers[static_cast<unsigned char>(bytes.front() - 'a') % readers.size()];
    return is_taken([&] { reader(bytes.substr(1)); });
}

} // namespace skurd::test
