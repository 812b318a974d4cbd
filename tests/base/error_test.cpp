#include "base/error.hpp"
#include "base/text.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

TEST_CASE("an error's message is one line of text, whatever it quotes")
{
    CHECK(std::string(error("'{}' is no name", "a\nb\tc\x1b[2J").what()) == "'a b c [2J' is no name");
    CHECK(std::string(error("{}", "\xff"
                                  "bl\xc3\xa5")
                          .what()) == "?blå");
    CHECK(std::string(StoreError("a\r\nb").what()) == "a  b");
    const std::string long_message = error("{}", std::string(1 << 20, 'x')).what();
    CHECK(display_width(long_message) == 4001);
    CHECK(long_message.ends_with("x…"));
}
