// What fuzzing once found, or led deep into a decoder, is fed in every build.
#include "tests/fuzz/feeds.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

using namespace skurd::test;
namespace fs = std::filesystem;

TEST_CASE("the inputs that fuzzing kept break no promise of a decoder", "[fuzz]")
{
    for (const auto& [name, feed] : feeds()) {
        const auto folder = fs::path(SKURD_SOURCE_DIR "/tests/fuzz/corpus") / name;
        std::size_t taken = 0;
        for (const auto& entry : fs::directory_iterator(folder)) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            try {
                taken += feed(bytes) ? 1 : 0;
            } catch (const std::exception& finding) {
                FAIL_CHECK(entry.path().string() << ": " << finding.what());
            }
        }
        INFO(name);
        CHECK(taken > 0); // or the inputs have become too old to lead anywhere
    }
}

TEST_CASE("every feed has a corpus, and every corpus a feed", "[fuzz]")
{
    std::set<std::string> folders;
    for (const auto& entry : fs::directory_iterator(SKURD_SOURCE_DIR "/tests/fuzz/corpus"))
        folders.insert(entry.path().filename().string());
    std::set<std::string> names;
    for (const auto& feed : feeds())
        names.emplace(feed.name);
    CHECK(folders == names);
}
