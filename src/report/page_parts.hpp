#pragma once

#include "report/page.hpp"

namespace skurd {

/// The parts that make_page() is put together from, one file each.

/// What a row must have explained: its definition, values that could not be made, are missing or corrected, changes
/// that do not compare or compare in spite of something.
std::vector<RowNote> notes_of(const StatusReport& report, const StatusReport::Row& row, const ReportText& words);
/// The notes of a table's rows as lines, in the order they come; the same one once: "3, 7 (2018): ikke tilgjengelig".
std::vector<std::string> note_lines(const std::vector<PageRow>& rows);

/// What stands at the edge of each printed page: a day in any case, so that a page that got lost can be placed.
std::string page_edge_text(const StatusReport& report, const ReportText& words);
std::string state_text(const StatusReport& report, const ReportText& words);
std::vector<std::string> preface_of(const StatusReport& report, const ReportText& words);
Listing summary_of(const StatusReport& report, const Catalogue& catalogue, const ReportText& words);
std::vector<DifferenceGroup> differences_of(const StatusReport& report, const Catalogue& catalogue,
                                            const ReportText& words);
Listing retired_of(const StatusReport& report, const Catalogue& catalogue, const ReportText& words);
Listing sources_of(const StatusReport& report, const ReportText& words);
std::string method_of(const StatusReport& report, const ReportText& words);
std::vector<std::string> legend_of(const StatusReport& report, const ReportText& words);

/// The heading of a part of the catalogue; its id where it has none.
std::string part_heading(const Catalogue& catalogue, const std::string& part, const ReportText& words);
/// "1, 2, 9"
std::string number_list(const std::vector<int>& numbers);

} // namespace skurd
