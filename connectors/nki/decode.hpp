#pragma once

#include "model/cube.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

// The answers of Helsedirektoratet's API about national quality indicators (`/innhold/nki`). Each function throws
// Error, on one line, for anything that is not such an answer or is larger than it can be; members it does not know
// are passed over.

/// A file that belongs to an indicator.
struct NkiAttachment {
    std::string file; ///< its name, which begins with the indicator's number
    std::string type; ///< "application/json"
    std::string uri;
};

/// An item of `/kvalitetsindikatorer`.
struct NkiIndicator {
    std::string id;
    std::string title;
    std::vector<NkiAttachment> attachments;
};
std::vector<NkiIndicator> decode_nki_list(std::string_view bytes);

/// What Helsedirektoratet writes where there is no number.
constexpr std::string_view nki_no_data = "-10000000";

/// The dimensions of a table of an indicator.
constexpr auto nki_location = "location";
constexpr auto nki_measure = "measure";
constexpr auto nki_period = "period";
constexpr auto nki_name = "indicator";

/// The rows of `/kvalitetsindikatorer/{id}/data`, or of an indicator's attached file, as a cube. Rows are objects in
/// `AttachmentDataRows`, or arrays beside `ColumnNames`, at the top or in `data`.
///
/// Dimensions: the location, which is `LocationId` where there is one, else "parent/name", since two regions may have
/// units of one name (the name alone for the country); the measure; and the period, by the days `TimeFrom` to
/// `TimeTo` or, where those are one, by `PeriodType`. A file with several indicators has a fourth, the indicator's
/// name.
///
/// A number keeps its digits, in quotes or not, with comma or point. -10000000 is a missing value with that as its
/// symbol; null is one without; another text is a symbol. A combination without a row is absent. Two rows for one
/// cell are an Error.
Cube decode_nki_data(std::string_view bytes);

} // namespace skurd
