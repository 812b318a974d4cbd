// The command notify, and what status says of messages.
#include "tests/support/installed.hpp"

using namespace skurd::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

constexpr auto programs = R"([jobs]
shipped = false
[notify.channels.bad]
kind = "command"
topics = ["datasets"]
command = ["/bin/sh", "-c", "echo no room >&2; exit 1"]
[notify.channels.good]
kind = "command"
language = "en"
topics = ["datasets"]
command = ["/bin/sh", "-c", "cat > /dev/null; echo thanks"]
)";

struct Channels : Installed {
    Channels()
    {
        write_file(folder / "skurd.toml", programs);
        write_file(folder / "schedules/tall.toml", tall_job);
    }

    void drop(const std::string& number) const
    {
        write_file(folder / "tall-1.csv", "nr;2018;2019\n1;5;" + number + "\n");
        out({"drop", (folder / "tall-1.csv").string(), "--job", "tall"});
    }
};

} // namespace

TEST_CASE("without a channel notify says where one is configured", "[app]")
{
    const Installed here;
    CHECK_THAT(here.out({"notify"}), StartsWith("no channel is configured: see [notify]"));
    CHECK(here.json({"notify"})["channels"].empty());
    const auto test = here.run({"notify", "--test"});
    CHECK(test.exit == 2);
    CHECK(test.err == "skurd: no channel is configured: see [notify] in the configuration file\n");
}

TEST_CASE("a test says what each channel answers, and goes to one that is named", "[app]")
{
    const Channels here;
    const auto all = here.run({"notify", "--test"});
    CHECK(all.exit == 1);
    CHECK_THAT(all.out, Contains("[skurd] Test: a message without news ") && Contains(" thanks\n"));
    CHECK_THAT(all.out, Contains("/bin/sh: ended with code 1: no room\n"));
    CHECK_THAT(here.out({"notify", "--test", "good"}), Contains("thanks") && !Contains("bad"));
    const auto unknown = here.run({"notify", "--test", "god"});
    CHECK(unknown.exit == 2);
    CHECK(unknown.err == "skurd: there is no channel 'god' (did you mean 'good'?) (known: bad, good)\n");
    const auto both = here.run({"notify", "--send", "--retry", "1"});
    CHECK(both.exit == 2);
    CHECK_THAT(both.err, Contains("only one of --send, --test, --retry and --drop"));
}

TEST_CASE("by hand, what there is to tell is sent, listed, retried and dropped", "[app]")
{
    const Channels here;
    here.drop("6");
    const auto sent = here.run({"notify", "--send"});
    CHECK(sent.exit == 1); // one of them took it
    const auto listed = here.json({"notify"});
    CHECK(listed["channels"][0]["channel"] == "bad");
    CHECK(listed["channels"][0]["waiting"] == 1);
    CHECK(listed["channels"][1]["sent"] == 1);
    CHECK(listed["messages"][0]["channel"] == "good");
    CHECK(listed["messages"][0]["answer"] == "thanks");
    CHECK(listed["messages"][1]["state"] == "waiting");
    CHECK(listed["messages"][1]["tries"] == 1);
    CHECK_THAT(here.out({"notify", "--most", "1"}),
               Contains("[skurd] 1 table with new numbers") && !Contains("no room"));

    CHECK(here.run({"notify", "--retry", "1"}).exit == 1);
    CHECK_THAT(here.out({"notify", "--drop", "1", "--by", "Kari"}), Contains("dropped by Kari"));
    CHECK(here.json({"notify"})["channels"][0]["dropped"] == 1);
    CHECK(here.run({"notify", "--drop", "1"}).exit == 2);
    CHECK_THAT(here.out({"notify", "--send"}), StartsWith("no message"));
}

TEST_CASE("a message that nobody took is a finding of status until a person deals with it", "[app]")
{
    const Channels here;
    here.drop("6");
    here.run({"notify", "--send"});
    write_file(here.folder / "skurd.toml", "[jobs]\nshipped = false\n"); // the channel goes, and what waits for it
    here.drop("7");
    const auto status = here.run({"status"});
    CHECK(status.exit == 1);
    CHECK_THAT(status.out,
               Contains("1 message could not be delivered: `skurd notify` says why, then --retry or --drop"));
    here.out({"notify", "--drop", "1"});
    CHECK_THAT(here.run({"status"}).out, !Contains("could not be delivered"));
}
