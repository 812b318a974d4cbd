// A stop ends the reading of a payload in every format, in the loop it is in.
#include "base/error.hpp"
#include "base/stopping.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "decode/px/px.hpp"
#include "decode/table/decode_table.hpp"
#include "tests/decode/workbooks.hpp"
#include "tests/decode/xls_bytes.hpp"
#include "tests/support/catch.hpp"

#include <functional>

using namespace skurd;
using namespace skurd::test;

namespace {

const std::vector<SheetText> sheet = {
    {"Tabell", {{"Region", "2016", "2017"}, {"Bø", "#1.5", "#3"}, {"Ås", "#2", ""}}}};

constexpr auto px = "CHARSET=\"ANSI\";\nMATRIX=\"T1\";\nTITLE=\"T\";\nCONTENTS=\"T\";\nUNITS=\"n\";\nDECIMALS=0;\n"
                    "STUB=\"a\";\nHEADING=\"b\";\nVALUES(\"a\")=\"1\",\"2\";\nVALUES(\"b\")=\"3\",\"4\";\n"
                    "DATA=\n1 2\n3 4;\n";

constexpr auto jsonstat = R"({"version": "2.0", "class": "dataset", "id": ["a"], "size": [2],
    "dimension": {"a": {"category": {"index": ["1", "2"]}}}, "value": [1, 2]})";

Cube table(const std::string& bytes)
{
    TableLayout layout;
    layout.series = {{"Region", "region"}};
    layout.periods = "^\\d{4}$";
    return decode_table(bytes, layout).cube;
}

struct Format {
    const char* name;
    std::function<void()> decode;
};

} // namespace

TEST_CASE("every format asks whether it is to stop", "[decode]")
{
    const auto xls_sheet = xls("", {{"Tabell", biff_label(0, 0, "Region") + biff_label(0, 1, "2016") +
                                                   biff_label(1, 0, "Bo") + biff_label(1, 1, "1")}});
    const std::vector<Format> formats = {
        {"csv", [] { table("Region;2016\nBø;1\n"); }},
        {"xlsx", [] { table(xlsx(sheet)); }},
        {"ods", [] { table(ods(sheet)); }},
        {"xls", [&] { table(xls_sheet); }},
        {"px", [] { decode_px(px); }},
        {"jsonstat", [] { decode_jsonstat(jsonstat); }},
    };
    for (const auto& format : formats) {
        CAPTURE(format.name);
        std::stop_source stop;
        const StopScope scope(stop.get_token());
        CHECK_NOTHROW(format.decode());
        stop.request_stop();
        CHECK_THROWS_WITH(format.decode(), Catch::Matchers::Contains("stopped while a payload was read"));
    }
}

TEST_CASE("the inner scope of a thread says whether to stop", "[decode]")
{
    CHECK_NOTHROW(throw_if_stopped());
    std::stop_source outer;
    std::stop_source inner;
    const StopScope outer_scope(outer.get_token());
    outer.request_stop();
    CHECK_THROWS_AS(throw_if_stopped(), Stopped);
    {
        const StopScope inner_scope(inner.get_token());
        CHECK_NOTHROW(throw_if_stopped());
        inner.request_stop();
        CHECK_THROWS_AS(throw_if_stopped(), Stopped);
    }
    CHECK_THROWS_AS(throw_if_stopped(), Stopped);
}
