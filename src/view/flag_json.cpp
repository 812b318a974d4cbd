#include "view/flag_json.hpp"

#include "base/time_text.hpp"
#include "view/value_json.hpp"

namespace skurd {

Json to_json(const Flag& flag)
{
    return {{"flag", flag.id},
            {"kind", to_string(flag.kind)},
            {"state", to_string(flag.state)},
            {"indicator", id_json(flag.indicator)},
            {"period", flag.period},
            {"key", flag.key},
            {"text_nb", flag.text_nb},
            {"text_en", flag.text_en},
            {"raised", format_time(flag.raised_at)},
            {"changed", format_time(flag.changed_at)},
            {"note", flag.note},
            {"actor", flag.actor},
            {"origin", flag.origin}};
}

Json to_json(const RecordedFlagEvent& event)
{
    return {{"at", format_time(event.at)}, {"event", event.event},       {"state", to_string(event.state)},
            {"text_nb", event.text_nb},    {"text_en", event.text_en},   {"note", event.note},
            {"actor", event.actor},        {"uid", uid_json(event.uid)}, {"origin", event.origin}};
}

} // namespace skurd
