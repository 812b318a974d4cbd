#pragma once

#include "tests/support/catch.hpp"

#include <functional>
#include <string>
#include <vector>

namespace skurd::test {

/// Tests that are known only when the program runs, such as one for each case folder: a variable at namespace scope
/// with a function that adds them with list_test(). main() calls it before anything is listed or run.
class ListedTests {
public:
    explicit ListedTests(std::function<void()> add) { all().push_back(std::move(add)); }

    static std::vector<std::function<void()>>& all()
    {
        static std::vector<std::function<void()>> lists;
        return lists;
    }
};

/// Adds a test of its own to the runner's list: `tags` as "[connectors][case]", `where` as CATCH_INTERNAL_LINEINFO.
void list_test(const std::string& name, const std::string& tags, std::function<void()> body,
               const Catch::SourceLineInfo& where);

/// The folder of `tests` that a source file lies in: "store"; "tree" for a file in `tests` itself.
std::string test_folder(const std::string& file);

} // namespace skurd::test
