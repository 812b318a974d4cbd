#include "lib/json/json_reader.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

#include <limits>

using namespace skurd;

namespace {

enum class Size { small, large };

} // namespace

template <>
inline constexpr auto skurd::enum_words<Size> = word_table<Size>({{Size::small, "small"}, {Size::large, "large"}});

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

/// Why the text is refused by whoever reads it so; "" where it is not.
template <typename Read>
std::string refusal(const std::string& text, const Read& read)
{
    try {
        const auto json = parse_json(text);
        JsonReader reader(json, "order x");
        read(reader);
        reader.reject_unknown();
        return "";
    } catch (const Error& failure) {
        return failure.what();
    }
}

} // namespace

TEST_CASE("members come by their types, and null is as good as missing", "[lib]")
{
    const auto json =
        parse_json(R"({"text": "blåbær", "number": -7, "flag": true, "time": "2026-01-02", "size": "large",
        "texts": ["a", "b"], "numbers": [1, 2], "codes": {"Region": "0", "Alder": "1"}, "one": {"text": "c"},
        "many": [{"text": "d"}, {"text": "e"}], "nothing": null})");
    JsonReader reader(json, "order x");
    CHECK(reader.text("text") == "blåbær");
    CHECK(reader.integer("number", -10, 10) == -7);
    CHECK(reader.flag("flag"));
    CHECK(format_time(reader.time("time")) == "2026-01-02T00:00:00Z");
    CHECK(reader.choice<Size>("size") == Size::large);
    CHECK(reader.texts("texts") == std::vector<std::string>{"a", "b"});
    CHECK(reader.integers("numbers", 1, most) == std::vector<std::int64_t>{1, 2});
    CHECK(reader.text_members("codes") ==
          std::vector<std::pair<std::string, std::string>>{{"Region", "0"}, {"Alder", "1"}});
    CHECK(reader.object("one").text("text") == "c");
    auto many = reader.objects("many");
    REQUIRE(many.size() == 2);
    CHECK(many[1].text("text") == "e");
    for (const auto* name : {"nothing", "missing"}) {
        CAPTURE(name);
        CHECK_FALSE(reader.has(name));
        CHECK(reader.text(name, "otherwise") == "otherwise");
        CHECK_FALSE(reader.optional_integer(name, 0, 1));
        CHECK_FALSE(reader.optional_time(name));
        CHECK_FALSE(reader.optional_flag(name));
        CHECK_FALSE(reader.flag(name));
        CHECK(reader.choice<Size>(name) == Size::small);
        CHECK(reader.texts(name).empty());
        CHECK(reader.objects(name).empty());
    }
    CHECK_NOTHROW(reader.reject_unknown());
}

TEST_CASE("what a member should not be is refused with its name and its place", "[lib]")
{
    const auto text = [](JsonReader& reader) { reader.text("a"); };
    const auto number = [](JsonReader& reader) { reader.integer("a", 1, 9); };
    const auto texts = [](JsonReader& reader) { reader.texts("a"); };
    const auto numbers = [](JsonReader& reader) { reader.integers("a", 1, most); };
    const auto inner = [](JsonReader& reader) {
        for (auto& each : reader.objects("a"))
            each.text("b");
    };
    CHECK(refusal("{}", text) == R"(order x: "a" is missing)");
    CHECK(refusal(R"({"a": 1})", text) == R"(order x: "a" is not a text)");
    for (const auto* wrong : {R"({"a": 0})", R"({"a": 10})", R"({"a": 1.0})", R"({"a": "1"})", R"({"a": true})",
                              R"({"a": 18446744073709551615})", R"({"a": 1e400})", R"({"a": [1]})"}) {
        CAPTURE(wrong);
        CHECK_THAT(refusal(wrong, number), Catch::Contains(R"("a" is not a whole number from 1 to 9)") ||
                                               Catch::Contains("this is no JSON")); // 1e400 is out of any range
    }
    CHECK(refusal(R"({"a": "b"})", texts) == R"(order x: "a" is not a list)");
    CHECK(refusal(R"({"a": ["b", 1]})", texts) == R"(order x: "a" is not a list of texts)");
    CHECK_THAT(refusal(R"({"a": [1, 0]})", numbers), Catch::Contains(R"("a" is not a list of whole numbers)"));
    CHECK(refusal(R"({"a": 1})", [](JsonReader& reader) { reader.flag("a"); }) ==
          R"(order x: "a" is neither true nor false)");
    CHECK_THAT(refusal(R"({"a": "2026-02-30"})", [](JsonReader& reader) { reader.time("a"); }),
               Catch::Contains("'2026-02-30' is not a date"));
    CHECK(refusal(R"({"a": "huge"})", [](JsonReader& reader) { reader.choice<Size>("a"); }) ==
          R"(order x: "a" is 'huge' (known: small, large))");
    CHECK(refusal(R"({"a": [{"b": "c"}, {}]})", inner) == R"(order x: "a" 2: "b" is missing)");
    CHECK(refusal(R"({"a": [1]})", inner) == R"(order x: "a" 1: a JSON object is wanted)");
    CHECK(refusal("[]", text) == "order x: a JSON object is wanted");
}

TEST_CASE("a member nobody asked for is refused, with the name that was meant", "[lib]")
{
    const auto why = refusal(R"({"jobs": ["a"], "jbos": ["b"]})", [](JsonReader& reader) { reader.texts("jobs"); });
    CHECK(why == R"(order x: unknown member "jbos" (did you mean 'jobs'?))");
}

TEST_CASE("JSON from outside has limits: of its depth, and of the members of an object", "[lib]")
{
    const std::string deep(900'000, '[');
    CHECK_THROWS_WITH(parse_json(deep), Catch::Contains("nested deeper than 64 levels"));
    CHECK_NOTHROW(parse_json(std::string(64, '[') + std::string(64, ']')));
    CHECK_THROWS_WITH(parse_json(std::string(66, '[') + std::string(66, ']')), Catch::Contains("nested deeper"));
    std::string wide = "{\"0\": 0";
    for (int i = 1; i < 200'000; ++i)
        wide += ", \"" + std::to_string(i) + "\": 0";
    CHECK_THROWS_WITH(parse_json(wide + "}"), Catch::Contains("more than 1000 members"));
    for (const auto* text : {"", "{", "garbage", "\xff\xfe", "{\"a\": \"\xff\"}", "{} {}"})
        CHECK_THROWS_WITH(parse_json(text), Catch::Contains("this is no JSON"));
    std::string many = "[";
    for (int i = 0; i < 5000; ++i)
        many += R"({"a": 1, "b": {"c": 2}},)";
    CHECK(parse_json(many + "{}]").size() == 5001);
}
