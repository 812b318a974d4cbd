// One libFuzzer target for each feed: SKURD_FEED is its function. (llvm.org/docs/LibFuzzer.html)
#include "lib/freexl/xls_reader.hpp"
#include "tests/fuzz/feeds.hpp"

#include <cstdint>

/// The reader of old Office files is this program started anew, which may crash: that is no finding.
extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv)
{
    skurd::become_xls_reader(*argc, *argv);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    if (size <= skurd::test::Feed::input_max)
        skurd::test::SKURD_FEED(std::string_view(reinterpret_cast<const char*>(bytes), size));
    return 0;
}
