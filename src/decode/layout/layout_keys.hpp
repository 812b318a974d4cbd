#pragma once

#include "config/section.hpp"
#include "decode/layout/table_layout.hpp"

namespace skurd {

/// Whether a file of that format says itself where things are, so that most keys do not apply.
bool describes_itself(TableLayout::Format format);

/// The parts of read_layout(): each reads some keys of a `[layout]` table. All throw as that does.
void read_place(Section& layout, TableLayout& table);   ///< file, sheet, header, rows
void read_series(Section& layout, TableLayout& table);  ///< what identifies a series
void read_periods(Section& layout, TableLayout& table); ///< periods, and where the values are
void read_numbers(Section& layout, TableLayout& table); ///< how values are written

} // namespace skurd
