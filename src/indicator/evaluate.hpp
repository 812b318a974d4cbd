#pragma once

#include "indicator/rule.hpp"
#include "model/indicator.hpp"
#include "model/verdict.hpp"
#include "model/vintage.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace skurd {

/// Of which vintages a series is read: those published from a time on and before another.
struct PublicationWindow {
    Time from = Time::min();
    Time until = Time::max();

    bool operator==(const PublicationWindow&) const = default;
};

/// Two clocks where nothing is seen that was published when the window had closed.
AsOf seen_in(const PublicationWindow& window, AsOf as_of);

/// What to read from the store for an indicator.
struct Reading {
    struct Series {
        Selector selector;
        PublicationWindow window;
        int definition = 0; ///< that names it
    };
    std::vector<Series> series; ///< those its formula names itself, and those of the definitions it goes on from

    std::vector<Selector> selectors() const; ///< each once
};

/// By the definition in force at a day (nothing = now). A window begins where the definition does, or where the first
/// of those began whose values it keeps; at the beginning of time where it reads earlier values. That of a definition
/// which earlier() names ends where the one after it begins.
Reading reading_of(const Indicator& indicator, std::optional<Time> as_of);

/// Gives the observations of a selector as of the day of the question, as the vintages of the window state them; none
/// for a series that is not there.
using ReadSeries = std::function<std::vector<Observation>(const Selector&, const PublicationWindow&)>;

/// The values of an indicator as of a day. Where its formula is one series they are that series' numbers, else what
/// calculate() makes of it, through other indicators where it names them. A formula that cannot be worked out gives
/// no numbers, and every value says so in `formula_error`: a mistake in one formula must not stop the rest.
IndicatorValues values_of(const Catalogue& catalogue, const Indicator& indicator, std::optional<Time> as_of,
                          const ReadSeries& read);

/// The values of an indicator whose formula is one series, from the observations that reading_of() asks for.
IndicatorValues values_from(const Indicator& indicator, std::optional<Time> as_of,
                            const std::vector<Observation>& observations);

/// The indicator, and all it is made from under any definition, through others too; each once.
std::vector<const Indicator*> made_from(const Catalogue& catalogue, const Indicator& indicator);

/// The values of an indicator from a publication on.
struct ValuesFrom {
    Time published{};
    IndicatorValues values;
};

/// Gives every version of every observation of a selector; none for a series that is not there.
using ReadVersions = std::function<std::vector<Observation>(const Selector&)>;

/// The values as of every publication that the indicator can depend on, and as of every change of its definition
/// since the first of these; ascending. Reads each selector once. Equal to values_of() on each of those days.
std::vector<ValuesFrom> values_over_time(const Catalogue& catalogue, const Indicator& indicator,
                                         const ReadVersions& read);

/// The kind of a value under one of the indicator's definitions.
IndicatorKind kind_in_definition(const Indicator& indicator, int definition);

/// Whether two values compare: what forbids it, and what changed between them but allows it. Both empty mostly.
struct Comparability {
    LocalizedText bar;
    LocalizedText caveat;
};

/// What stands between two values, both there: other definitions, other price bases, the same of an indicator they
/// are made from, a break. Where the catalogue and `found` both know of a break at a period, the catalogue's word
/// holds.
Comparability comparability(const Catalogue* catalogue, const Indicator& indicator, const Period& from,
                            const IndicatorValue& old_value, const Period& to, const IndicatorValue& new_value,
                            const std::vector<SeriesBreak>& found = {});

/// Whether a level is judged in a comparison; a change column judges changes alone.
enum class Levels { judged, not_judged };

/// Judges the values of one indicator.
class Judge {
public:
    /// All must outlive it. Without a catalogue, definitions of other indicators are not looked at.
    Judge(const Indicator& indicator, const IndicatorValues& values, const std::vector<SeriesBreak>& breaks,
          const Catalogue* catalogue = nullptr)
        : indicator_(indicator), values_(values), breaks_(breaks), catalogue_(catalogue)
    {
    }

    /// The verdict on two periods, complete with its working. What the values lack is no data; the reason is their
    /// trouble where they have one. Of an indicator that is judged on its level: whether the later value is above the
    /// target, as the comparison with the period before; its other comparisons, and all of one that is judged on
    /// nothing, are not judged.
    Verdict compare(Comparison comparison, const Period& from, const Period& to,
                    Levels levels = Levels::judged) const;

    /// All verdicts that hold now: each period with a number (or trouble) against the one before it that has one, and
    /// the newest against the baseline, in all and per year (where they lie whole years apart). Of a level only the
    /// first; none of what is not judged. Ascending in `to`, for each comparison.
    std::vector<Verdict> all() const;

private:
    const Indicator& indicator_;
    const IndicatorValues& values_;
    const std::vector<SeriesBreak>& breaks_;
    const Catalogue* catalogue_;
};

/// Judge::compare() and Judge::all() without breaks from outside.
Verdict compare(const Indicator& indicator, const IndicatorValues& values, Comparison comparison, const Period& from,
                const Period& to);
std::vector<Verdict> current_verdicts(const Indicator& indicator, const IndicatorValues& values);

/// The change of a verdict rounded from the exact values; nothing where the verdict has none.
std::optional<Decimal> shown_change(const Indicator& indicator, const Verdict& verdict, int decimals);

} // namespace skurd
