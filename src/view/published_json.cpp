#include "view/published_json.hpp"

#include "base/time_text.hpp"

namespace skurd {

Json to_json(const Published& published)
{
    const auto& snapshot = published.snapshot;
    return {{"commit_seq", snapshot.commit_seq},
            {"committed_at", format_time(snapshot.committed_at)},
            {"content_head", snapshot.content_head},
            {"log_head", snapshot.log_head},
            {"names", snapshot.names == PeoplesNames::included},
            {"folder", published.folder},
            {"new", published.is_new},
            {"since", published.since ? Json(*published.since) : Json()},
            {"files", published.files},
            {"bytes", published.bytes},
            {"removed", published.removed}};
}

} // namespace skurd
