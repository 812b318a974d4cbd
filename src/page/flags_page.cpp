// The desk of flags: what a person should look at, and the form that answers several at once.
#include "page/pages.hpp"

#include "api/endpoint.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/annotation.hpp"
#include "model/enum_text.hpp"
#include "page/page_parts.hpp"
#include "query/flags.hpp"
#include "query/working.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t flags_max = 200;

FlagFilter filter_of(const PageRequest& request)
{
    FlagFilter filter;
    if (const auto kind = request.query("kind"); !kind.empty()) {
        filter.kind = from_word<FlagKind>(kind);
        if (!filter.kind)
            throw usage_error("there is no kind of flags '{}'", excerpt(kind));
    }
    filter.source = request.query("source");
    filter.indicator = request.query("indicator");
    filter.place = request.query("place");
    return filter;
}

Json kinds_json(const PageRequest& request, const std::optional<FlagKind>& chosen)
{
    Json kinds = Json::array();
    for (std::size_t i = 0; i < enum_words<FlagKind>.size(); ++i) {
        const auto kind = static_cast<FlagKind>(i);
        kinds.push_back({{"value", std::string(to_string(kind))},
                         {"words", enum_text(kind, request.language)},
                         {"is_chosen", chosen == kind}});
    }
    return kinds;
}

/// How the order stands that a form gave, which the link that followed names.
Json order_json(const PageSources& from)
{
    const auto record = from.desk.find(positive_number(from.request.query("order")).value_or(0));
    if (!record)
        return nullptr;
    const bool is_good = record->state == OrderState::done && record->exit == ExitCode::good;
    return {{"state", enum_text(record->state, from.request.language)},
            {"is_open", !has_ended(record->state)},
            {"is_good", is_good},
            {"is_bad", has_ended(record->state) && !is_good},
            {"error", record->error},
            {"order_link", from.request.link(fmt::format("/orders/{}", record->id))}};
}

/// The verdicts on the flag's indicator and period: what it was raised on.
Json working_json(const PageSources& from, const Flag& flag)
{
    Json lines = Json::array();
    const auto* indicator = flag.indicator == 0 ? nullptr : from.reading.catalogue->find(flag.indicator);
    if (!indicator)
        return lines;
    const auto working = indicator_working(from.reading.store, *from.reading.catalogue, *indicator, {},
                                           Numbers::published, EarlierVerdicts::left_out);
    for (const auto& verdict : working.verdicts)
        if (flag.period.empty() || verdict.to.text() == flag.period)
            lines.push_back(verdict_json(from.request, verdict, indicator->direction));
    return lines;
}

/// The form's fields "flag-12" that are ticked.
std::vector<std::int64_t> ticked_flags(const PageRequest& request)
{
    constexpr std::string_view prefix = "flag-";
    std::vector<std::int64_t> ids;
    for (const auto& [name, value] : request.request.form)
        if (name.starts_with(prefix))
            if (const auto id = positive_number(std::string_view(name).substr(prefix.size())))
                ids.push_back(*id);
    return ids;
}

} // namespace

HtmlPage flags_page(const PageSources& from)
{
    const auto& request = from.request;
    const auto filter = filter_of(request);
    const bool closed_too = request.query("state") == "all";
    auto flags = chosen_flags(from.reading.store, *from.reading.catalogue, filter, closed_too);
    if (request.query("state").empty())
        std::erase_if(flags, [](const Flag& flag) { return flag.state != FlagState::open; });
    std::reverse(flags.begin(), flags.end()); // the newest first
    Json lines = Json::array();
    for (const auto& flag : flags)
        if (lines.size() < flags_max)
            lines.push_back(flag_line(request, flag));
    const auto order = order_json(from);
    HtmlPage page{"flags", request.say("Flagg", "Flags"), {}};
    page.is_awaited = !order.is_null() && order["is_open"].get<bool>();
    page.content = {{"kinds", kinds_json(request, filter.kind)},
                    {"source", filter.source},
                    {"indicator", filter.indicator},
                    {"is_ticked", request.query("tick") == "all"},
                    {"tick_all", request.link_with("tick", "all")},
                    {"is_open_only", request.query("state").empty()},
                    {"is_answered_too", request.query("state") == "open"},
                    {"is_all", closed_too},
                    {"all", flags.size()},
                    {"flags", lines},
                    {"has_flags", !lines.empty()},
                    {"beyond", cut_json(flags.size(), flags_max)},
                    {"given_order", order},
                    {"action", request.link("/flags/acknowledge")},
                    {"csv", request.api_link("/api/v1/flags", {{"kind", request.query("kind")},
                                                               {"source", filter.source},
                                                               {"indicator", filter.indicator},
                                                               {"state", closed_too ? "all" : "open"},
                                                               {"format", "csv"}})}};
    return page;
}

HtmlPage flag_page(const PageSources& from)
{
    const auto& store = from.reading.store;
    const auto flag = found_by([&] { return find_flag(store, positive_number(from.id).value_or(0)); });
    Json events = Json::array();
    for (const auto& event : flag_events(store, flag.id))
        events.push_back({{"at", moment(event.at)},
                          {"event", word_text(event.event, from.request.language)},
                          {"text", from.request.say(event.text_nb, event.text_en)},
                          {"note", event.note},
                          {"actor", event.actor}});
    auto verdicts = working_json(from, flag);
    const bool has_verdicts = !verdicts.empty();
    return {"flag",
            fmt::format("{} {}", from.request.say("Flagg", "Flag"), flag.id),
            {{"flag", flag_line(from.request, flag)},
             {"key", flag.key},
             {"has_verdicts", has_verdicts},
             {"verdicts", std::move(verdicts)},
             {"events", std::move(events)},
             {"action", from.request.link("/flags/acknowledge")}}};
}

std::string acknowledge(const PageSources& from)
{
    const auto& request = from.request;
    AcknowledgeOrder order{ticked_flags(request), checked_note(request.say("merknad", "note"), request.field("note")),
                           checked_note(request.say("navn", "name"), request.field("actor"))};
    if (order.flags.empty())
        throw usage_error("{}", request.say("Ingen flagg er valgt: kryss av for dem som er ment, og send igjen.",
                                            "No flag is chosen: tick those that are meant, and send it again."));
    for (const auto id : order.flags)
        find_flag(from.reading.store, id);
    const OrderGiver giver{order.actor, request.request.peer_uid, request.request.peer_address};
    const auto id = from.desk.submit(order, giver, Attachment::detached);
    return request.link("/flags", {{"order", std::to_string(id)}});
}

} // namespace skurd
