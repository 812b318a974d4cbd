// What the daemon tells: from commits to messages, with the clock moved by hand and a receiver on loopback.
#include "base/time_text.hpp"
#include "daemon/handlers.hpp"
#include "daemon/message_delivery.hpp"
#include "daemon/message_writing.hpp"
#include "daemon/messenger.hpp"
#include "daemon/outage_record.hpp"
#include "store/flag_store.hpp"
#include "store/outage_store.hpp"
#include "store/outbox_store.hpp"
#include "tests/sim/http_server.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <atomic>
#include <mutex>
#include <set>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

constexpr auto own_indicator = R"([part]
id = "ours"
nb = "Vårt"
en = "Ours"
[[indicator]]
number = 700
label = { nb = "Tall på ål", en = "Number of eels" }
type = "effect"
kind = "number"
unit = "things"
direction = "up"
baseline = "2018"
source = "X"
[[indicator.definition]]
from = "2000-01-01"
formula = "drop/tall{nr=1}"
)";

/// Takes what it is posted, or answers with another status.
struct Receiver {
    std::vector<Json> taken() const
    {
        const std::scoped_lock lock(mutex);
        return messages;
    }
    std::size_t deliveries() const
    {
        std::set<std::string> all;
        for (const auto& message : taken())
            all.insert(message["delivery"].get<std::string>());
        return all.size();
    }

    std::atomic<int> status = 200;
    mutable std::mutex mutex;
    std::vector<Json> messages;
    sim::HttpServer server{0, [this](const sim::HttpRequest& request) {
                               const std::scoped_lock lock(mutex);
                               if (status == 200)
                                   messages.push_back(Json::parse(request.body));
                               sim::HttpReply reply;
                               reply.status = status;
                               return reply;
                           }};
};

/// An installation with the job `tall`, an indicator that reads it, and a webhook.
struct Told {
    explicit Told(const std::string& more = "") { configure(webhook("desk", more)); }

    std::string webhook(const std::string& name, const std::string& more = "") const
    {
        return fmt::format("[notify.channels.{}]\nkind = \"webhook\"\nurl = \"http://127.0.0.1:{}/{}\"\n{}", name,
                           receiver.server.port(), name, more);
    }

    void configure(const std::string& notify)
    {
        write_file(folder / "skurd.toml", "[jobs]\nshipped = false\n[fetch]\nallow_http = [\"127.0.0.1\"]\n"
                                          "allow_private = [\"127.0.0.1\"]\n" +
                                              notify);
        write_file(folder / "indicators/ours.toml", own_indicator);
        write_file(folder / "schedules/tall.toml",
                   "[job]\nconnector = \"drop\"\n[source]\nfiles = \"tall-*.csv\"\n[layout]\nseparator = \";\"\n"
                   "periods = '^\\d{4}$'\n[[layout.series]]\ncolumn = \"nr\"\n");
        workspace.reset();
        workspace = std::make_unique<Workspace>(installation(), clock);
    }

    Installation installation() const
    {
        return find_installation((folder / "skurd.toml").string(), (folder / "state").string());
    }

    template <typename Kind>
    typename Kind::Result give(const Kind& order)
    {
        Turn turn(workspace->turns, Turns::Asker::person);
        const OrderGiver nobody;
        const OrderProgress unseen;
        OrderScope scope{*workspace, turn, nobody, unseen, {}};
        return handle(order, scope);
    }

    /// Numbers of 2018 and 2019.
    void drop(const std::string& old_number, const std::string& new_number)
    {
        DropOrder order;
        order.job = "tall";
        order.file_name = "tall-1.csv";
        order.bytes = "nr;2018;2019\n1;" + old_number + ";" + new_number + "\n";
        order.modified = clock.now();
        give(order);
    }

    /// As the daemon's loop does, until so many minutes have passed; without threads.
    void pass(std::chrono::minutes time, std::chrono::minutes step = 1min)
    {
        for (auto gone = 0min; gone < time; gone += step) {
            clock.advance(step);
            write_messages(*workspace, Writing::when_settled, clock.now());
            for (const auto& channel : workspace->settings.notify.channels)
                deliver_due(*workspace, channel.id, {});
        }
    }

    OutboxStore outbox() { return OutboxStore(workspace->store); }

    Receiver receiver;
    TempDir folder;
    ManualClock clock{"2026-03-02T08:00:00Z"};
    std::unique_ptr<Workspace> workspace;
};

NotifyOrder order(NotifyAction action, std::int64_t message = 0, const std::string& channel = "")
{
    return {action, channel, message, "Kari"};
}

} // namespace

TEST_CASE("what a morning's harvests changed is one message with everything in it, once it has settled", "[daemon]")
{
    Told here;
    here.drop("5", "6");
    here.pass(5min);
    here.drop("5", "7");
    here.pass(14min);
    CHECK(here.receiver.taken().empty());
    here.pass(1min);
    REQUIRE(here.receiver.taken().size() == 1);
    const auto told = here.receiver.taken()[0];
    CHECK(told["kind"] == "publication");
    CHECK(told["subject"] == "[skurd] 1 nytt flagg, 1 indikator vurdert på nytt, 1 tabell med nye tall");
    CHECK(told["flags"]["items"][0]["turn"] == "opened");
    CHECK(told["flags"]["items"][0]["old"] == "5");
    CHECK(told["flags"]["items"][0]["new"] == "7");
    CHECK(told["indicators"]["items"][0]["label"]["nb"] == "Tall på ål");
    CHECK(told["datasets"]["items"][0]["dataset"] == "drop/tall");
    CHECK(told["datasets"]["items"][0]["vintages"] == 2);

    here.drop("5", "7"); // says nothing new
    here.pass(180min);
    CHECK(here.receiver.taken().size() == 1);
    here.drop("5", "5");
    here.pass(15min);
    REQUIRE(here.receiver.taken().size() == 2);
    const auto flags = here.receiver.taken()[1]["flags"]["items"];
    CHECK(flags.back()["turn"] == "closed"); // behind a revision that was opened
    CHECK(flags.back()["kind"] == "threshold");
    CHECK(here.outbox().counts().at({"desk", OutboxState::sent}) == 2);
}

TEST_CASE("numbers that go on coming are told after a time all the same", "[daemon]")
{
    Told here;
    for (int i = 0; i < 7; ++i) {
        here.drop("5", std::to_string(10 + i));
        here.pass(9min, 3min);
    }
    CHECK(here.receiver.taken().size() == 1);
}

TEST_CASE("in a quiet time nothing is sent, and what came then is told after it, at once and together", "[daemon]")
{
    Told here("quiet = \"22:00-07:00\"\n");
    here.clock.set("2026-03-28T20:50:00Z"); // the night in which the clock is put forward: quiet from 21 to 5
    here.drop("5", "6");
    here.pass(11min);
    here.clock.set("2026-03-29T01:00:00Z");
    here.drop("5", "9");
    here.pass(60min, 20min);
    here.clock.set("2026-03-29T04:58:00Z");
    here.pass(1min);
    CHECK(here.receiver.taken().empty());
    here.pass(1min);
    REQUIRE(here.receiver.taken().size() == 1);
    CHECK(here.receiver.taken()[0]["made"] == "2026-03-29T05:00:00Z");
    CHECK(here.receiver.taken()[0]["datasets"]["items"][0]["vintages"] == 2);
}

TEST_CASE("a channel has so many messages an hour, and what is more becomes one", "[daemon]")
{
    Told here;
    here.configure("[notify]\nmessages_per_hour = 2\nsettle_minutes = 0\n" + here.webhook("desk"));
    for (int i = 0; i < 12; ++i) {
        here.drop("5", std::to_string(10 + i));
        here.pass(3min);
    }
    CHECK(here.receiver.taken().size() == 2);
    here.pass(30min);
    REQUIRE(here.receiver.taken().size() == 3);
    CHECK(here.receiver.taken()[2]["datasets"]["items"][0]["vintages"] == 10);
}

TEST_CASE("routes say by part, source, job and topic what a channel is told", "[daemon]")
{
    Told here;
    here.configure(here.webhook("all") + here.webhook("ours", "parts = [\"ours\"]\ntopics = [\"flags\"]\n") +
                   here.webhook("goal", "parts = [\"goal 1\"]\n") + here.webhook("ssb", "sources = [\"ssb\"]\n") +
                   here.webhook("job", "jobs = [\"tall\"]\nlanguage = \"en\"\ntopics = [\"datasets\"]\n"));
    here.drop("5", "7");
    here.pass(20min);
    std::map<std::string, std::string> subjects;
    for (const auto& message : here.receiver.taken())
        subjects[message["channel"]] = message["subject"];
    CHECK(subjects == std::map<std::string, std::string>{
                          {"all", "[skurd] 1 nytt flagg, 1 indikator vurdert på nytt, 1 tabell med nye tall"},
                          {"job", "[skurd] 1 table with new numbers"},
                          {"ours", "[skurd] 1 nytt flagg"}});
}

TEST_CASE("a thousand flags in a morning are one bounded message", "[daemon]")
{
    Told here;
    for (int i = 0; i < 1000; ++i) {
        Flag flag;
        flag.kind = FlagKind::suspect;
        flag.key = fmt::format("suspect/{}", i);
        flag.text_nb = flag.text_en = std::string(2000, 'x');
        FlagStore(here.workspace->store).raise(flag);
    }
    here.pass(20min);
    REQUIRE(here.receiver.taken().size() == 1);
    CHECK(here.receiver.taken()[0]["subject"] == "[skurd] 1000 nye flagg");
    CHECK(here.receiver.taken()[0]["flags"]["items"].size() == 50);
    CHECK(here.receiver.taken()[0]["flags"]["left_out"] == 950);
    CHECK(here.outbox().counts().size() == 1);
}

TEST_CASE("what people and edited rules do to flags is no news, nor what came and went", "[daemon]")
{
    Told here;
    auto& store = here.workspace->store;
    Flag flag;
    flag.key = "quarantine/a";
    flag.kind = FlagKind::quarantine;
    flag.id = FlagStore(store).raise(flag);
    auto edited = flag;
    edited.key = "threshold/1";
    edited.origin = "rule/x";
    FlagStore(store).raise(edited);
    flag.state = FlagState::closed;
    FlagStore(store).change(flag, "closed");
    here.pass(20min);
    CHECK(here.receiver.taken().empty());
    flag.state = FlagState::open;
    FlagStore(store).change(flag, "reopened");
    here.pass(20min);
    REQUIRE(here.receiver.taken().size() == 1);
    here.give(AcknowledgeOrder{{flag.id}, "sett", "Kari"});
    here.pass(20min);
    CHECK(here.receiver.taken().size() == 1);
}

TEST_CASE("a new channel is told of what comes from then on, and what waits for one that is gone is given up",
          "[daemon]")
{
    Told here;
    here.receiver.status = 503;
    here.drop("5", "7");
    here.pass(16min);
    CHECK(here.outbox().waiting("desk").size() == 1);
    here.configure(here.webhook("other"));
    here.receiver.status = 200;
    here.pass(20min);
    CHECK(here.receiver.taken().empty());
    const auto given_up = here.outbox().find(1).value();
    CHECK(given_up.state == OutboxState::undeliverable);
    CHECK(given_up.answer == "the channel is configured no more");
    here.drop("5", "8");
    here.pass(20min);
    REQUIRE(here.receiver.taken().size() == 1);
    CHECK(here.receiver.taken()[0]["channel"] == "other");
}

TEST_CASE("while a channel takes nothing, few messages wait for it, and all is told in the end", "[daemon]")
{
    Told here;
    here.configure("[notify]\nsettle_minutes = 0\nmessages_per_hour = 100\n" + here.webhook("desk"));
    here.receiver.status = 503;
    for (int i = 0; i < 20; ++i) {
        here.drop("5", std::to_string(10 + i));
        here.pass(2min);
    }
    CHECK(here.outbox().waiting("desk").size() == waiting_max);
    here.receiver.status = 200;
    here.pass(60min);
    CHECK(here.outbox().waiting("desk").empty());
    std::size_t vintages = 0;
    for (const auto& message : here.receiver.taken())
        vintages += message["datasets"]["items"][0]["vintages"].get<std::size_t>();
    CHECK(vintages == 20);
    CHECK(here.receiver.deliveries() == here.receiver.taken().size());
}

TEST_CASE("a message that nobody takes for days is given up, retried by a person, or dropped", "[daemon]")
{
    Told here;
    here.receiver.status = 503;
    here.drop("5", "7");
    here.pass(15min);
    here.pass(80h, 1h);
    const auto given_up = here.outbox().find(1).value();
    CHECK(given_up.state == OutboxState::undeliverable);
    CHECK(given_up.tries < 30);
    CHECK(given_up.answer == "HTTP 503");

    CHECK(here.give(order(NotifyAction::retry, 1)).exit() == ExitCode::failed);
    here.receiver.status = 200;
    const auto retried = here.give(order(NotifyAction::retry, 1));
    REQUIRE(retried.messages.size() == 1);
    CHECK(retried.messages[0].state == OutboxState::sent);
    CHECK_THROWS_WITH(here.give(order(NotifyAction::retry, 1)), Contains("message 1 is sent already"));
    CHECK_THROWS_WITH(here.give(order(NotifyAction::drop, 2)), Contains("there is no message 2"));

    here.receiver.status = 404;
    here.drop("5", "8");
    here.pass(15min);
    CHECK(here.outbox().find(2)->state == OutboxState::undeliverable);
    const auto dropped = here.give(order(NotifyAction::drop, 2));
    CHECK(dropped.exit() == ExitCode::good);
    CHECK(here.outbox().find(2)->answer == "dropped by Kari");
}

TEST_CASE("a person has what there is sent at once, whatever the time of day, and tests a channel", "[daemon]")
{
    Told here("quiet = \"00:00-23:59\"\n");
    here.drop("5", "7");
    const auto sent = here.give(order(NotifyAction::send));
    CHECK(sent.exit() == ExitCode::good);
    REQUIRE(here.receiver.taken().size() == 1);
    CHECK(here.give(order(NotifyAction::send)).messages.empty());

    const auto tested = here.give(order(NotifyAction::test, 0, "desk"));
    CHECK(tested.exit() == ExitCode::good);
    CHECK(tested.messages.at(0).answer == "HTTP 200");
    CHECK(here.receiver.taken().at(1)["kind"] == "test");
    CHECK(here.outbox().list(10).size() == 1); // a test is not in the outbox
    CHECK_THROWS_WITH(here.give(order(NotifyAction::test, 0, "dask")), Contains("did you mean 'desk'?"));
    here.receiver.status = 500;
    CHECK(here.give(order(NotifyAction::test)).exit() == ExitCode::failed);
}

TEST_CASE("an outage is told once when it begins and once when it ends, however long and often it is looked at",
          "[daemon]")
{
    Told here;
    auto& workspace = *here.workspace;
    OutageWatch watch;
    const auto watched = [&](int looks) {
        for (int i = 0; i < looks; ++i) {
            here.pass(5min, 5min);
            record_outages(workspace, watch, here.clock.now());
        }
        here.pass(1min);
    };
    watched(3);
    CHECK(here.receiver.taken().empty());
    Flag flag;
    flag.kind = FlagKind::failing;
    flag.key = "failing/tall";
    flag.job = "tall";
    flag.text_nb = "Jobb tall: alle forsøk har mislyktes";
    flag.text_en = "Job tall: every try has failed";
    flag.id = FlagStore(workspace.store).raise(flag);
    watched(100);
    REQUIRE(here.receiver.taken().size() == 1); // and not a second time as a flag
    CHECK(here.receiver.taken()[0]["kind"] == "outage");
    CHECK(here.receiver.taken()[0]["subject"] == "[skurd] Svikt: drop (1 jobb)");
    CHECK(here.receiver.taken()[0]["outages"]["items"][0]["causes"][0]["job"] == "tall");

    here.drop("5", "7"); // a publication meanwhile names what goes on
    watched(6);
    REQUIRE(here.receiver.taken().size() == 2);
    CHECK(here.receiver.taken()[1]["going_on"]["items"][0]["about"] == "drop");

    flag.state = FlagState::closed;
    FlagStore(workspace.store).change(flag, "closed");
    watched(100);
    REQUIRE(here.receiver.taken().size() == 3);
    CHECK(here.receiver.taken()[2]["kind"] == "recovery");
    CHECK(here.receiver.taken()[2]["outages"]["items"][0]["outage"] ==
          here.receiver.taken()[0]["outages"]["items"][0]["outage"]);
    CHECK(OutageStore(workspace.store).open().empty());
}

TEST_CASE("a channel of one job is told when that joins an outage, and of its end only then", "[daemon]")
{
    Told here;
    write_file(here.folder / "schedules/also.toml",
               "[job]\nconnector = \"drop\"\n[source]\nfiles = \"also-*.csv\"\n[layout]\nseparator = \";\"\n"
               "periods = '^\\d{4}$'\n[[layout.series]]\ncolumn = \"nr\"\n");
    here.configure(here.webhook("desk") + here.webhook("also", "jobs = [\"also\"]\n") +
                   here.webhook("tall", "jobs = [\"tall\"]\n") + here.webhook("other", "jobs = [\"other\"]\n"));
    auto& workspace = *here.workspace;
    OutageWatch watch;
    const auto watched = [&](int looks) {
        for (int i = 0; i < looks; ++i) {
            here.pass(5min, 5min);
            record_outages(workspace, watch, here.clock.now());
        }
        here.pass(1min);
    };
    const auto raise = [&](const std::string& job) {
        Flag flag;
        flag.kind = FlagKind::failing;
        flag.key = "failing/" + job;
        flag.job = job;
        flag.text_nb = flag.text_en = job;
        flag.id = FlagStore(workspace.store).raise(flag);
        return flag;
    };
    const auto told = [&](const std::string& channel) {
        std::string kinds;
        for (const auto& message : here.receiver.taken())
            if (message["channel"] == channel)
                kinds += message["kind"].get<std::string>() + " ";
        return kinds;
    };
    auto first = raise("tall");
    watched(6);
    CHECK(told("desk") + "/ " + told("also") + "/ " + told("tall") == "outage / / outage ");
    auto second = raise("also");
    watched(6);
    CHECK(OutageStore(workspace.store).open().size() == 1); // it joined
    CHECK(told("desk") + "/ " + told("also") + "/ " + told("tall") == "outage / outage / outage ");
    for (auto* flag : {&first, &second}) {
        flag->state = FlagState::closed;
        FlagStore(workspace.store).change(*flag, "closed");
    }
    watched(6);
    CHECK(told("desk") + "/ " + told("also") + "/ " + told("tall") ==
          "outage recovery / outage recovery / outage recovery ");
    CHECK(told("other").empty()); // whose job never joined
}

TEST_CASE("a receiver that hangs holds neither the store nor the loop, and a stop ends it", "[daemon]")
{
    std::atomic<int> asked = 0;
    std::atomic<bool> goes_on = false;
    sim::HttpServer hanging(0, [&](const sim::HttpRequest&) {
        ++asked;
        asked.notify_all();
        goes_on.wait(false);
        return sim::HttpReply{};
    });
    Told here;
    here.configure(fmt::format("[notify]\nsettle_minutes = 0\n[notify.channels.desk]\nkind = \"webhook\"\nurl = "
                               "\"http://127.0.0.1:{}/\"\n",
                               hanging.port()));
    here.drop("5", "7");
    auto& workspace = *here.workspace;
    Messenger messenger(workspace);
    {
        const Turn turn(workspace.turns);
        messenger.begin(turn);
    }
    asked.wait(0);
    here.drop("5", "8"); // the store is everybody's
    {
        const Turn turn(workspace.turns);
        messenger.begin(turn);
        messenger.begin(turn);
    }
    CHECK(asked == 1);
    messenger.stop();
    goes_on = true;
    goes_on.notify_all();
    for (const auto& message : here.outbox().waiting("desk"))
        CHECK(message.tries == 0); // as if it had not been tried
}
