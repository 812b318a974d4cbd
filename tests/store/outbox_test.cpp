#include "store/outbox_store.hpp"

#include "store/commit_store.hpp"
#include "store/flag_store.hpp"
#include "store/news_store.hpp"
#include "store/outage_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;

namespace {

OutboxMessage message(const std::string& delivery, std::string_view made)
{
    OutboxMessage one;
    one.delivery = delivery;
    one.channel = "desk";
    one.kind = MessageKind::outage;
    one.made_at = at(made);
    one.subject = "[skurd] på ål";
    one.body = "{}";
    one.html = "<p>";
    return one;
}

Outage outage(const std::string& about, std::string_view began)
{
    return {0, Concern::failing, about, at(began), {}, {{"failing/" + about, about, {"nb", "en"}}}};
}

} // namespace

TEST_CASE("a message is what it was, and what became of it", "[store]")
{
    StoreFixture fixture;
    OutboxStore outbox(fixture.store);
    auto one = message("a", "2020-01-01T08:00:00Z");
    one.id = outbox.add(one);
    one.tries = 2;
    one.tried_at = at("2020-01-01T08:03:00Z");
    one.next_try_at = at("2020-01-01T08:05:00Z");
    one.answer = "HTTP 503";
    outbox.change(one);
    const auto read = outbox.find(one.id).value();
    CHECK(read.delivery == "a");
    CHECK(read.kind == MessageKind::outage);
    CHECK(read.state == OutboxState::waiting);
    CHECK(read.made_at == one.made_at);
    CHECK(read.subject == "[skurd] på ål");
    CHECK(read.body == "{}");
    CHECK(read.html == "<p>");
    CHECK(read.tries == 2);
    CHECK(read.tried_at == one.tried_at);
    CHECK(read.next_try_at == one.next_try_at);
    CHECK_FALSE(read.ended_at);
    CHECK(read.answer == "HTTP 503");
    CHECK(outbox.list(1).at(0).body.empty()); // a list is not to be large
    CHECK_FALSE(outbox.find(99));
    CHECK_THROWS_AS(outbox.add(message("a", "2020-01-01T09:00:00Z")), Error); // a delivery is one
}

TEST_CASE("messages that ended are kept by age and number, and those that wait for ever", "[store]")
{
    StoreFixture fixture;
    OutboxStore outbox(fixture.store);
    for (int i = 0; i < 10; ++i) {
        auto one = message(fmt::format("{}", i), "2020-01-01T08:00:00Z");
        one.made_at += i * 24h;
        one.state = i == 0 ? OutboxState::waiting : OutboxState::sent;
        if (i > 0)
            one.ended_at = one.made_at;
        outbox.add(one);
    }
    CHECK(outbox.expire(at("2020-01-04T00:00:00Z"), 1000) == 2);
    CHECK(outbox.expire(at("2020-01-04T00:00:00Z"), 3) == 4);
    const auto left = outbox.list(100);
    REQUIRE(left.size() == 4);
    CHECK(left.front().delivery == "9");
    CHECK(left.back().delivery == "0");
    CHECK(outbox.counts().at({"desk", OutboxState::sent}) == 3);
    CHECK(outbox.made_since("desk", at("2020-01-08T08:00:00Z"), at("2020-01-09T08:00:00Z")) == 1);
    CHECK(outbox.last_sent("desk") == at("2020-01-10T08:00:00Z"));
    CHECK_FALSE(outbox.last_sent("nobody"));
}

TEST_CASE("beginnings and ends of outages are numbered, and those that ended are kept by age and number", "[store]")
{
    StoreFixture fixture;
    OutageStore outages(fixture.store);
    CHECK(outages.newest() == 0);
    const auto ssb = outages.begin(outage("ssb", "2020-01-01T08:00:00Z"));
    const auto fhi = outages.begin(outage("fhi", "2020-01-02T08:00:00Z"));
    outages.join(ssb, {"failing/b", "b", {"nb", "en"}}, at("2020-01-02T09:00:00Z"));
    CHECK(outages.newest() == 3);
    const auto joined = outages.since(2);
    REQUIRE(joined.size() == 1);
    REQUIRE(joined[0].causes.size() == 2);
    CHECK(joined[0].causes[1].began_seq == 1); // by key
    CHECK(joined[0].causes[0].began_seq == 3);
    CHECK(joined[0].causes[0].began_at == at("2020-01-02T09:00:00Z"));
    outages.join(ssb, {"failing/b", "b", {"nb", "en"}}, at("2020-01-02T10:00:00Z")); // once more
    CHECK(outages.newest() == 3);
    outages.end(ssb, at("2020-01-03T08:00:00Z"));
    CHECK(outages.newest() == 4);
    CHECK(outages.open().size() == 1);
    const auto since = outages.since(3);
    REQUIRE(since.size() == 1);
    CHECK(since[0].id == ssb);
    CHECK(since[0].ended_at == at("2020-01-03T08:00:00Z"));

    outages.expire(at("2021-01-01"), 0); // the newest number is not given twice, and what is open stays
    CHECK(outages.newest() == 4);
    outages.end(fhi, at("2020-01-04T08:00:00Z"));
    outages.expire(at("2021-01-01"), 0);
    CHECK(outages.since(0).size() == 1);
    CHECK(outages.newest() == 5);
}

TEST_CASE("channels remember how far they were told", "[store]")
{
    StoreFixture fixture;
    OutboxStore outbox(fixture.store);
    outbox.store({"b", 3, 1, at("2020-01-01")});
    outbox.store({"a", 1, 0, at("2020-01-01")});
    outbox.store({"b", 5, 2, at("2020-02-01")});
    auto channels = outbox.channels();
    REQUIRE(channels.size() == 2);
    CHECK(channels[0].channel == "a");
    CHECK(channels[1].commit == 5);
    CHECK(channels[1].outage == 2);
    CHECK(channels[1].since == at("2020-01-01"));
    outbox.forget("b");
    CHECK(outbox.channels().size() == 1);
}

TEST_CASE("news is what was committed since, as it came out", "[store]")
{
    StoreFixture fixture;
    const NewsStore news(fixture.store);
    CHECK_FALSE(news.span(0));
    fixture.accept(release_of({"2018", "2019"}, {{"1", {"5", "6"}}}), "2020-01-01");
    const auto first = CommitStore(fixture.store).newest();
    fixture.accept(release_of({"2018", "2019"}, {{"1", {"5", "7"}}}), "2020-01-02");
    Flag flag;
    flag.key = "quarantine/a";
    flag.kind = FlagKind::quarantine;
    FlagStore(fixture.store).raise(flag);

    const auto all = news.since(0);
    REQUIRE(all.datasets.size() == 1);
    CHECK(all.datasets[0].vintages == 2);
    CHECK(all.datasets[0].label == "Table");
    const auto span = news.span(first).value();
    CHECK(span.newest == CommitStore(fixture.store).newest());
    const auto later = news.since(first);
    CHECK(later.datasets.at(0).revised == 1);
    CHECK(later.flags.at(0).turn == FlagTurn::opened);
    CHECK_FALSE(later.flags.at(0).verdict);
    CHECK(news.since(span.newest).empty());
    CHECK_FALSE(news.span(span.newest));
}
