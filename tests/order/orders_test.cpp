#include "order/orders.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

/// One of each kind, with every member set.
std::vector<Order> one_of_each()
{
    const Time time = parse_time("2026-01-02T03:04:05Z").value();
    const auto period = Period::year(2018);
    DropOrder drop{"job.toml",          "[job]", "Året.xlsx", time, publication_by_hand("2019-11-01"),
                   {false, true, true}, "a\nb"};
    return {HarvestOrder{HarvestOrder::Which::named,
                         {"a"},
                         HarvestOrder::Fetch::always,
                         HarvestOrder::Effect::dry_run,
                         agree_to_all,
                         {{"Region", {"03", "11"}}, {"Alder", {}}}},
            drop,
            ReplayOrder{{"a"}, ReplayOrder::Effect::accept, {false, true, false}},
            RetryOrder{7, {true, false, false}, "Kåre"},
            DiscardOrder{7, "et utkast", "Kåre"},
            AcknowledgeOrder{{3, 4}, "sett", "Kari"},
            AnnotateOrder{"ssb/07459{Region=0}", AnnotationKind::series_break, period, 12, "nytt skjema", "Kari"},
            WithdrawOrder{5, "feil", "Kari"},
            CorrectOrder{"9", period, *Decimal::parse("284"), *Decimal::parse("285.50"), "skrivefeil", "Åse"},
            EndCorrectionOrder{6, "rettet", "Åse"},
            SignOffOrder{3, period, "mars", "Ola"},
            SignatureOrder{2, "-----BEGIN PUBLIC KEY-----\n", "AAAA", "Ola"},
            ForgetOrder{"Gunhild Gåsemor", "Kari"},
            DiscoverOrder{{"ssb", "https://x.example", "no"}, "barn og unge"},
            DescribeOrder{{"ssb", "", ""}, "07459"},
            CheckOnlineOrder{{"a", "b"}, CheckOnlineOrder::Record::yes},
            ReloadOrder{},
            NotifyOrder{NotifyAction::retry, "", 7, "Kari"}};
}

std::string refusal(const std::string& json, const std::string& bytes = "")
{
    try {
        read_order({parse_json(json), bytes});
        return "";
    } catch (const Error& failure) {
        CHECK(failure.code() == ExitCode::usage);
        return failure.what();
    }
}

template <typename Result>
Json there_and_back(const Order& order, const Result& result)
{
    auto json = to_json(OrderResult(result));
    CHECK(json == to_json(read_result(order, json)));
    return json;
}

} // namespace

TEST_CASE("every order is what it was after a journey as JSON", "[order]")
{
    const auto all = one_of_each();
    CHECK(all.size() == std::variant_size_v<Order>);
    std::size_t kind = 0;
    for (const auto& order : all) {
        CHECK(order.index() == kind++);
        const auto message = to_message(order);
        CAPTURE(message.json.dump());
        const auto back = read_order(message);
        CHECK(back.index() == order.index());
        CHECK(to_message(back).json == message.json);
        CHECK(to_message(back).bytes == message.bytes);
        CHECK(message.json["order"] == order_names().at(order.index()));
    }
}

TEST_CASE("the bytes of a file travel beside the order, and with no other kind", "[order]")
{
    const auto message = to_message(one_of_each()[1]);
    CHECK(message.bytes == "a\nb");
    CHECK(message.json.dump().find("a\\nb") == std::string::npos);
    const auto drop = std::get<DropOrder>(read_order(message));
    CHECK(drop.bytes == "a\nb");
    CHECK(drop.published->confidence == Confidence::day);
    CHECK(drop.agreement.drift);
    CHECK_FALSE(drop.agreement.withdrawals);
    CHECK(refusal(R"({"order": "replay"})", "bytes") ==
          "order replay: no file belongs to it, but 5 bytes came with it");
}

TEST_CASE("what is left out of an order has its default", "[order]")
{
    const auto harvest =
        std::get<HarvestOrder>(read_order({parse_json(R"({"order": "harvest", "which": "due"})"), ""}));
    CHECK(harvest.fetch == HarvestOrder::Fetch::if_new);
    CHECK(harvest.effect == HarvestOrder::Effect::store);
    CHECK_FALSE(harvest.agreement.withdrawals);
    const auto drop = std::get<DropOrder>(read_order({parse_json(R"({"order": "drop", "job": "a"})"), ""}));
    CHECK(drop.file_name == "file");
    CHECK_FALSE(drop.modified);
    CHECK_FALSE(drop.published);
}

TEST_CASE("what is no order is refused with what is wrong and where", "[order]")
{
    struct Row {
        const char* json;
        const char* reason;
    };
    const Row rows[] = {
        {"[]", "order: a JSON object is wanted"},
        {"{}", R"(order: "order" is missing)"},
        {R"({"order": 7})", R"(order: "order" is not a text)"},
        {R"({"order": "havrest"})", "unknown order 'havrest' (did you mean 'harvest'?) (known: harvest, drop,"},
        {R"({"order": "harvest"})", R"("jobs" names the jobs to run)"},
        {R"({"order": "harvest", "which": "due", "jobs": ["a"]})", R"("jobs" names the jobs to run)"},
        {R"({"order": "harvest", "jobs": "a"})", R"(order harvest: "jobs" is not a list)"},
        {R"({"order": "harvest", "jobs": ["a"], "force": true})", R"(order harvest: unknown member "force")"},
        {R"({"order": "harvest", "jobs": ["a"], "fetch": "maybe"})", "'maybe' (known: if new, always)"},
        {R"({"order": "harvest", "jobs": ["a"], "accept": ["everything"]})", "none of withdrawals, drift, anomalies"},
        {R"({"order": "drop", "job": "a", "published": "soon"})", R"("published" 'soon' is not a date)"},
        {R"({"order": "retry", "quarantine": 0, "actor": "x"})", R"("quarantine" is not a whole number from 1)"},
        {R"({"order": "retry", "quarantine": 1})", R"(order retry: "actor" is missing)"},
        {R"({"order": "annotate", "target": "9", "kind": "rumour", "text": "x", "actor": "y"})",
         "unknown kind of annotation 'rumour'"},
        {R"({"order": "correct", "target": "9", "period": "", "expected": "1", "corrected": "2"})",
         R"("period" is empty)"},
        {R"({"order": "correct", "target": "9", "period": "2018", "expected": "ten", "corrected": "2"})",
         R"("expected" is not a number)"},
        {R"({"order": "acknowledge", "flags": ["1"], "note": "x", "actor": "y"})",
         R"("flags" is not a list of whole)"},
        {R"({"order": "sign off", "set": 3, "period": "", "actor": "x"})", R"("period" is empty)"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.json);
        CHECK_THAT(refusal(row.json), Catch::Contains(row.reason));
    }
}

TEST_CASE("every result is what it was after a journey as JSON, and says how it ended", "[order]")
{
    const auto orders = one_of_each();
    Run run;
    run.job = "a";
    run.outcome = RunOutcome::failed;
    run.started_at = parse_time("2026-01-02").value();
    run.counts.revised = 3;
    CHECK(there_and_back(orders[0], RunsResult{{run}})["exit"] == 1);
    run.outcome = RunOutcome::new_vintage;
    run.vintage = 7;
    const auto good = there_and_back(orders[0], RunsResult{{run}});
    CHECK(good["exit"] == 0);
    CHECK(good["runs"][0]["outcome"] == "new vintage");

    ReplayedVintage replayed;
    replayed.vintage = 4;
    replayed.different = 2000;
    replayed.cells = {{{{"Region", "0"}}, Period::year(2018), "1:", std::nullopt}};
    const auto shown = there_and_back(orders[2], ReplayResult{{replayed}});
    CHECK(shown["exit"] == 0);
    CHECK(shown["vintages"][0]["differences"][0]["decoded"].is_null());
    replayed.failure = "the payload's file is gone";
    CHECK(there_and_back(orders[2], ReplayResult{{replayed}})["exit"] == 1);

    CHECK(there_and_back(orders[4], DoneResult{}) == Json{{"exit", 0}});
    CHECK(there_and_back(orders[6], RecordedResult{9}) == Json{{"exit", 0}, {"id", 9}});
    CHECK(there_and_back(orders[10], SignOffResult{2, run.started_at})["signed"] == "2026-01-02T00:00:00Z");
    CHECK(there_and_back(orders[11], RecordedResult{1}) == Json{{"exit", 0}, {"id", 1}});
    CHECK(there_and_back(orders[12], ForgetResult{"person-1"})["pseudonym"] == "person-1");
}

TEST_CASE("what sources say is what it was after a journey as JSON", "[order]")
{
    const auto orders = one_of_each();
    const TableEntry table{"07459", "Befolkning", "2026-01-01", "", true};
    CHECK(there_and_back(orders[13], DiscoverResult{})["exit"] == 1);
    CHECK(there_and_back(orders[13], DiscoverResult{{table}})["tables"][0]["periods"].is_null());

    Dimension dimension{"ContentsCode", "innhold", Role::metric, {{"P", "Personer", "antall", 0, ""}}, true};
    const auto described = there_and_back(orders[14], DescribeResult{{table, {dimension}, {"et notat"}, "[job]\n"}});
    CHECK(described["dimensions"][0]["role"] == "metric");
    CHECK(described["dimensions"][0]["codes"][0]["decimals"] == 0);
    CHECK(described["job"] == "[job]\n");

    CheckedJob checked{"a", "a.toml", CheckedJob::Asked::yes, {}, ""};
    checked.results = {{CheckResult::Kind::unsure, "a.toml:4", "which?", ""}};
    CHECK(there_and_back(orders[15], CheckOnlineResult{{checked}})["exit"] == 0);
    checked.results.push_back({CheckResult::Kind::wrong, "a.toml:5", "no such code", "Tid = [\"2018\"]"});
    CHECK(there_and_back(orders[15], CheckOnlineResult{{checked}})["exit"] == 1);
    checked.results.clear();
    RecordedExchange exchange{RecordedExchange::Part::harvest, {}, {}};
    exchange.request.method = "POST";
    exchange.request.url = exchange.response.url = "https://a.example/x";
    exchange.request.body = "{\"a\": 1}";
    exchange.response.body = std::string("\0\xff", 2);
    checked.exchanges = {exchange};
    const auto recorded = there_and_back(orders[15], CheckOnlineResult{{checked}});
    CHECK(recorded["jobs"][0]["exchanges"][0]["part"] == "harvest");
    CHECK(recorded["jobs"][0]["exchanges"][0]["response"] == "AP8=");
    checked.exchanges.clear();
    checked.failure = "timed out";
    checked.silent_host = "a.example";
    CHECK(there_and_back(orders[15], CheckOnlineResult{{checked}})["exit"] == 1);
}

TEST_CASE("a result that is not the order's is refused", "[order]")
{
    const auto orders = one_of_each();
    CHECK_THROWS_WITH(read_result(orders[6], Json{{"exit", 0}}),
                      Catch::Contains(R"(the answer to order annotate: "id" is missing)"));
    CHECK_THROWS_WITH(read_result(orders[0], Json{{"exit", 0}, {"runs", {{{"job", "a"}}}}}),
                      Catch::Contains(R"("runs" 1: "run" is missing)"));
}

TEST_CASE("what a reload came to travels with its mistakes", "[order]")
{
    CHECK(there_and_back(ReloadOrder{}, ReloadResult{{}, 57}).dump() == R"({"exit":0,"mistakes":[],"jobs":57})");
    CHECK(there_and_back(ReloadOrder{}, ReloadResult{{"a.toml:1: no"}, 57}).at("exit") == 2);
}

TEST_CASE("what a backfill selects is read as it is written, brackets and all", "[order]")
{
    const auto codes = [](const char* text) {
        const auto selected = SelectedCodes::parse(text);
        return selected ? selected->dimension + ":" + join(selected->codes, "|") : "none";
    };
    CHECK(codes("Region=03,11") == "Region:03|11");
    CHECK(codes("Tid=range(2001,2010),2015") == "Tid:range(2001,2010)|2015");
    CHECK(codes("Alder=") == "Alder:"); // its total
    CHECK(codes("a=b=c") == "a:b=c");
    CHECK(codes("Region") == "none");
    CHECK(codes("=03") == "none");
    CHECK(codes("Region=03,") == "none");
    CHECK(codes("Region=03, 11") == "none");
    CHECK(SelectedCodes::parse("Tid=range(2001,2010),2015")->text() == "Tid=range(2001,2010),2015");
}
