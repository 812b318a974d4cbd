#include "api/endpoint.hpp"

#include "base/time_text.hpp"
#include "query/flags.hpp"
#include "query/runs.hpp"
#include "view/flag_json.hpp"
#include "view/run_json.hpp"
#include "view/value_json.hpp"

namespace skurd {

namespace {

constexpr std::int64_t runs_max = 1000;
constexpr std::int64_t runs_usual = 100;

std::string flags_csv(const std::vector<Flag>& flags, CsvDialect dialect)
{
    CsvWriter csv(dialect);
    for (const auto* name :
         {"flag", "kind", "state", "indicator", "period", "text_nb", "text_en", "raised", "changed", "note", "actor"})
        csv.add(name);
    csv.end_row();
    for (const auto& flag : flags) {
        for (const auto& text :
             {std::to_string(flag.id), std::string(to_string(flag.kind)), std::string(to_string(flag.state)),
              flag.indicator ? std::to_string(flag.indicator) : "", flag.period, flag.text_nb, flag.text_en,
              format_time(flag.raised_at), format_time(flag.changed_at), flag.note, flag.actor})
            csv.add(text);
        csv.end_row();
    }
    return csv.take();
}

HttpResponse list_flags(const ApiQuestion& question, const QueryReader& query)
{
    FlagFilter filter;
    filter.kind = query.word<FlagKind>("kind");
    filter.source = query.text("source");
    filter.indicator = query.text("indicator");
    filter.place = query.text("place");
    filter.raised_since = query.time("raised_since");
    const bool closed_too = query.choice("state", {"open", "all"}) == "all";
    const auto flags = chosen_flags(question.reading.store, *question.reading.catalogue, filter, closed_too);
    if (query.choice("format", {"json", "csv"}) == "csv")
        return api_csv(flags_csv(flags, query.word<CsvDialect>("dialect").value_or(CsvDialect::rfc4180)),
                       "skurd-flags.csv");
    return api_json(question, {}, "flags", json_list(flags));
}

HttpResponse show_flag(const ApiQuestion& question, const QueryReader&)
{
    const auto& store = question.reading.store;
    const auto flag = found_by([&] { return find_flag(store, positive_number(question.id).value_or(0)); });
    auto json = to_json(flag);
    json["events"] = json_list(flag_events(store, flag.id));
    return api_json(question, {}, "flag", std::move(json));
}

HttpResponse list_runs(const ApiQuestion& question, const QueryReader& query)
{
    const auto most = static_cast<std::size_t>(query.number("most", runs_usual, runs_max));
    return api_json(question, {}, "runs", json_list(newest_runs(question.reading.store, query.text("job"), most)));
}

} // namespace

const std::vector<Endpoint>& operation_endpoints()
{
    static const std::vector<Endpoint> all = {
        {"/api/v1/flags",
         {"state", "kind", "source", "indicator", "place", "raised_since", "format", "dialect"},
         &list_flags},
        {"/api/v1/flags/{id}", {}, &show_flag},
        {"/api/v1/runs", {"job", "most"}, &list_runs},
    };
    return all;
}

} // namespace skurd
