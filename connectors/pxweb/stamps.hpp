#pragma once

#include "connectors/pxweb/settings.hpp"
#include "model/release.hpp"
#include "model/request.hpp"

#include <string>
#include <vector>

namespace skurd {

/// A time as a PxWeb server states it, "updated" above all: an instant or a day as RFC 3339 writes it, or as PX files
/// do, "20270305 08:00". Without an offset it is by the source's clock. Nothing for anything else.
std::optional<Time> read_stamp(const PxwebSettings& settings, std::string_view text);

/// Whether two stamps say the same. Subsystems of one server write an instant with or without its seconds.
bool same_instant(const PxwebSettings& settings, const std::string& a, const std::string& b);

/// Whether the first stamp is later than the second, as far as both can be read.
bool is_later(const PxwebSettings& settings, const std::string& a, const std::string& b);

/// The last of them in time; one that cannot be read is before all others.
std::string newest(const PxwebSettings& settings, const std::vector<std::string>& stamps);

/// What the subsystems of a server say of when a table was updated, in their own words; "" = nothing. They need not
/// agree: the index behind lists and descriptions may lag, or be the only one that knows (metadata and data of a
/// table without contents state when its file was made), and data state the newest of the selected contents.
struct Stamps {
    std::string listed;   ///< by the description, as by lists
    std::string metadata; ///< always "" in v1
    std::string data;     ///< the newest of the parts'

    /// What is claimed of the numbers: their own stamp; the list's where that is later and metadata and data agree.
    std::string claim(const PxwebSettings& settings) const;
    bool agree(const PxwebSettings& settings) const; ///< metadata and data, as far as both tell
};

/// When numbers were published by that claim; "" = arrival, at `now`.
PublicationClaim publication_claim(const PxwebSettings& settings, const std::string& stamp, Time now);

} // namespace skurd
