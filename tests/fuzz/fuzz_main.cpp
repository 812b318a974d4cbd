// One libFuzzer target for each feed: SKURD_FEED is its function. (llvm.org/docs/LibFuzzer.html)
#include "tests/fuzz/feeds.hpp"

#include <cstdint>
#include <pthread.h>

extern "C" void __sanitizer_set_death_callback(void (*callback)());

/// A decoder's child process may crash (FreeXL); libFuzzer, a copy of which is in it, is not to note that as a
/// finding.
extern "C" int LLVMFuzzerInitialize(int*, char***)
{
    pthread_atfork(nullptr, nullptr, [] { __sanitizer_set_death_callback([] {}); });
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    if (size <= skurd::test::Feed::input_max)
        skurd::test::SKURD_FEED(std::string_view(reinterpret_cast<const char*>(bytes), size));
    return 0;
}
