#pragma once

#include "config/section.hpp"
#include "connectors/connector.hpp"
#include "connectors/pxweb/plan.hpp"
#include "decode/pattern.hpp"
#include "lib/tz/time_zone.hpp"
#include "model/period.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

enum class PxwebVersion { unknown, v1, v2 }; ///< unknown = ask the server

/// What one statistical office does otherwise than the rest: the defaults of a connector that is pxweb by another
/// name.
struct PxwebProfile {
    std::string_view name;        ///< of the source in datasets: "ssb"; "" = the host's name
    std::string_view base_url_v2; ///< "" = the job must say
    std::string_view base_url_v1;
    std::string_view language; ///< "" = the server's own default
    PxwebVersion version = PxwebVersion::unknown;
    std::uint64_t cells_max = 0; ///< in one answer; 0 = its /config is asked
    bool five_digits = false;    ///< table numbers are
    std::optional<BlackoutHours> blackout;
};

const PxwebProfile& any_pxweb();
const PxwebProfile& statistics_norway();

/// The section [source] of a pxweb or ssb job; connectors/pxweb/README.md explains the keys.
struct PxwebSettings {
    std::string source;      ///< of the dataset, before the slash: "ssb"
    std::string dataset;     ///< "ssb/07459"
    bool is_named = false;   ///< by the job; else the source and the table name it
    std::string table;       ///< "" where it is to be searched for
    std::string table_where; ///< "file:line" of it, or of the search
    std::string search;      ///< words; "" where the table is named
    std::string base_url;    ///< without a slash at its end
    std::string language;
    PxwebVersion version = PxwebVersion::unknown;
    std::uint64_t cells_max = 0;                   ///< 0 = not told: the server's /config is asked
    TimeZone zone = TimeZone::find("Europe/Oslo"); ///< of the server's times that state none
    std::optional<BlackoutHours> blackout;
    std::string expect; ///< "" = any title
    std::string expect_where;
    Pattern expect_pattern{""};
    std::string time; ///< the dimension that is time, or label(…); "" = as the source says
    std::string time_where;
    std::optional<PeriodKind> period_kind; ///< of periods written as a year and a number
    std::string as_of;                     ///< asked of another skurd: its state of that date or instant; "" = now
    int audit_days = 28;
    int frozen_after_days = -1;                          ///< 0 = never, -1 = by how often the table comes
    std::map<std::string, Meaning, std::less<>> symbols; ///< where they differ from Statistics Norway's
    std::vector<Wanted> wanted;                          ///< at least one

    /// Throws Error (usage) with file:line.
    static PxwebSettings read(Section& source, const PxwebProfile& profile);

    bool expects(const std::string& title) const;
    std::string host() const; ///< of base_url, lower case, without port
};

} // namespace skurd
