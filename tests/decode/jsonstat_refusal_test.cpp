#include "base/error.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "tests/decode/small_dataset.hpp"
#include "tests/support/catch.hpp"

#include <random>

using namespace skurd;
using skurd::test::altered;
using skurd::test::small_dataset;

namespace {

std::string refusal(std::string_view json)
{
    try {
        decode_jsonstat(json);
    } catch (const Error& error) {
        return error.what();
    }
    return "(accepted)";
}

struct Breach {
    std::string part;
    std::string other;
    std::string message; ///< after "JSON-stat rule "
};

} // namespace

TEST_CASE("a breach of a JSON-stat rule is refused by the rule's name")
{
    const std::string value = "[12.50, 7, -0.3, null]";
    const std::string status = R"({"3": ".."})";
    const std::string index = R"({"0": 1, "0301": 0})";
    const std::vector<Breach> rows = {
        {value, "[1,2,3]", "VALUE_LEN_MISMATCH: value has 3 cells, size multiplies to 4"},
        {value, "[1,2,3,4,5]", "VALUE_LEN_MISMATCH: value has 5 cells, size multiplies to 4"},
        {value, "[]", "VALUE_LEN_MISMATCH: value has no cells but there are statuses; size multiplies to 4"},
        {value, R"({"4": 1})", "SPARSE_KEY_OUT_OF_RANGE: value has the key '4', its cells are 0 to 3"},
        {value, R"({"-1": 1})", "SPARSE_KEY_OUT_OF_RANGE: value has the key '-1', its cells are 0 to 3"},
        {value, R"({"x": 1})", "SPARSE_KEY_OUT_OF_RANGE: value has the key 'x', its cells are 0 to 3"},
        {value, R"({"01": 1})", "SPARSE_KEY_OUT_OF_RANGE: value has the key '01', its cells are 0 to 3"},
        {value, R"({"99999999999999999999999": 1})",
         "SPARSE_KEY_OUT_OF_RANGE: value has the key '99999999999999999999999', its cells are 0 to 3"},
        {value, "[1,true,3,4]", "STRUCTURAL_VIOLATION: cell 1 is neither a number nor a text nor null"},
        {value, "[1,[2],3,4]", "STRUCTURAL_VIOLATION: cell 1 is neither a number nor a text nor null"},
        {value, "12", "STRUCTURAL_VIOLATION: value is neither an array nor an object"},
        {value, R"("12")", "STRUCTURAL_VIOLATION: value is neither an array nor an object"},
        {value, R"([1,2,3,":"])", "STRUCTURAL_VIOLATION: cell 3 has ':' in value and '..' in status"},
        {value, R"([1,2,3,4], "value": [1,2,3,4])", "STRUCTURAL_VIOLATION: the dataset has two members 'value'"},
        {status, R"(["", ".."])", "STATUS_LEN_MISMATCH: status has 2 entries, size multiplies to 4"},
        {status, R"({"4": ".."})", "STATUS_KEY_OUT_OF_RANGE: status has the key '4', its cells are 0 to 3"},
        {status, R"({"3": 1})", "STRUCTURAL_VIOLATION: status is not a text"},
        {"[2, 2]", "[4]", "ID_SIZE_LEN_MISMATCH: id names 2 dimensions, size has 1"},
        {"[2, 2]", "[2, 2.0]", "STRUCTURAL_VIOLATION: size holds 2.0, which is not a whole number"},
        {"[2, 2]", "[2, -2]", "STRUCTURAL_VIOLATION: size holds -2, which is not a whole number"},
        {"[2, 2]", "[2, 3]", "INDEX_COUNT_MISMATCH: dimension 'Tid' has 2 categories, its size is 3"},
        {"[2, 2]", "[2, 20000000]", "CUBE_SIZE_OVERFLOW: the dimensions have more than 1000000 categories"},
        {R"("size": [2, 2],)", "", "STRUCTURAL_VIOLATION: the dataset has no size"},
        {R"(["Region", "Tid"], )", R"(["Region", "Time"], )", "DIM_KEY_ID_MISMATCH: dimension 'Tid' is not in id"},
        {R"("id": ["Region", "Tid"], "size": [2, 2])", R"("id": ["Region", "Tid", "X"], "size": [2, 2, 1])",
         "DIM_KEY_ID_MISMATCH: id names 'X', which dimension does not have"},
        {index, R"({"0": 1, "0301": 1})",
         "INDEX_POSITIONS_INVALID: dimension 'Region': category '0301' has position 1, which is taken for 2 "
         "categories"},
        {index, R"({"0": 2, "0301": 0})",
         "INDEX_POSITIONS_INVALID: dimension 'Region': category '0' has position 2, which is out of range for 2 "
         "categories"},
        {index, R"({"0": "1", "0301": 0})", "INDEX_POSITIONS_INVALID: category '0' has position \"1\""},
        {index, R"({"0": 1, "0": 0})", "INDEX_POSITIONS_INVALID: dimension 'Region' has category '0' twice"},
        {index, R"(["0", "0"])", "INDEX_POSITIONS_INVALID: dimension 'Region' has category '0' twice"},
        {index, R"(["0"])",
         "LABEL_KEY_UNKNOWN: dimension 'Region': category.label names category '0301', which is "
         "not in its index"},
        {R"("index": ["2022", "2023"], )", "",
         "INDEX_COUNT_MISMATCH: dimension 'Tid' has 2 labels and no category.index, which only one category "
         "allows"},
        {R"("unit": {"2022")", R"("unit": {"2021")",
         "UNIT_KEY_UNKNOWN: dimension 'Tid': category.unit names category '2021', which is not in its index"},
        {R"("note": {"0301")", R"("note": {"1103")",
         "NOTE_KEY_UNKNOWN: dimension 'Region': category.note names category '1103', which is not in its index"},
        {R"("coordinates": {"0301")", R"("coordinates": {"1103")",
         "COORD_KEY_UNKNOWN: dimension 'Region': category.coordinates names category '1103', which is not in its "
         "index"},
        {R"({"0": ["0301"]})", R"({"0": ["1103"]})",
         "CHILD_ID_UNKNOWN: dimension 'Region': category.child names category '1103', which is not in its index"},
        {R"({"0": ["0301"]})", R"({"0": ["0301"], "0301": ["0"]})",
         "CHILD_CYCLE: dimension 'Region': category.child makes '0301' its own descendant"},
        {R"("label": "år",)", R"("label": ["år"],)", "STRUCTURAL_VIOLATION: dimension label is not a text"},
        {R"("category": {"index": ["2022", "2023"])", R"("href": "https://example.org/tid", "other": {"x": [0])",
         "STRUCTURAL_VIOLATION: dimension 'Tid' is given by reference to https://example.org/tid; only a document "
         "with its categories can be read"},
        {R"("category": {"index": ["2022", "2023"])", R"("other": {"x": [0])",
         "STRUCTURAL_VIOLATION: dimension 'Tid' has no category"},
    };
    for (const auto& row : rows) {
        INFO(row.part << " -> " << row.other);
        const auto message = refusal(altered(row.part, row.other));
        CHECK(message == "JSON-stat rule " + row.message);
    }
}

TEST_CASE("what the validator only warns of is accepted")
{
    CHECK(refusal(altered(R"("label": {"2022": "2022", "2023": "2023"})", R"("label": {"2022": "2022"})")) ==
          "(accepted)");
    CHECK(refusal(altered(R"("geo": ["Region"])", R"("metric": ["Region"])")) == "(accepted)");
}

TEST_CASE("a number that no Decimal holds is refused with its cell")
{
    CHECK(refusal(altered("-0.3", "12345678901234567890")) ==
          "JSON-stat cell 2: the number 12345678901234567890 does not fit in 18 digits");
    CHECK(refusal(altered("-0.3", "1e99")) == "JSON-stat cell 2: the number 1e99 does not fit in 18 digits");
}

TEST_CASE("a document that is no dataset is refused by what it is")
{
    const std::vector<std::pair<std::string, std::string>> rows = {
        {R"({"class":"collection","link":{"item":[{"class":"dataset","href":"x","dimension":{}}]}})",
         "this is a JSON-stat collection, not a dataset; ask for one of the datasets it lists"},
        {R"({"version":"2.0","class":"dimension","category":{"index":["a"]}})",
         "this is a JSON-stat dimension, not a dataset"},
        {R"({"class":"error","status":"404","label":"No such table"})",
         "this is a JSON-stat error, not a dataset: 404 No such table"},
        {R"({"error":"Parameter error"})", "this is an error, not a dataset: Parameter error"},
        {R"({"type":"Parameter error","title":"Non-existent value","status":400})",
         "this is an error, not a dataset: 400 Non-existent value"},
        {R"({"title":"Folk","variables":[]})",
         "this JSON is not a JSON-stat dataset; its members are 'title', 'variables'"},
        {"{}", "this JSON is not a JSON-stat dataset; its members are none"},
        {"[1,2]", "the JSON is not an object at its top level but an array"},
        {"3", "the JSON is not an object at its top level but a single value"},
        {R"({"class":"dataset"})", "JSON-stat rule STRUCTURAL_VIOLATION: the dataset has no dimension"},
        {R"({"class":"dataset","value":[1],"dimension":{"A":{"category":{"index":["a"]}}}})",
         "JSON-stat rule STRUCTURAL_VIOLATION: the dataset has no id"},
        {R"({"dataset":{"dimension":{}}})", "JSON-stat rule STRUCTURAL_VIOLATION: the dataset has no id"},
        {"", "an empty body instead of JSON"},
        {"\xef\xbb\xbf \r\n", "an empty body instead of JSON"},
        {"<!DOCTYPE html>\n<html><head><title> Vedlikehold\n</title>", "HTML instead of JSON: Vedlikehold"},
        {" <HTML><body>Feil", "HTML instead of JSON: <HTML><body>Feil"},
        {"<?xml version='1.0'?>", "markup instead of JSON: <?xml version='1.0'?>"},
        {"{\"class\":\"data\xe5set\"}", "the JSON is not valid UTF-8; its encoding must be UTF-8"},
        {R"({"a":)" + std::string(64, '[') + std::string(64, ']') + "}",
         "the JSON is nested more than 64 levels deep"},
        {"{\"a\":" + std::string(100'000, '[') + "}", "the JSON is nested more than 64 levels deep"},
        {small_dataset + "{}", "not valid JSON: more follows after its end"},
    };
    for (const auto& [json, message] : rows) {
        INFO(json.substr(0, 100));
        const auto said = refusal(json);
        CHECK(said == message);
    }
}

TEST_CASE("broken grammar is refused even where nothing is read")
{
    for (const auto* other :
         {"+1",        "01",        ".5",         "5.",          "1e",   "0x10",       "nul",        "NaN",   "tru",
          "-",         "1 2",       "00",         "-01.5",       "-.5",  "1.-2",       "1..2",       "1.2.3", "--1",
          "12345678.", "12345678x", "123456789x", "1.12345678x", "1:",   "1/",         "\x7f",       "1\x01", "'a'",
          R"("\x")",   "{1:2}",     "{\"a\"}",    "[1,]",        "[,1]", "{\"a\":1,}", R"("\ud800")"}) {
        INFO(other);
        const auto ignored = refusal(altered(R"("show": "value")", std::string(R"("show": )") + other));
        CHECK_THAT(ignored, Catch::StartsWith("not valid JSON"));
        const auto cell = refusal(altered("-0.3", other));
        CHECK_THAT(cell, Catch::StartsWith("not valid JSON"));
    }
}

TEST_CASE("every beginning of a dataset is refused as truncated")
{
    for (std::size_t length = 1; length < small_dataset.size(); ++length) {
        const auto said = refusal(std::string_view(small_dataset).substr(0, length));
        INFO(length << ": " << said);
        const bool truncated = said.starts_with("truncated JSON: ");
        const bool in_letter = said.starts_with("the JSON is not valid UTF-8");
        CHECK((truncated || in_letter));
    }
}

TEST_CASE("a dataset with any byte changed is read or refused, nothing else")
{
    std::mt19937 random(20180401);
    std::uniform_int_distribution<std::size_t> position(0, small_dataset.size() - 1);
    std::uniform_int_distribution<int> byte(0, 255);
    constexpr std::string_view structural = "{}[],:\"\\-0e.\n";
    int accepted = 0;
    int refused = 0;
    for (int round = 0; round < 30'000; ++round) {
        std::string json = small_dataset;
        const int choice = byte(random);
        json[position(random)] =
            round % 2 ? structural[static_cast<std::size_t>(choice) % structural.size()] : static_cast<char>(choice);
        const auto said = refusal(json);
        ++(said == "(accepted)" ? accepted : refused);
        CHECK_FALSE(said.empty());
        CHECK(said.find('\n') == std::string::npos);
    }
    CHECK(accepted > 0);
    CHECK(refused > accepted);
}
