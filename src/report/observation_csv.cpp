#include "report/observation_csv.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/release.hpp"

#include <algorithm>

namespace skurd {

std::vector<std::string> dimensions_of(const std::vector<ObservationRow>& rows)
{
    std::vector<std::string> dimensions;
    for (const auto& row : rows)
        for (const auto& [dimension, code] : row.observation.codes)
            if (std::find(dimensions.begin(), dimensions.end(), dimension) == dimensions.end())
                dimensions.push_back(dimension);
    return dimensions;
}

ObservationCsv::ObservationCsv(CsvDialect dialect, std::vector<std::string> dimensions)
    : out_(dialect), dimensions_(std::move(dimensions))
{
    for (const auto* name : {"indicator", "definition", "dataset", "codes"})
        out_.add(name);
    for (const auto& dimension : dimensions_) {
        out_.add("d_" + dimension);
        out_.add("d_" + dimension + "_label");
    }
    for (const auto* name : {"label", "label_today", "unit_today", "period", "value", "status", "meaning", "unit",
                             "published", "published_confidence", "superseded", "observed", "vintage", "source_value",
                             "corrected_value", "correction", "annotations", "source", "licence"})
        out_.add(name);
    out_.end_row();
}

void ObservationCsv::add(const ObservationRow& row)
{
    const auto& seen = row.observation;
    out_.add(row.indicator ? std::to_string(row.indicator) : "");
    out_.add(row.definition ? std::to_string(row.definition->id) : "");
    out_.add(seen.dataset);
    out_.add(codes_text(seen.codes));
    add_codes(seen);
    const auto& unit = add_words(seen);
    out_.add(seen.period.text());
    out_.add_number(seen.value.number);
    out_.add(seen.value.symbol.text);
    out_.add(to_string(seen.value.symbol.meaning));
    out_.add(unit);
    out_.add(format_time(seen.published_at));
    out_.add(to_string(seen.confidence));
    out_.add(seen.superseded_at ? format_time(*seen.superseded_at) : "");
    out_.add(format_time(seen.observed_at));
    out_.add(std::to_string(seen.vintage));
    add_notes(row);
    out_.add(row.attribution ? source_text(*row.attribution, Language::en) : "");
    out_.add(row.attribution ? licence_text(*row.attribution, Language::en) : "");
    out_.end_row();
}

/// Two columns for each dimension.
void ObservationCsv::add_codes(const Observation& seen)
{
    for (const auto& dimension : dimensions_) {
        const auto code = std::find_if(seen.codes.begin(), seen.codes.end(),
                                       [&](const auto& one) { return one.first == dimension; });
        const auto at = static_cast<std::size_t>(code - seen.codes.begin());
        const bool has_label = seen.words && at < seen.words->labels.size();
        out_.add(code != seen.codes.end() ? code->second : "");
        out_.add(has_label ? seen.words->labels[at] : "");
    }
}

/// Three columns: what the vintage calls the series, and what it is called today where that is otherwise. Gives
/// the vintage's unit.
const std::string& ObservationCsv::add_words(const Observation& seen)
{
    const auto label = seen.words ? seen.words->label() : seen.label;
    const auto& unit = seen.words ? seen.words->unit : seen.unit;
    out_.add(label);
    out_.add(label == seen.label ? "" : seen.label);
    out_.add(unit == seen.unit ? "" : seen.unit);
    return unit;
}

/// Four columns: source_value, corrected_value, correction, annotations.
void ObservationCsv::add_notes(const ObservationRow& row)
{
    const auto* correction = row.observation.correction.get();
    out_.add_number(correction ? std::optional(correction->expected) : std::nullopt);
    out_.add_number(correction ? std::optional(correction->corrected) : std::nullopt);
    out_.add(correction ? correction_text(*correction, is_corrected(row.observation.value, *correction), Language::en)
                        : "");
    std::vector<std::string> notes;
    for (const auto& annotation : row.annotations)
        notes.push_back(annotation_text(annotation));
    out_.add(join(notes, "; "));
}

} // namespace skurd
