#include "tests/support/catch.hpp"
#include "version/stable_id.hpp"

#include <map>

using namespace skurd;

namespace {

std::int64_t id_of(const char* text)
{
    return period_id(Period::parse(text).value());
}

} // namespace

TEST_CASE("the ids of periods never change: stores have them", "[version]")
{
    const std::map<std::string, std::int64_t> fixed = {
        {"2016", 2016},         {"2016H2", 2004033},       {"2016T3", 3006050},
        {"2016Q4", 4008067},    {"2016M12", 5024203},      {"2016W52", 6106899},
        {"2016/2017", 7002016}, {"2016-2018", 1020162018}, {"before the war", 6839395596531293796},
    };
    for (const auto& [text, id] : fixed)
        CHECK(id_of(text.c_str()) == id);
}

TEST_CASE("periods of one kind have ids in the order of time, without a gap", "[version]")
{
    for (const auto* text : {"2016", "2016H2", "2016T3", "2016Q4", "2016M12", "2016/2017"}) {
        const auto period = Period::parse(text).value();
        CHECK(period_id(period.shifted(1).value()) == period_id(period) + 1);
    }
    CHECK(id_of("2014W53") != id_of("2015W01")); // the same Monday, and two texts
    CHECK(id_of("2016W51") + 1 == id_of("2016W52"));
}

TEST_CASE("a period of no known form and a symbol have ids from 2^62 on, and none is another's", "[version]")
{
    const auto least = std::int64_t(1) << 62;
    CHECK(id_of("early") >= least);
    CHECK(id_of("early") != id_of("late"));
    CHECK(status_id({}) == 0);
    CHECK(status_id({":", Meaning::confidential}) >= least);
    CHECK(status_id({":", Meaning::confidential}) != status_id({":", Meaning::not_available}));
    CHECK(withdrawn_status_id() == status_id({"", Meaning::withdrawn}));
    CHECK(withdrawn_status_id() != status_id({"withdrawn", Meaning::none}));
}

TEST_CASE("a period that a store has in another form than today's keeps an id of its own", "[version]")
{
    CHECK(stored_period_id("2016Q4") == id_of("2016Q4"));
    CHECK(stored_period_id("2016K4") != id_of("2016Q4")); // read as 2016Q4 today, which the store may have too
}
