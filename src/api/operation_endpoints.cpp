#include "api/list_page.hpp"

#include "base/time_text.hpp"
#include "model/annotation.hpp"
#include "query/flags.hpp"
#include "query/runs.hpp"
#include "view/flag_json.hpp"
#include "view/run_json.hpp"
#include "view/value_json.hpp"

namespace skurd {

namespace {

constexpr std::size_t runs_max = 100'000;
constexpr std::int64_t runs_usual = 100; ///< without `limit`

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
    const auto as_of = query.as_of();
    filter.at = moment_of(as_of);
    const bool closed_too = query.choice("state", {"open", "all"}) == "all";
    const auto [flags, next] =
        page_of(chosen_flags(question.reading.store, *question.reading.catalogue, filter, closed_too), question,
                query, [](const Flag& flag) { return std::to_string(flag.id); });
    if (query.choice("format", {"json", "csv"}) == "json")
        return api_json_page(question, as_of, "flags", json_list(flags), next);
    auto response = api_csv(flags_csv(flags, dialect_of(query)), "skurd-flags.csv");
    add_link(response, next);
    return response;
}

HttpResponse show_flag(const ApiQuestion& question, const QueryReader& query)
{
    const auto& store = question.reading.store;
    const auto as_of = query.as_of();
    const auto at = moment_of(as_of);
    const auto flag = found_by([&] { return find_flag(store, positive_number(question.id).value_or(0), at); });
    auto json = to_json(flag);
    json["events"] = json_list(flag_events(store, flag.id, at));
    return api_json(question, as_of, "flag", std::move(json));
}

HttpResponse list_runs(const ApiQuestion& question, const QueryReader& query)
{
    const auto limit = static_cast<std::size_t>(query.number("limit", runs_usual, page_max));
    const bool is_first = query.text("cursor").empty();
    const auto as_of = query.as_of();
    auto runs =
        newest_runs(question.reading.store, query.text("job"), is_first ? limit + 1 : runs_max, moment_of(as_of));
    const auto id_of = [](const Run& run) { return std::to_string(run.id); };
    auto page = page_of(std::move(runs), question, query, id_of);
    if (page.items.size() > limit) { // no limit was given
        page.items.resize(limit);
        page.next = next_link(question, id_of(page.items.back()));
    }
    return api_json_page(question, as_of, "runs", json_list(page.items), page.next);
}

} // namespace

const std::vector<Endpoint>& operation_endpoints()
{
    static const std::vector<Endpoint> all = {
        {"/api/v1/flags",
         {"state", "kind", "source", "indicator", "place", "raised_since", "as_of", "known_at", "limit", "cursor",
          "format", "dialect"},
         &list_flags,
         "Flags, open ones unless all are asked for"},
        {"/api/v1/flags/{id}", {"as_of", "known_at"}, &show_flag, "A flag and what happened to it"},
        untagged({"/api/v1/runs", {"job", "as_of", "known_at", "limit", "cursor"}, &list_runs, "Runs, newest first"}),
    };
    return all;
}

} // namespace skurd
