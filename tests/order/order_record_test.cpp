#include "order/order_record.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

TEST_CASE("what is known of an order is read back as it was written", "[order]")
{
    OrderRecord record;
    record.id = 12;
    record.order = "harvest";
    record.summary = "harvest ssb-cpi";
    record.state = OrderState::cancelled;
    record.attachment = Attachment::detached;
    record.giver = {"Kåre", 1000};
    record.given_at = parse_time("2020-06-01T08:00:00Z").value();
    record.began_at = parse_time("2020-06-01T08:00:01Z");
    record.ended_at = parse_time("2020-06-01T08:00:02Z");
    record.progress = "decoding";
    record.exit = ExitCode::busy;
    record.error = "cancelled by Kari";
    const auto json = to_json(record);
    JsonReader members(json, "order");
    CHECK(to_json(read_order_record(members)) == json);

    OrderRecord just_given;
    just_given.id = 1;
    const auto fresh = to_json(just_given);
    JsonReader fresh_members(fresh, "order");
    const auto read = read_order_record(fresh_members);
    CHECK_FALSE(read.exit);
    CHECK_FALSE(read.began_at);
    CHECK_FALSE(read.giver.uid);
}

TEST_CASE("an order is summed up by what it is about, on one line", "[order]")
{
    HarvestOrder all;
    all.which = HarvestOrder::Which::enabled;
    HarvestOrder named;
    named.jobs = {"a", "b\nc"};
    DropOrder drop;
    drop.file_name = "tall-1.csv";
    drop.job = "tall";
    CHECK(order_summary(all) == "harvest --all");
    CHECK(order_summary(named) == "harvest a b c");
    CHECK(order_summary(drop) == "drop tall-1.csv tall");
    CHECK(order_summary(RetryOrder{7, {}, "Kari"}) == "retry 7");
    CHECK(order_summary(AcknowledgeOrder{{3, 4}, "x", "Kari"}) == "acknowledge 3 4");
    CHECK(order_summary(WithdrawOrder{5, "x", "Kari"}) == "withdraw 5");
    CHECK(order_summary(DescribeOrder{{"ssb", "", ""}, "07459"}) == "describe ssb 07459");
    named.jobs.assign(1000, "job");
    CHECK(order_summary(named).size() < 110);
}

TEST_CASE("who gave an order is named by what was claimed and what the kernel knows", "[order]")
{
    CHECK(to_text(OrderGiver{"Kari", 1000}) == "Kari (uid 1000)");
    CHECK(to_text(OrderGiver{"", std::nullopt}) == "somebody");
    CHECK(to_text(OrderGiver{"uid 7", 7}) == "uid 7");
    CHECK(to_text(OrderGiver{"a\x1b[31m\nb", std::nullopt}).find_first_of("\x1b\n") == std::string::npos);
}
