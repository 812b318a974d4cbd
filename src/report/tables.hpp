#pragma once

#include "base/number_text.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"

#include <string>
#include <utility>
#include <vector>

namespace skurd {

/// The rows of one part of a report, in order.
struct ReportTable {
    std::string part;
    std::string number; ///< "5.1"; "" where the set states none
    std::vector<const StatusReport::Row*> rows;
};

/// What a row's indicator meant at the report's day: its unit, and the kind of its values.
const Definition& definition_of(const StatusReport& report, const StatusReport::Row& row);
IndicatorKind kind_of(const StatusReport& report, const StatusReport::Row& row);

/// The correction of a row's value; nullptr for none.
const Correction* correction_of(const StatusReport::Row& row, std::size_t period);
/// The period and the sentence of each correction of a row.
std::vector<std::pair<std::string, std::string>> correction_notes(const StatusReport& report,
                                                                  const StatusReport::Row& row, Language language);

/// What the renderings for people share: how tables, cells and notes read in one language. Lives no longer than the
/// report and the catalogue.
class ReportWords {
public:
    ReportWords(const StatusReport& report, const Catalogue& catalogue, Language language)
        : report_(report), catalogue_(catalogue), language_(language)
    {
    }

    std::string say(std::string_view nb, std::string_view en) const;
    std::string say(const Words& words) const { return say(words.nb, words.en); }

    std::string title() const;                           ///< "Third status report (Fafo 2019:33): 2018"
    std::string as_of() const;                           ///< a sentence; "" for the present
    std::string heading(const ReportTable& table) const; ///< "Table 5.1: Overall input"
    std::string part(const std::string& id) const;       ///< its heading
    std::string column(const Verdict& change) const;     ///< "2016–2018 per year"

    std::string value(const StatusReport::Row& row,
                      std::size_t period) const; ///< "3,9 %", "3,9 % †"; a symbol or "–"
    std::string change(const StatusReport::Row& row, std::size_t column) const; ///< "−13,0 %", "+1,4 %-poeng"; or ""
    std::string mark(const Verdict& change, const Indicator& indicator) const;  ///< "✓ grønn"

    /// What a reader of the table must know: definitions that changed (the same note once, for all its numbers),
    /// values that could not be made or are corrected, changes that could not be compared.
    std::vector<std::string> notes(const ReportTable& table) const;

    /// The outcomes of a change column of a table: "✓ 3  ✗ 2  = 5  · 11".
    std::string count(const ReportTable& table, std::size_t column) const;
    std::string legend() const; ///< what the signs mean

    std::vector<ReportTable> tables() const; ///< in the order of the rows
    const StatusReport& report() const { return report_; }

private:
    std::string definition_note(const StatusReport::Row& row) const;

    const StatusReport& report_;
    const Catalogue& catalogue_;
    Language language_;
};

} // namespace skurd
