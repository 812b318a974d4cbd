#include "notify/notify_route.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

const RoutedItem flag_of_goal_2{Topic::flags, FlagKind::threshold, "goal 2", {"ssb", "fhi"}, {"ssb-a", "fhi-b"}};
const RoutedItem flag_of_job{Topic::flags, FlagKind::quarantine, "", {"drop"}, {"report"}};
const RoutedItem machine{Topic::outages};

/// A letter for each that passes.
std::string passing(NotifyRoute route)
{
    if (route.topics.empty())
        route.topics = {Topic::flags, Topic::outages};
    std::string letters;
    for (const auto& [letter, item] :
         {std::pair('i', &flag_of_goal_2), std::pair('j', &flag_of_job), std::pair('m', &machine)})
        if (passes(route, *item))
            letters += letter;
    return letters;
}

} // namespace

TEST_CASE("a route names what goes that way: each of its lists must, and an empty one leaves nothing out", "[notify]")
{
    CHECK(passing({}) == "ijm");
    CHECK(passing({{Topic::outages}}) == "m");
    CHECK(passing({{Topic::indicators}}).empty());
    CHECK(passing({{}, {FlagKind::threshold, FlagKind::revision}}) == "im"); // kinds of flags are said of flags alone
    CHECK(passing({{}, {}, {"goal 2"}}) == "i");
    CHECK(passing({{}, {}, {"goal 1", "goal 2"}}) == "i");
    CHECK(passing({{}, {}, {}, {"fhi"}}) == "i");
    CHECK(passing({{}, {}, {}, {"fhi", "drop"}}) == "ij");
    CHECK(passing({{}, {}, {}, {}, {"report"}}) == "j");
    CHECK(passing({{}, {}, {"goal 2"}, {"drop"}}).empty());
}
