#pragma once

namespace skurd {

/// libcurl's own start, once for the process; its end comes with the process's. Throws Error when it cannot start.
void start_curl_library();

} // namespace skurd
