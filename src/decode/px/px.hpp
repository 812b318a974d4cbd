#pragma once

#include "model/cube.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What decoding may cost at most, checked before memory is taken.
struct PxLimits {
    std::size_t bytes = std::size_t(64) << 20;
    std::size_t cells = 10'000'000;
};

/// Whether bytes begin as a PX file does: a keyword in capitals, an equals sign, and further on DATA.
bool is_px(std::string_view bytes);

/// Reads a PX file (Statistics Sweden: PX-file format specification, AXIS-VERSION 2013) to the cube that JSON-stat of
/// the same table gives. Of several languages the main one is read. `notes`, where it is given, gets what a person
/// should know of how the file was read.
///
/// Dimensions are those of STUB, then HEADING, by VARIABLECODE or else by name; their codes are CODES or else VALUES.
/// The one of CONTVARIABLE has the role metric and carries UNITS, PRECISION and BASEPERIOD; where there is none, a
/// dimension ContentsCode of one category, MATRIX, does. TIMEVAL (or VARIABLE-TYPE) makes the role time, and its
/// TLIST says what digits mean: with Q1, 20241 is 2024Q1. Numbers keep their digits, but for zeros behind the
/// decimals that PRECISION or SHOWDECIMALS state. Dots and the dash in DATA become what DATASYMBOL1 to 6 and
/// DATASYMBOLNIL say they are shown as. With KEYS a row that is left out is zeros, as the specification says, and
/// noted.
///
/// Throws Error with the line: another format; a keyword that does not end; STUB and HEADING missing; VALUES missing,
/// or CODES of another number; a code given twice; more or fewer cells in DATA than the values multiply to; what is
/// neither number nor symbol; a file without the last semicolon, which was cut short; a limit.
Cube decode_px(std::string_view bytes, const PxLimits& limits = {}, std::vector<std::string>* notes = nullptr);

} // namespace skurd
