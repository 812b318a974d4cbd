#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// What a cell is taken for by somebody who does not know the file.
enum class CellGuess {
    empty,
    text,
    period,      ///< "2016", "2024K1", "2011-12", "202403", a date: may be a number as well
    number,      ///< any other number, perhaps with a unit
    like_number, ///< digits with something beside them that no number has: "12,5*", "3.7 p", "(125)", "12 kr"
    mark,        ///< what often stands for no value: "*", ":", "..", "N/A"
};

CellGuess guess_cell(std::string_view text);

/// "1900" to "2099": a year as well as a number.
bool is_bare_year(std::string_view text);

/// Where in a text a period stands.
struct PeriodSpot {
    std::size_t begin = 0;
    std::size_t size = 0;
};

/// The first period in a text that stands alone there: of "Antall 2016" the last four bytes; nothing where letters or
/// digits touch it.
std::optional<PeriodSpot> find_period(std::string_view text);

/// A part of a year in words as Period writes it: "1. kvartal 2024" is "2024Q1", "mars 2024" "2024M03", "uke 5 2024"
/// "2024W05"; Norwegian, Danish, Swedish, English; "" for all else.
std::string period_in_words(std::string_view text);

/// Whether a heading names a change from one period to another ("Endring 2016-2018", "Diff", "Vekst i prosent").
bool names_change(std::string_view text);

/// In lower case, the letters of the Nordic languages too.
std::string lower_text(std::string_view text);

/// The first year that a text speaks of, or "".
std::string year_in(std::string_view text);

} // namespace skurd
