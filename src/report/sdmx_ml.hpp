#pragma once

#include "model/dataset_description.hpp"
#include "model/observation_row.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// Text of XML: what has a meaning there is escaped, and what XML cannot have at all is a space.
std::string xml_text(std::string_view text);

/// What a message says of itself.
struct SdmxMessage {
    std::string id;  ///< of the message
    Time prepared{}; ///< the newest time that it tells of, so that the same store gives the same bytes
};

/// Observations of one dataset as generic data of SDMX-ML 2.1, series by series. Attributes of each observation are
/// as SdmxCsv has them, but for SOURCE and LICENCE, which would stand at each of them. A missing number is an
/// observation without a value.
class SdmxGenericData {
public:
    SdmxGenericData(const std::string& dataset, std::vector<std::string> dimensions, const SdmxMessage& message);

    /// The rows of a series come one after another. Throws Error (usage) for an observation of another dataset.
    void add(const ObservationRow& row);
    void end();
    std::string take() { return std::exchange(out_, {}); } ///< what was added since it was taken last

private:
    void begin_series(const Observation& seen);

    std::string out_;
    std::string dataset_;
    std::vector<std::string> dimensions_;
    std::vector<std::string> ids_; ///< of the dimensions
    std::optional<Codes> codes_;   ///< of the series at hand
};

/// A dataset as structures of SDMX: a dataflow, its data structure, codelists and concepts.
struct SdmxStructure {
    std::string dataset;
    DatasetDescription description;
};

/// What of it a message has.
enum class SdmxArtefacts {
    dataflows, ///< these alone
    all,       ///< with what they refer to
};

/// A structure message of SDMX-ML 2.1.
std::string sdmx_structure_message(const std::vector<SdmxStructure>& structures, SdmxArtefacts artefacts,
                                   const SdmxMessage& message);

/// An error message of SDMX-ML 2.1 with a code of its REST API: 100 = no results, 140 = syntax, 500 = server error.
std::string sdmx_error_message(int code, std::string_view text);

} // namespace skurd
