#include "api/parameters.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace skurd {

namespace {

/// One word has one meaning wherever it stands.
struct Parameter {
    std::string_view name;
    std::string_view description;
    std::string_view type = "string";
    std::array<std::string_view, 4> words{}; ///< that it may be; none = any
    bool is_required = false;
};

constexpr auto all = std::to_array<Parameter>({
    {"as_of", "What had been published by then: a date (its end, in UTC) or an instant"},
    {"known_at", "What had been seen by then, likewise"},
    {"search", "Words that name or label have, whatever their case"},
    {"updated_after", "With a release that was published later than this date or instant"},
    {"dataset", "The name of a dataset, as ssb/07459"},
    {"selector", "An indicator's number, or dataset{dimension=code|code}"},
    {"period", "One period, as 2018, 2018Q1 or 2018M06"},
    {"numbers", "Whether numbers that people corrected stand corrected", "string", {"published", "corrected"}},
    {"limit", "How many items one page has at most, 10000 or fewer", "integer"},
    {"cursor", "Where the page begins: what the member next or the header Link of the page before says"},
    {"format", "The form of the answer; the first of those that there are when it is left out"},
    {"dialect", "How CSV is written", "string", {"rfc4180", "raw", "excel-nb"}},
    {"from", "The earlier day", "string", {}, true},
    {"to", "The later day; now when it is left out"},
    {"since", "The number of a commit", "integer"},
    {"set", "The number of a set of indicators", "integer"},
    {"lang", "The language of texts"},
    {"state", "Which flags", "string", {"open", "all"}},
    {"kind", "The kind of flags"},
    {"source", "The source of flags, before the slash in the names of datasets"},
    {"indicator", "The number of an indicator, or two of them, as 10-20"},
    {"place", "The code of a place"},
    {"raised_since", "Raised at that date or instant, or later"},
    {"job", "The id of a job"},
    {"query", "Words that a table's id or label has"},
    {"pastDays", "With a release that was published or came in the last days, as many as this says", "integer"},
    {"includeDiscontinued", "Read and of no effect: no table is hidden", "boolean"},
    {"pageNumber", "The number of the page, from 1", "integer"},
    {"pageSize", "How many tables a page has at most", "integer"},
    {"asOf", "What had been published by then: a date (its end, in UTC) or an instant"},
    {"knownAt", "What had been seen by then, likewise"},
    {"outputFormat", "The form of the answer", "string", {"json-stat2"}},
    {"startPeriod", "From this period on, as SDMX writes it"},
    {"endPeriod", "Up to this period"},
    {"updatedAfter", "Numbers that were published later than this date or instant"},
    {"includeHistory", "Whether every version is given", "string", {"true", "false"}},
    {"references", "Read and of no effect: what a structure refers to comes with it"},
    {"detail", "Read and of no effect: all of it is given"},
    {"dimensionAtObservation", "TIME_PERIOD, and nothing else", "string", {"TIME_PERIOD"}},
});

/// valueCodes[Region]=…: a parameter for each dimension.
Json described_family(const std::string& name)
{
    return {{"name", name.substr(0, name.size() - 2)},
            {"in", "query"},
            {"description",
             name == "valueCodes[]"
                 ? "For a dimension in brackets: codes, patterns with * and ?, top(n), bottom(n), from(x), "
                   "to(x), range(x,y), by commas; what has a comma in brackets"
                 : "For a dimension in brackets: the id of a codelist"},
            {"style", "deepObject"},
            {"explode", true},
            {"schema", {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}}}};
}

} // namespace

Json described_parameter(const std::string& name)
{
    if (name.ends_with("[]"))
        return described_family(name);
    const auto* found = std::find_if(all.begin(), all.end(), [&](const Parameter& one) { return one.name == name; });
    if (found == all.end())
        throw error("the parameter {} has no description", name);
    Json schema = {{"type", found->type}};
    for (const auto word : found->words)
        if (!word.empty())
            schema["enum"].push_back(word);
    Json json = {{"name", name}, {"in", "query"}, {"description", found->description}, {"schema", std::move(schema)}};
    if (found->is_required)
        json["required"] = true;
    return json;
}

} // namespace skurd
