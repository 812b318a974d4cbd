#include "model/attribution.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace skurd {

namespace {

constexpr std::string_view unknown_source_nb = "kilde ikke oppgitt";
constexpr std::string_view unknown_source_en = "source not stated";
constexpr std::string_view unknown_licence_nb = "lisens ukjent";
constexpr std::string_view unknown_licence_en = "licence unknown";

std::string known_or(const std::string& text, std::string_view otherwise)
{
    return text.empty() ? std::string(otherwise) : text;
}

LocalizedText joined(const LocalizedText& first, const LocalizedText& second)
{
    return {first.nb + "; " + second.nb, first.en + "; " + second.en};
}

/// What is not known is said, so that the others keep their place.
LocalizedText said(const LocalizedText& text, std::string_view nb, std::string_view en)
{
    return {known_or(text.nb, nb), known_or(text.en, en)};
}

Attribution together(const std::vector<Attribution>& all)
{
    if (all.empty())
        return {};
    auto whole = all.front();
    if (all.size() == 1)
        return whole;
    const bool is_one_licence =
        std::all_of(all.begin(), all.end(), [&](const auto& one) { return one.licence == whole.licence; });
    whole.source = said(whole.source, unknown_source_nb, unknown_source_en);
    if (!is_one_licence)
        whole.licence = said(whole.licence, unknown_licence_nb, unknown_licence_en);
    for (auto one = all.begin() + 1; one != all.end(); ++one) {
        whole.source = joined(whole.source, said(one->source, unknown_source_nb, unknown_source_en));
        if (!is_one_licence)
            whole.licence = joined(whole.licence, said(one->licence, unknown_licence_nb, unknown_licence_en));
    }
    return whole;
}

} // namespace

std::string source_text(const Attribution& attribution, Language language)
{
    return known_or(attribution.source.in(language),
                    language == Language::nb ? unknown_source_nb : unknown_source_en);
}

std::string licence_text(const Attribution& attribution, Language language)
{
    return known_or(attribution.licence.in(language),
                    language == Language::nb ? unknown_licence_nb : unknown_licence_en);
}

std::string attribution_text(const Attribution& attribution, Language language)
{
    return source_text(attribution, language) + " (" + licence_text(attribution, language) + ")";
}

void Attributions::add(const std::string& dataset, const Attribution& attribution)
{
    const auto [place, is_new] = datasets_.try_emplace(dataset, attribution);
    if (!is_new && place->second != attribution)
        place->second = together({place->second, attribution});
}

void Attributions::add_source(std::string_view source, const Attribution& attribution)
{
    sources_.insert_or_assign(std::string(source), attribution);
}

Attribution Attributions::of(const std::string& dataset) const
{
    if (const auto own = datasets_.find(dataset); own != datasets_.end())
        return own->second;
    const auto source = sources_.find(std::string_view(dataset).substr(0, dataset.find('/')));
    return source == sources_.end() ? Attribution{} : source->second;
}

Attribution Attributions::of(std::span<const std::string> datasets) const
{
    std::vector<Attribution> all;
    for (const auto& dataset : datasets)
        if (const auto one = of(dataset); std::find(all.begin(), all.end(), one) == all.end())
            all.push_back(one);
    return together(all);
}

} // namespace skurd
