#include "report/observation_table.hpp"

#include "base/text.hpp"
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

namespace {

/// "11 12": the numbers of the indicators.
std::string indicators_of(const std::optional<std::vector<LeftOut>>& left_out)
{
    std::vector<std::string> numbers;
    for (const auto& one : left_out.value_or(std::vector<LeftOut>()))
        numbers.push_back(std::to_string(one.indicator));
    return join(numbers, " ");
}

} // namespace

ObservationTable::ObservationTable(std::vector<std::string> dimensions) : dimensions_(std::move(dimensions))
{
    using enum TableColumn::Kind;
    columns_ = {{"indicator", integer}, {"definition", integer}, {"dataset", text}, {"codes", text}};
    for (const auto& dimension : dimensions_) {
        columns_.push_back({"d_" + dimension, text});
        columns_.push_back({"d_" + dimension + "_label", text});
    }
    const std::vector<TableColumn> others = {{"label", text},
                                             {"label_today", text},
                                             {"unit_today", text},
                                             {"period", text},
                                             {"value", number},
                                             {"status", text},
                                             {"meaning", text},
                                             {"unit", text},
                                             {"published", instant},
                                             {"published_confidence", text},
                                             {"superseded", instant},
                                             {"observed", instant},
                                             {"vintage", integer},
                                             {"source_value", number},
                                             {"corrected_value", number},
                                             {"correction", text},
                                             {"annotations", text},
                                             {"source", text},
                                             {"licence", text},
                                             {"left_out", text}};
    columns_.insert(columns_.end(), others.begin(), others.end());
}

void ObservationTable::put(const ObservationRow& row, ColumnSink& sink) const
{
    const auto& seen = row.observation;
    sink.integer(row.indicator ? std::optional<std::int64_t>(row.indicator) : std::nullopt);
    sink.integer(row.definition ? std::optional<std::int64_t>(row.definition->id) : std::nullopt);
    sink.text(seen.dataset);
    sink.text(codes_text(seen.codes));
    put_codes(seen, sink);
    const auto& unit = put_words(seen, sink);
    sink.text(seen.period.text());
    sink.number(seen.value.number);
    sink.text(seen.value.symbol.text);
    sink.text(to_string(seen.value.symbol.meaning));
    sink.text(unit);
    sink.instant(seen.published_at);
    sink.text(to_string(seen.confidence));
    sink.instant(seen.superseded_at);
    sink.instant(seen.observed_at);
    sink.integer(seen.vintage);
    put_notes(row, sink);
    sink.text(row.attribution ? source_text(*row.attribution, Language::en) : "");
    sink.text(row.attribution ? licence_text(*row.attribution, Language::en) : "");
    sink.text(indicators_of(row.left_out));
}

/// Two columns for each dimension.
void ObservationTable::put_codes(const Observation& seen, ColumnSink& sink) const
{
    for (const auto& dimension : dimensions_) {
        const auto code = std::find_if(seen.codes.begin(), seen.codes.end(),
                                       [&](const auto& one) { return one.first == dimension; });
        const auto at = static_cast<std::size_t>(code - seen.codes.begin());
        const bool has_label = seen.words && at < seen.words->labels.size();
        sink.text(code != seen.codes.end() ? std::string_view(code->second) : std::string_view());
        sink.text(has_label ? std::string_view(seen.words->labels[at]) : std::string_view());
    }
}

/// Three columns: what the vintage calls the series, and what it is called today where that is otherwise. Gives
/// the vintage's unit.
const std::string& ObservationTable::put_words(const Observation& seen, ColumnSink& sink)
{
    const auto label = seen.words ? seen.words->label() : seen.label;
    const auto& unit = seen.words ? seen.words->unit : seen.unit;
    sink.text(label);
    sink.text(label == seen.label ? "" : seen.label);
    sink.text(unit == seen.unit ? "" : seen.unit);
    return unit;
}

/// Four columns: source_value, corrected_value, correction, annotations.
void ObservationTable::put_notes(const ObservationRow& row, ColumnSink& sink)
{
    const auto* correction = row.observation.correction.get();
    sink.number(correction ? std::optional(correction->expected) : std::nullopt);
    sink.number(correction ? std::optional(correction->corrected) : std::nullopt);
    sink.text(correction
                  ? correction_text(*correction, is_corrected(row.observation.value, *correction), Language::en)
                  : std::string());
    std::vector<std::string> notes;
    for (const auto& annotation : row.annotations)
        notes.push_back(annotation_text(annotation));
    sink.text(join(notes, "; "));
}

} // namespace skurd
