#include "flag/series_causes.hpp"

#include "base/text.hpp"
#include "flag/break_note.hpp"
#include "model/indicator.hpp"
#include "model/indicator_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace skurd {

namespace {

/// "9, 201/0301"; of several that one template stands for it alone, with how many: "201/… (357)".
std::string names_of(const std::set<int>& indicators)
{
    std::map<int, std::vector<int>> by_template;
    std::vector<std::string> names;
    for (const int number : indicators)
        if (const int of = template_of(number); of != 0)
            by_template[of].push_back(number);
        else
            names.push_back(indicator_name(number));
    for (const auto& [of, numbers] : by_template)
        names.push_back(numbers.size() == 1 ? indicator_name(numbers.front())
                                            : fmt::format("{}/… ({})", of, numbers.size()));
    return join(names, ", ");
}

/// "indicator 9" or "indicators 9, 10", in both languages.
LocalizedText readers_text(const std::set<int>& readers)
{
    const auto numbers = names_of(readers);
    const bool one = readers.size() == 1;
    return {(one ? "indikator " : "indikatorene ") + numbers, (one ? "indicator " : "indicators ") + numbers};
}

FlagCause cause_of(FlagKind kind, std::string key, const std::set<int>& readers)
{
    FlagCause cause;
    cause.key = std::move(key);
    cause.kind = kind;
    cause.indicator = readers.empty() ? 0 : *readers.begin();
    return cause;
}

/// Whether a selector means the series with these codes.
bool means(const Selector& selector, const Codes& codes)
{
    return std::all_of(selector.codes.begin(), selector.codes.end(), [&](const auto& selected) {
        const auto& allowed = selected.second;
        return std::any_of(codes.begin(), codes.end(), [&](const auto& code) {
            return code.first == selected.first &&
                   std::find(allowed.begin(), allowed.end(), code.second) != allowed.end();
        });
    });
}

/// Who reads what an annotation is about.
std::set<int> readers_of(const Annotation& annotation, const DatasetReaders& readers)
{
    if (annotation.series == 0)
        return readers.indicators;
    std::set<int> found;
    for (const auto& [indicator, selectors] : readers.selections)
        if (std::any_of(selectors.begin(), selectors.end(),
                        [&](const Selector& selector) { return means(selector, annotation.codes); }))
            found.insert(indicator);
    return found;
}

} // namespace

void WithdrawnSeries::see(int indicator, const std::vector<Observation>& observations)
{
    for (const auto& observation : observations) {
        if (observation.value.number || observation.value.symbol.meaning != Meaning::withdrawn)
            continue;
        Selector selector{observation.dataset, {}};
        for (const auto& [dimension, code] : observation.codes)
            selector.codes.push_back({dimension, {code}});
        auto& gone = series_[selector.text()];
        gone.name = observation.label;
        gone.periods.insert(observation.period);
        gone.readers.insert(indicator);
    }
}

std::vector<FlagCause> WithdrawnSeries::causes() const
{
    std::vector<FlagCause> causes;
    for (const auto& [selector, gone] : series_) {
        std::vector<std::string> periods;
        for (const auto& period : gone.periods)
            periods.push_back(period.text());
        auto cause = cause_of(FlagKind::withdrawn, "withdrawn/" + selector, gone.readers);
        cause.period = periods.back();
        cause.inputs = join(periods, " ");
        const auto readers = readers_text(gone.readers);
        cause.text_nb = fmt::format("{} ({}): kilden har trukket tilbake tall for {}; serien leses av {}", selector,
                                    gone.name, join(periods, ", "), readers.nb);
        cause.text_en = fmt::format("{} ({}): the source has withdrawn the numbers for {}; the series is read by {}",
                                    selector, gone.name, join(periods, ", "), readers.en);
        causes.push_back(std::move(cause));
    }
    return causes;
}

std::vector<FlagCause> annotated_breaks(const std::vector<Annotation>& annotations,
                                        const std::map<std::string, DatasetReaders>& readers)
{
    std::vector<FlagCause> causes;
    for (const auto& annotation : annotations) {
        const auto found = readers.find(annotation.dataset);
        if (annotation.kind != AnnotationKind::series_break || annotation.withdrawn_at || found == readers.end())
            continue;
        const auto affected = readers_of(annotation, found->second);
        if (affected.empty())
            continue;
        auto cause = cause_of(FlagKind::series_break, fmt::format("break/annotation/{}", annotation.id), affected);
        cause.period = annotation.period ? annotation.period->text() : "";
        cause.inputs = target_text(annotation);
        const auto by = readers_text(affected);
        cause.text_nb = fmt::format("Brudd i {}, merket av {}: {}; leses av {}", cause.inputs, annotation.actor,
                                    annotation.text, by.nb);
        cause.text_en = fmt::format("A break in {}, marked by {}: {}; read by {}", cause.inputs, annotation.actor,
                                    annotation.text, by.en);
        causes.push_back(std::move(cause));
    }
    return causes;
}

std::optional<FlagCause> noted_break(const std::string& dataset, const std::vector<std::string>& notes,
                                     const DatasetReaders& readers)
{
    constexpr std::size_t shown_max = 300;
    std::vector<std::string> speaking;
    for (const auto& note : notes)
        if (speaks_of_break(note))
            speaking.push_back(excerpt(note, shown_max));
    if (speaking.empty() || readers.indicators.empty())
        return std::nullopt;
    auto cause = cause_of(FlagKind::series_break, "break/" + dataset, readers.indicators);
    cause.inputs = join(speaking, "\n");
    const auto by = readers_text(readers.indicators);
    const auto quoted = join(speaking, "; ");
    cause.text_nb = fmt::format("{}: kilden skriver om et brudd: «{}»; leses av {}", dataset, quoted, by.nb);
    cause.text_en = fmt::format("{}: the source writes of a break: “{}”; read by {}", dataset, quoted, by.en);
    return cause;
}

} // namespace skurd
