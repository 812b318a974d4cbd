#pragma once

#include "model/cube.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What is added up of the state accounts.
struct DfoSelection {
    std::vector<std::string> chapters; ///< four digits each; at least one
    std::vector<std::string> posts;    ///< two digits each; empty = all there are
    bool by_agency = false;            ///< one number for each agency, else one for all
    bool by_month = false;             ///< one for each month, else one for the year
    int year = 0;                      ///< that every row of a chosen chapter must be of; 0 = any
};

/// The ids of the dimensions.
constexpr auto dfo_chapter = "kapittel";
constexpr auto dfo_post = "post";
constexpr auto dfo_agency = "virksomhet";
constexpr auto dfo_measure = "measure";
constexpr auto dfo_period = "periode";

/// Adds up the state accounts (statsregnskapet.dfo.no/nedlasting): the one CSV file in a ZIP archive, 28 named
/// columns,
/// `;`, Windows-1252 or UTF-8, decimal comma, a debit positive. The sums are exact, in kroner with the file's three
/// decimals, signs as they are.
///
/// Chapter and post are those of `Post_id`; rows of bodies with a net budget have none and are of no chapter. A
/// combination without a row is absent.
///
/// Throws Error for anything else, with the line in the file: a column that is missing, new or elsewhere, a row of
/// another length, a period that is no month or of another year, an amount that is no number, a row of a chosen
/// chapter with an impossible post, and a chosen chapter without any row.
Cube decode_dfo(std::string_view zip, const DfoSelection& selection);

/// The same for the CSV file itself.
Cube decode_dfo_csv(std::string_view csv, const DfoSelection& selection);

} // namespace skurd
