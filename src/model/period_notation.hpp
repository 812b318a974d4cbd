#pragma once

#include "model/cube.hpp"
#include "model/period.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// What is known of a dataset's periods besides their codes.
struct PeriodHints {
    std::optional<PeriodKind> stated{}; ///< by the job: decides
    std::optional<PeriodKind> told{};   ///< by the source, of the whole table: chooses between what the codes may be
};

/// How the periods of a time dimension are written, decided once from all its codes, never code by code.
///
/// What reads one way only is read so wherever it stands: Period's canonical forms and those of the sources, and
/// words (read_period_words()). A year and a number, "2005-06", "2005/06", "202206", "20221", are all read as one
/// kind, or stay text: as the job states, else as the labels are ("juni 2005"), else as the dimension is called
/// ("måned", "kvartal", PX's TLIST(M1)), else as the source tells, else as the codes themselves show:
///
///   2005-01 ... 2006-12   every number is a month's and they are not all the next year's: months
///   1998-99, 1999-00      every number is the next year's: school years, where there are several or one is no
///   month's 202201 ... 202212     months of several years, one with all twelve; else text
///
/// The labels are read instead of the codes where the codes are positions (0, 1, 2 or 1, 2, 3 and so on) or no code
/// is a period and every label is one, or they agree. Codes that differ never read alike but where they say the same
/// (2024K1, 2024Q1): what makes periods of them refuses that.
class PeriodNotation {
public:
    /// `time` as its source lists it, with the periods that were not asked for. Throws Error where a year and a
    /// number may be two things and nothing tells: "2005-06" alone may be a month or a school year.
    explicit PeriodNotation(const Dimension& time, const PeriodHints& hints = {});

    /// What is of no known form is a period of its own text.
    Period read(const Category& category) const;

    /// For the run: what was chosen, and why; "" where every code reads one way only.
    const std::string& choice() const { return choice_; }

private:
    enum class Shape { dashed, slashed, six_digits, five_digits };
    enum class From { codes, labels };
    struct YearAndNumber;
    struct Decision;
    using Kinds = std::array<std::optional<PeriodKind>, 4>; ///< by Shape

    static std::optional<YearAndNumber> split(std::string_view text);
    static std::optional<Period> read_as(PeriodKind kind, const YearAndNumber& code);
    static std::optional<Period> read_one_way(std::string_view text);
    static Decision decide_by_codes(const std::string& dimension, const std::vector<YearAndNumber>& codes);
    static Decision decide(const Dimension& time, const PeriodHints& hints, const std::vector<YearAndNumber>& codes);
    Period read_text(std::string_view text) const;
    void choose_kinds(const Dimension& time, const PeriodHints& hints);
    void choose_labels(const Dimension& time, const PeriodHints& hints);

    Kinds kinds_{};
    From from_ = From::codes;
    std::string choice_;
};

/// The positions of a time dimension's categories, oldest first. Where some are of no known form the listing is
/// kept, or turned round where the others descend in it.
std::vector<std::size_t> time_order(const Dimension& time, const PeriodHints& hints = {});

} // namespace skurd
