#pragma once

#include "base/number_text.hpp"
#include "model/status_report.hpp"

#include <string>
#include <string_view>

namespace skurd {

/// The words of one language for what a report shows: numbers, headings, kinds. Values in, text out.
class ReportText {
public:
    explicit ReportText(Language language) : language_(language) {}

    Language language() const { return language_; }
    std::string say(std::string_view nb, std::string_view en) const
    {
        return std::string(language_ == Language::nb ? nb : en);
    }
    std::string say(const LocalizedText& words) const { return say(words.nb, words.en); }

    /// "3,9 %", "13 936": with the percent sign of a share.
    std::string value(const Decimal& number, IndicatorKind kind) const;
    /// "−13,0 %", "+1,4 %-poeng"; `unit` is the verdict's.
    std::string change(const Decimal& number, std::string_view unit) const;
    std::string points(const Decimal& number) const;      ///< "4,4 %-poeng", without a sign
    std::string column(const Verdict& change) const;      ///< "2016–2018 per år"
    std::string column(const ReportColumn& column) const; ///< likewise; "per år fra egen start"
    std::string unit(const std::string& unit) const; ///< of the catalogue, in the language where it is a known one
    std::string nothing(const Symbol& symbol) const; ///< "ikke tilgjengelig (..)": the kind of nothing
    std::string missing_reason(const IndicatorValue& value) const; ///< of one without a number
    std::string course(Course course) const;                       ///< "positiv"; "–" for none
    std::string kind(DifferenceKind kind) const;                   ///< as a heading: "Reviderte tall"
    std::string
    thresholds(const Thresholds& thresholds) const; ///< "±1,0 prosentpoeng for andeler, ±2,5 % for andre tall"

private:
    Language language_;
};

} // namespace skurd
