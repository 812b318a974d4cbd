#include "lib/curl/curl_library.hpp"

#include "base/error.hpp"

#include <curl/curl.h>

#include <cstdlib>

namespace skurd {

namespace {

struct Library {
    Library()
    {
        // Else libcurl writes the keys of every connection to the file that it names.
        ::unsetenv("SSLKEYLOGFILE"); // NOLINT(concurrency-mt-unsafe): before the first thread that fetches
        if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
            throw error("libcurl cannot start");
    }
    ~Library() { curl_global_cleanup(); }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
};

} // namespace

void start_curl_library()
{
    static const Library library;
}

} // namespace skurd
