#pragma once

#include "model/outcome_text.hpp"
#include "report/report_text.hpp"

#include <span>
#include <string>
#include <vector>

namespace skurd {

/// A value of an indicator, or what stands in its place.
struct ValueCell {
    std::string text; ///< "3,9 %", "3,9 % * †"; a symbol or "–"
    const IndicatorValue* value = nullptr;
    std::string note; ///< what it needs to be understood: the kind of nothing, provisional, corrected; mostly empty
};

/// A change with how it is judged.
struct ChangeCell {
    std::string text;             ///< "−13,0 %", "+1,4 %-poeng *"; "" where not computable
    std::optional<Decimal> shown; ///< the number in it
    const Verdict* verdict = nullptr;
    OutcomeStyle style;
    std::string mark;               ///< "✓ grønn"
    std::vector<std::string> notes; ///< beside the mark: the sampling error, a near miss
    std::string sentence;           ///< the working
};

/// What a reader must know of one row.
struct RowNote {
    std::string mark;   ///< "†" or ""
    std::string number; ///< of the row: "9", "30rev"
    std::string about;  ///< the period or change it is about: "2016–2018"; "" = all of the row
    std::string text;
};

struct PageRow {
    const StatusReport::Row* row = nullptr;
    std::string label;
    std::string type;   ///< "innsats", "resultat"
    std::string source; ///< as the reports print it: "SSB"
    std::string unit;
    std::vector<ValueCell> values; ///< one for each of Page::values
    std::string measured;          ///< the period of the value, where Page::shows_newest
    std::vector<ChangeCell> changes;
    std::vector<RowNote> notes;
};

/// The rows of one part of a report.
struct PageTable {
    std::string part;    ///< its heading: "Mål 1: …"
    std::string name;    ///< "Tabell 7.1"; "" where the set states no number
    std::string heading; ///< both
    std::vector<PageRow> rows;
    std::vector<std::string> notes; ///< of the rows; the same one is given once, with all its numbers
};

/// A list with headings: sources, what was left out, the roll-up.
struct Listing {
    std::string heading;
    std::string lead; ///< a paragraph above it; may be empty
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

/// What two reports say differently, of one kind.
struct DifferenceGroup {
    struct Line {
        std::string number; ///< "9", "94 → 93", "17 → –", "– → 95"
        std::string label;
        std::string text;
        const ReportDifference* difference = nullptr;
    };
    std::string heading;
    std::vector<Line> lines;
};

/// A status report in the words of one language, for the formats that people read: what stands where, but not how it
/// looks. Points into the report and its catalogue.
struct Page {
    ReportText words{Language::nb};
    std::string title;
    std::vector<std::string>
        preface; ///< what a reader must know first: as of when, prices, limits that are tried out
    std::string
        state; ///< "Slik tallene var publisert per …", of now too, and what the store held, where that is known
    std::string edge; ///< of each printed page: the same, with the day of the newest harvest where it is of now
    bool shows_newest = false;        ///< one value a row, with its period and unit
    std::vector<std::string> values;  ///< headings of the value columns
    std::vector<std::string> changes; ///< headings of the change columns
    std::vector<PageTable> tables;
    Listing summary;                 ///< no rows where there are no changes
    std::string differences_heading; ///< "" where there is no report to compare with
    std::vector<DifferenceGroup> differences;
    Listing retired; ///< no rows where none is
    Listing sources; ///< no rows where none is known
    std::string method_heading;
    std::string method; ///< a paragraph
    std::vector<std::string> legend;
    bool prefaces_as_of = false; ///< as the first line of the preface

    /// The preface below `state`, which says as of when.
    std::span<const std::string> preface_below_state() const
    {
        return std::span(preface).subspan(prefaces_as_of ? 1 : 0);
    }
};

/// Both must outlive the page.
Page make_page(const StatusReport& report, const Catalogue& catalogue, Language language);

/// The same with every text as one line of printable text, for the forms that people read: a label may be a source's.
Page make_printable_page(const StatusReport& report, const Catalogue& catalogue, Language language);

/// In the order in which outcomes are counted; the first four are counted even where there are none.
std::string outcome_counts(const OutcomeCounts& counts);

} // namespace skurd
