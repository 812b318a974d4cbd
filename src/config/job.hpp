#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"
#include "config/cron.hpp"
#include "config/layout_profile.hpp"
#include "config/section.hpp"
#include "model/attribution.hpp"

#include <optional>
#include <string>

namespace skurd {

/// How a job polls while its next publication, whose day is known, is more than a day away.
enum class QuietPolls { weekly, as_scheduled };
template <>
inline constexpr auto enum_words<QuietPolls> = word_table<QuietPolls>({{QuietPolls::weekly, "weekly"},
                                                                       {QuietPolls::as_scheduled, "as scheduled"}});

/// A job file: which dataset, how selected, when. The connector reads `source` and `layout` itself.
struct Job {
    std::string id;
    std::string connector;
    std::string connector_where; ///< "file:line" of the connector's name, for errors
    std::string schedule;        ///< as written; "" = only by hand
    std::optional<Cron> cron;
    std::string timezone;
    bool enabled = true;
    std::string unconfirmed;       ///< what in the job nobody has seen at the source yet, for people; "" = nothing
    std::string unconfirmed_where; ///< "file:line"
    std::string made_from;       ///< of a copy of a job that comes with the program: the begin of its hash; "" = none
    std::string made_from_where; ///< "file:line"
    Section source;
    std::optional<Section> layout;
    std::string profile; ///< the text of the layout profile, whose keys `layout` has; "" = none is named
    Section whole;       ///< for reject_unknown_keys(), after the connector has read its part

    Attribution attribution{}; ///< as the file states it; where it does not, the connector's source is the one

    // When the dataset is published: see schedules/README.md.
    std::string expects{};                   ///< how often: "yearly"; "" = unsaid
    std::optional<int> expects_every_days{}; ///< the same in days; 0 = "never"
    std::optional<Time> next_publication{};
    std::optional<int> grace_days{}; ///< how late it may be before it is overdue; nothing = by itself
    QuietPolls quiet_polls = QuietPolls::weekly;

    /// Reads the sections every job has. `stem` is the file's name without extension, the default id; `beside` gives
    /// a layout profile. Throws Error (usage) with file:line.
    static Job read(Section file, const std::string& stem, const ReadBeside& beside);
    /// With the files that lie beside it on disk.
    static Job read(Section file, const std::string& stem);
};

} // namespace skurd
