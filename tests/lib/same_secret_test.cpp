#include "lib/openssl/same_secret.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;

TEST_CASE("a secret is the same when every character is", "[lib]")
{
    CHECK(is_same_secret("abc", "abc"));
    CHECK(is_same_secret("", ""));
    for (const char* other : {"", "ab", "abcd", "abd", "Abc"})
        CHECK_FALSE(is_same_secret(other, "abc"));
}
