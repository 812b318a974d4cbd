#pragma once

#include "tests/conformance/subject.hpp"
#include "tests/support/listed_tests.hpp"

namespace skurd::test {

/// What every subject must do: lists a test of its own for each of them, "<title>: <subject>", tagged with its
/// connector. One that leaves out the `step` has none.
class SubjectTests {
public:
    SubjectTests(const std::string& title, const std::string& step, void (*body)(const Subject&),
                 const Catch::SourceLineInfo& where);

private:
    ListedTests listed_;
};

} // namespace skurd::test

// Macros, since a test is declared where it stands, with a name of its own, as by TEST_CASE.
// NOLINTBEGIN(cppcoreguidelines-macro-usage, bugprone-macro-parentheses)
#define SUBJECT_TEST_NAMED(function, list, title, step)                                                              \
    static void function(const skurd::test::Subject& subject);                                                       \
    static const skurd::test::SubjectTests list(title, step, &function, CATCH_INTERNAL_LINEINFO);                    \
    static void function(const skurd::test::Subject& subject)

/// SUBJECT_TEST(title, step) { … }: a body that speaks of `subject`. The step is as in leaves_out(); "" = none.
#define SUBJECT_TEST(title, step)                                                                                    \
    SUBJECT_TEST_NAMED(INTERNAL_CATCH_UNIQUE_NAME(subject_test), INTERNAL_CATCH_UNIQUE_NAME(subject_list), title,    \
                       step)
// NOLINTEND(cppcoreguidelines-macro-usage, bugprone-macro-parentheses)
