#include "indicator/verdict_csv.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <sstream>

using namespace skurd;

namespace {

std::string verdicts(const std::string& text)
{
    std::istringstream in(text);
    std::ostringstream out;
    write_verdicts(in, out);
    return out.str();
}

std::string message_of(const std::string& text)
{
    try {
        verdicts(text);
        return "";
    } catch (const Error& failure) {
        return failure.what();
    }
}

} // namespace

TEST_CASE("each line of CSV comes back with its verdict")
{
    CHECK(verdicts("kind,direction,old,new,years\n"
                   "share,up,3.9,4.9,1\n"
                   "number,up,4.0,4.1,\n"
                   "number,down,284,247,1\n"
                   "number,neutral,1252,1499,\n"
                   "number,up,1600,1681,2\n"
                   "share,up,,4.9,1\n"
                   "number,up,0,4.9,1\n") == "kind,direction,old,new,years,verdict\n"
                                             "share,up,3.9,4.9,1,unchanged\n"
                                             "number,up,4.0,4.1,,unchanged\n"
                                             "number,down,284,247,1,improved\n"
                                             "number,neutral,1252,1499,,increased\n"
                                             "number,up,1600,1681,2,unchanged\n"
                                             "share,up,,4.9,1,no data\n"
                                             "number,up,0,4.9,1,not comparable\n");
}

TEST_CASE("columns stand in any order, others are kept, and so are quotes, line ends and empty lines")
{
    CHECK(verdicts("\xef\xbb\xbfid,new,old,note,kind,years,direction\r\n"
                   "1,5,4,\"a, \"\"b\"\"\",share,,up\r\n"
                   "\r\n"
                   "2, 4 ,4,,\"number\",1,up") == "\xef\xbb\xbfid,new,old,note,kind,years,direction,verdict\r\n"
                                                  "1,5,4,\"a, \"\"b\"\"\",share,,up,unchanged\r\n"
                                                  "\r\n"
                                                  "2, 4 ,4,,\"number\",1,up,unchanged");
}

TEST_CASE("each mistake in the CSV is named with its line")
{
    const std::string header = "kind,direction,old,new,years\n";
    const struct {
        std::string text;
        const char* message;
    } mistakes[] = {
        {"", "line 1: there is no header (needed: kind,direction,old,new,years)"},
        {"kind,direction,old,new\n",
         "line 1: the header has no column 'years' (needed: kind,direction,old,new,years)"},
        {"kind,direction,old,new,years,verdict\n", "line 1: there is a column 'verdict' already; rename it"},
        {header + "share,up,1,2\n", "line 2: 4 fields where the header has 5"},
        {header + "share,up,1,2,1\nshare,up,1,2,1,\n", "line 3: 6 fields where the header has 5"},
        {header + "part,up,1,2,1\n", "line 2: unknown kind 'part' (known: share, number, amount, ratio, score)"},
        {header + "share,more,1,2,1\n", "line 2: unknown direction 'more' (known: up, down, neutral)"},
        {header + "share,up,\"1,5\",2,1\n",
         "line 2: '1,5' in column 'old' is not a number such as 3.9 (decimal point, no spaces)"},
        {header + "share,up,1,N/A,1\n",
         "line 2: 'N/A' in column 'new' is not a number such as 3.9 (decimal point, no spaces)"},
        {header + "share,up,1,2,0\n", "line 2: '0' in column 'years' is not a whole number from 1 to 1000"},
        {header + "share,up,1,2,1.5\n", "line 2: '1.5' in column 'years' is not a whole number from 1 to 1000"},
        {header + "share,up,1,2,\"1\n", "line 2, column 5: a quoted field begins here and does not end"},
        {header + "share,up,\"1\"2,2,1\n", "line 2, column 3: something follows the closing quote of a field (a "
                                           "quote inside a field is written twice)"},
        {header + std::string(70000, 'x') + "\n", "line 2: longer than 65536 bytes"},
    };
    for (const auto& mistake : mistakes)
        CHECK(message_of(mistake.text) == mistake.message);
}

TEST_CASE("the lines before a bad one are answered")
{
    std::istringstream in("kind,direction,old,new,years\nshare,up,1,5,1\nshare,up,1,x,1\n");
    std::ostringstream out;
    CHECK_THROWS_AS(write_verdicts(in, out), Error);
    CHECK(out.str() == "kind,direction,old,new,years,verdict\nshare,up,1,5,1,improved\n");
}

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#    define SKURD_TEST_SANITIZED 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#        define SKURD_TEST_SANITIZED 1
#    endif
#endif
#ifdef SKURD_TEST_SANITIZED
constexpr double allowed_seconds = 40; // instrumented code is many times slower
#else
constexpr double allowed_seconds = 2;
#endif

} // namespace

TEST_CASE("a hundred thousand lines a second are judged")
{
    std::string text = "kind,direction,old,new,years\n";
    for (int i = 0; i < 50'000; ++i)
        text += fmt::format("share,up,{0}.1,{0}.9,1\nnumber,down,{1},247,1\namount,neutral,12{1}.5,13{1},2\n"
                            "number,up,{1},{1},\n",
                            i % 90, i + 1);
    const auto begin = std::clock(); // of the processor: the machine may be busy with other things
    const auto judged = verdicts(text);
    const auto seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    CHECK(std::count(judged.begin(), judged.end(), '\n') == 200'001);
    INFO("200 000 lines took " << seconds << " s of processor time");
    CHECK(seconds < allowed_seconds);
}
