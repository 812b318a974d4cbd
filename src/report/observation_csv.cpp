#include "report/observation_csv.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/release.hpp"

namespace skurd {

ObservationCsv::ObservationCsv(CsvDialect dialect) : out_(dialect)
{
    for (const auto* name : {"indicator", "dataset", "codes", "label", "label_today", "unit_today", "period", "value",
                             "status", "unit", "published", "published_confidence", "vintage", "source_value",
                             "corrected_value", "correction", "annotations", "source", "licence"})
        out_.add(name);
    out_.end_row();
}

void ObservationCsv::add(const ObservationRow& row)
{
    const auto& seen = row.observation;
    out_.add(row.indicator ? std::to_string(row.indicator) : "");
    out_.add(seen.dataset);
    out_.add(codes_text(seen.codes));
    const auto& unit = add_words(seen);
    out_.add(seen.period.text());
    out_.add_number(seen.value.number);
    out_.add(seen.value.symbol.text);
    out_.add(unit);
    out_.add(format_time(seen.published_at));
    out_.add(to_string(seen.confidence));
    out_.add(std::to_string(seen.vintage));
    add_notes(row);
    out_.add(row.attribution ? source_text(*row.attribution, Language::en) : "");
    out_.add(row.attribution ? licence_text(*row.attribution, Language::en) : "");
    out_.end_row();
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
