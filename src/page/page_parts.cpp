#include "page/page_parts.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/enum_text.hpp"
#include "model/indicator_name.hpp"
#include "model/outcome_text.hpp"
#include "model/release.hpp"

#include <fmt/format.h>

namespace skurd {

std::string outcome_class(Outcome outcome)
{
    return replace_all(std::string(to_string(outcome)), " ", "-");
}

namespace {

std::string comparison_text(const PageRequest& request, Comparison comparison)
{
    switch (comparison) {
    case Comparison::previous:
        return request.say("fra perioden før", "from the period before");
    case Comparison::baseline:
        return request.say("fra målingens begynnelse", "since the baseline");
    case Comparison::per_year:
        return request.say("per år fra målingens begynnelse", "per year since the baseline");
    }
    return "";
}

} // namespace

Json verdict_json(const PageRequest& request, const Verdict& verdict, Direction direction)
{
    const auto style = outcome_style(verdict.outcome, direction);
    const auto& sentence = verdict.sentence.in(request.language);
    const auto colon = sentence.find(": ");
    return {{"sentence", colon == std::string::npos ? sentence : sentence.substr(colon + 2)},
            {"class", outcome_class(verdict.outcome)},
            {"sign", std::string(style.sign)},
            {"word", std::string(style.word(request.language))},
            {"between", verdict.from.text() + " → " + verdict.to.text()},
            {"comparison", comparison_text(request, verdict.comparison)},
            {"caveat", verdict.caveat.in(request.language)},
            {"near_miss", verdict.near_miss.in(request.language)},
            {"rule", verdict.rule},
            {"is_provisional", verdict.provisional}};
}

Json flag_line(const PageRequest& request, const Flag& flag)
{
    const auto language = request.language;
    return {{"id", flag.id},
            {"link", request.link(fmt::format("/flags/{}", flag.id))},
            {"kind", enum_text(flag.kind, language)},
            {"state", enum_text(flag.state, language)},
            {"is_open", flag.state == FlagState::open},
            {"text", language == Language::nb ? flag.text_nb : flag.text_en},
            {"indicator", flag.indicator == 0 ? "" : indicator_name(flag.indicator)},
            {"indicator_link", flag.indicator == 0 ? "" : indicator_link(request, flag.indicator)},
            {"raised", format_date(flag.raised_at)},
            {"note", flag.note},
            {"actor", flag.actor}};
}

Json vintage_line(const PageRequest& request, const Vintage& vintage)
{
    return {{"vintage", vintage.id},
            {"dataset", vintage.dataset},
            {"link", request.link("/data", {{"dataset", vintage.dataset}})},
            {"published", published_day(vintage.published.published_at, vintage.published.confidence)},
            {"observed", moment(vintage.observed_at)},
            {"confirmed", moment(vintage.last_confirmed_at)},
            {"origin", enum_text(vintage.origin, request.language)},
            {"payload", vintage.payload_hash.substr(0, 12)}};
}

std::string moment(Time at)
{
    const auto text = format_time(at);
    return text.substr(0, 10) + " " + text.substr(11, 5);
}

std::string indicator_link(const PageRequest& request, int number)
{
    return request.link(fmt::format("/indicators/{}", number));
}

Json cut_json(std::size_t all, std::size_t shown)
{
    return all > shown ? Json(std::to_string(all - shown)) : Json(nullptr);
}

} // namespace skurd
