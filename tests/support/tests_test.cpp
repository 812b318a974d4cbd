// The tests themselves: each can be found and run by the folder it lies in.
#include "tests/support/listed_tests.hpp"

#include <filesystem>
#include <set>

using namespace skurd::test;

namespace {

std::set<std::string> folders()
{
    std::set<std::string> found = {"tree"};
    for (const auto& entry : std::filesystem::directory_iterator(SKURD_SOURCE_DIR "/tests"))
        if (entry.is_directory())
            found.insert(entry.path().filename().string());
    return found;
}

} // namespace

TEST_CASE("every test has the tag of its folder and of no other")
{
    const auto known = folders();
    const auto& all = Catch::getAllTestCasesSorted(*Catch::getCurrentContext().getConfig());
    REQUIRE(all.size() > 500);
    for (const auto& test : all) {
        std::set<std::string> found;
        for (const auto& tag : test.tags)
            if (known.contains(tag))
                found.insert(tag);
        INFO(test.name << " in " << test.lineInfo.file);
        CHECK(found == std::set<std::string>{test_folder(test.lineInfo.file)});
    }
}

TEST_CASE("the folder of a test is the one below tests")
{
    CHECK(test_folder("/home/tests/skurd/tests/store/ingest_test.cpp") == "store");
    CHECK(test_folder("/home/skurd/tests/tidy_test.cpp") == "tree");
}
