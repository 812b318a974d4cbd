#pragma once

#include <iosfwd>

namespace skurd {

/// `skurd verdict --stdin`: reads CSV (UTF-8, commas, fields may stand in double quotes but not run over lines) whose
/// header names at least kind, direction, old, new and years, in any order, and writes every line back as it was with
/// a column `verdict` added. An empty old or new is no data; empty years are one; more than one is a change per year.
/// Empty lines are passed on. Line ends are kept. Holds one line at a time.
///
/// Throws Error (failed) for the first bad line, "line 7: ...", after the lines before it were written; and when the
/// output cannot be written.
void write_verdicts(std::istream& in, std::ostream& out);

} // namespace skurd
