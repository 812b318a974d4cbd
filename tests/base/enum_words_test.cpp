#include "base/enum_words.hpp"
#include "model/flag.hpp"
#include "model/period.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

enum class Sign { plus, minus };

} // namespace

template <>
inline constexpr auto skurd::enum_words<Sign> = skurd::word_table<Sign>({{Sign::plus, "+"},
                                                                         {Sign::minus, "minus sign"}});

TEST_CASE("an enumerator is written as its word and read back from it")
{
    CHECK(to_string(Sign::minus) == "minus sign");
    CHECK(from_word<Sign>("+") == Sign::plus);
    CHECK_FALSE(from_word<Sign>("minus"));
    CHECK_FALSE(from_word<Sign>(""));
    CHECK(to_string(FlagKind::series_break) == "break");
    CHECK(from_word<FlagKind>("quarantine") == FlagKind::quarantine);
    CHECK(from_word<PeriodKind>("school year") == PeriodKind::school_year);
}

TEST_CASE("an enumerator is told from a value that has no name, so that a table that leaves one out does not compile")
{
    CHECK(is_enumerator<Sign::minus>());
    CHECK_FALSE(is_enumerator<static_cast<Sign>(2)>());
    CHECK_FALSE(HasWords<Sign> == HasWords<int>);
}
