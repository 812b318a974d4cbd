// One libFuzzer target for each feed: SKURD_FEED is its function. (llvm.org/docs/LibFuzzer.html)
#include "tests/fuzz/feeds.hpp"

#include <cstdint>

/// What a feed makes once, such as a store, is made before an input is timed.
extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** /*arguments*/)
{
    skurd::test::SKURD_FEED("z");
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    if (size <= skurd::test::Feed::input_max)
        skurd::test::SKURD_FEED(std::string_view(reinterpret_cast<const char*>(bytes), size));
    return 0;
}
