#pragma once

#include "base/csv_writer.hpp"
#include "model/observation_row.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Observations of one dataset as SDMX-CSV 2.0 (sdmx-twg/sdmx-csv), line by line below a line of headings: the
/// dataflow, a column for each dimension and for time, the value, and attributes: OBS_STATUS (the nearest code of
/// CL_OBS_STATUS), SYMBOL as the source wrote it and its MEANING, UNIT_MEASURE, PUBLISHED, SUPERSEDED (of a history),
/// OBSERVED, VINTAGE, SOURCE and LICENCE. Codes stand as the source has them; names of dimensions and of the dataset
/// as identifiers (report/sdmx_words.hpp). Comma, decimal point, UTF-8, line feeds.
class SdmxCsv {
public:
    /// The dimensions of the dataset but for time, in their order.
    SdmxCsv(const std::string& dataset, std::vector<std::string> dimensions);

    /// Throws Error (usage) for an observation of another dataset.
    void add(const ObservationRow& row);
    std::string take() { return out_.take(); } ///< what was added since it was taken last

private:
    CsvWriter out_{CsvDialect::raw};
    std::string dataset_;
    std::string structure_; ///< "SKURD:ssb_07459(1.0)"
    std::vector<std::string> dimensions_;
};

} // namespace skurd
