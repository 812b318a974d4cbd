#pragma once

#include "base/clock.hpp"
#include "lib/json/json_reader.hpp"
#include "model/agreement.hpp"
#include "model/release.hpp"
#include "order/results.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// Ingest one file, now, as a job that takes files would.
struct DropOrder {
    static constexpr std::string_view name = "drop";
    using Result = RunsResult; ///< one

    static constexpr std::size_t job_text_max = 256 << 10; ///< bytes

    std::string job;      ///< its id, or, with a text, what errors call its file
    std::string job_text; ///< a job file that the installation need not have; "" = the job of that id
    std::string file_name;
    std::optional<Time> modified;              ///< nothing = when it arrives
    std::optional<PublicationClaim> published; ///< instead of what the job and the file say
    Agreement agreement;
    std::string bytes; ///< go beside the JSON

    static DropOrder read(JsonReader& json);
};

/// {"job": id or file, "job_text": TOML, left out for an id, "name": of the file, "modified": time, "published": date
/// or instant, "accept": agreement}
Json to_json(const DropOrder& order);

/// A day or an instant that a person gives for a publication; nothing for a text that is neither.
std::optional<PublicationClaim> publication_by_hand(const std::string& text);

} // namespace skurd
