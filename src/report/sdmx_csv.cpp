#include "report/sdmx_csv.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "report/sdmx_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

SdmxCsv::SdmxCsv(const std::string& dataset, std::vector<std::string> dimensions)
    : dataset_(dataset), structure_(fmt::format("{}:{}({})", sdmx_agency, sdmx_id(dataset), sdmx_version)),
      dimensions_(std::move(dimensions))
{
    for (const auto* name : {"STRUCTURE", "STRUCTURE_ID", "ACTION"})
        out_.add(name);
    for (const auto& id : sdmx_ids(dimensions_))
        out_.add(id);
    for (const auto* name : {"TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "SYMBOL", "MEANING", "UNIT_MEASURE",
                             "PUBLISHED", "SUPERSEDED", "OBSERVED", "VINTAGE", "SOURCE", "LICENCE"})
        out_.add(name);
    out_.end_row();
}

void SdmxCsv::add(const ObservationRow& row)
{
    const auto& seen = row.observation;
    if (seen.dataset != dataset_)
        throw usage_error("SDMX-CSV holds one dataflow, these observations are of {} and {}: select one", dataset_,
                          seen.dataset);
    out_.add("dataflow");
    out_.add(structure_);
    out_.add("I");
    for (const auto& dimension : dimensions_) {
        const auto code = std::find_if(seen.codes.begin(), seen.codes.end(),
                                       [&](const auto& one) { return one.first == dimension; });
        out_.add(code == seen.codes.end() ? "" : code->second);
    }
    out_.add(sdmx_period(seen.period));
    out_.add_number(seen.value.number);
    out_.add(sdmx_status(seen.value));
    out_.add(seen.value.symbol.text);
    out_.add(to_string(seen.value.symbol.meaning));
    out_.add(seen.words ? seen.words->unit : seen.unit);
    out_.add(format_time(seen.published_at));
    out_.add(seen.superseded_at ? format_time(*seen.superseded_at) : "");
    out_.add(format_time(seen.observed_at));
    out_.add(std::to_string(seen.vintage));
    out_.add(row.attribution ? source_text(*row.attribution, Language::en) : "");
    out_.add(row.attribution ? licence_text(*row.attribution, Language::en) : "");
    out_.end_row();
}

} // namespace skurd
