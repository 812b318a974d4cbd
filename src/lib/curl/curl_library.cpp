#include "lib/curl/curl_library.hpp"

#include "base/error.hpp"

#include <curl/curl.h>

namespace skurd {

namespace {

struct Library {
    Library()
    {
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
