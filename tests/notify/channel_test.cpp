// Channels against servers and programs that take messages, refuse them, or do neither.
#include "notify/channel.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "lib/openssl/hmac.hpp"
#include "tests/fetch/raw_server.hpp"
#include "tests/notify/sample_notification.hpp"
#include "tests/sim/http_server.hpp"
#include "tests/sim/sim_smtp.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <filesystem>
#include <thread>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using Kind = DeliveryAnswer::Kind;

namespace {

const Time now = parse_time("2026-03-02T08:40:00Z").value();

SenderSettings sender()
{
    SenderSettings settings;
    settings.name = "skurd";
    settings.fetch.allow_http = {"127.0.0.1", "hook.example.org"};
    settings.fetch.allow_private = {"127.0.0.1"};
    settings.resolver = [](const std::string& host, std::chrono::seconds, const std::stop_token&) {
        return host == "nowhere.example.org" ? std::vector<std::string>() : std::vector<std::string>{"127.0.0.1"};
    };
    return settings;
}

DeliveryAnswer deliver(const ChannelSettings& channel, const std::stop_token& stop = {})
{
    const auto message = message_of(sample_publication(Language::nb), channel.kind);
    return Channel::create(channel, sender())->deliver(message, now, stop);
}

std::string failure_of(const ChannelSettings& channel)
{
    try {
        deliver(channel);
        return "";
    } catch (const Error& failure) {
        return failure.what();
    }
}

ChannelSettings webhook(const std::string& url)
{
    ChannelSettings channel;
    channel.id = "hook";
    channel.url = url;
    return channel;
}

ChannelSettings webhook(const sim::HttpServer& server)
{
    return webhook(fmt::format("http://127.0.0.1:{}/hook", server.port()));
}

/// A server that answers so, and notes what it was asked.
struct Hook {
    explicit Hook(int status, std::map<std::string, std::string> headers = {}, std::string body = "")
        : server(0, [=, this](const sim::HttpRequest& request) {
              last = request;
              sim::HttpReply reply;
              reply.status = status;
              reply.headers = headers;
              reply.body = body;
              return reply;
          })
    {
    }

    sim::HttpRequest last;
    sim::HttpServer server;
};

ChannelSettings mail(const sim::SimSmtp& server, MailSecurity security = MailSecurity::none)
{
    ChannelSettings channel;
    channel.id = "post";
    channel.kind = ChannelKind::mail;
    channel.server = "localhost";
    channel.port = static_cast<std::uint16_t>(server.port());
    channel.security = security;
    channel.from = "skurd@example.org";
    channel.to = {"kari@example.org", "ola@example.org"};
    return channel;
}

ChannelSettings command(std::vector<std::string> words, std::chrono::seconds timeout = 20s)
{
    ChannelSettings channel;
    channel.id = "program";
    channel.kind = ChannelKind::command;
    channel.command = std::move(words);
    channel.timeout = timeout;
    return channel;
}

} // namespace

TEST_CASE("a webhook is posted the JSON, with its delivery and a signature over time and body", "[notify]")
{
    CHECK(hmac_sha256("Jefe", "what do ya want for nothing?") == // RFC 4231, test case 2
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    const TempDir folder;
    write_file(folder / "secret", "hemmelig\n");
    std::filesystem::permissions(folder / "secret", std::filesystem::perms::owner_read);
    Hook hook(202, {}, "thanks\n");
    auto channel = webhook(hook.server);
    channel.secret.file = folder / "secret";
    const auto answer = deliver(channel);

    CHECK(answer.kind == Kind::accepted);
    CHECK(answer.text == "HTTP 202: thanks");
    CHECK(hook.last.method == "POST");
    CHECK(hook.last.path == "/hook");
    CHECK(hook.last.headers["content-type"] == "application/json; charset=utf-8");
    CHECK(hook.last.headers["skurd-delivery"] == "0123456789abcdef0123456789abcdef");
    CHECK(hook.last.headers["skurd-kind"] == "publication");
    CHECK(Json::parse(hook.last.body)["delivery"] == "0123456789abcdef0123456789abcdef");
    CHECK(hook.last.headers["skurd-signature"] ==
          "t=1772440800,v1=" + hmac_sha256("hemmelig", "1772440800." + hook.last.body));
}

TEST_CASE("a webhook's refusal is for good, its trouble may pass, and no redirect is followed", "[notify]")
{
    for (const int status : {400, 401, 404, 410, 413})
        CHECK(deliver(webhook(Hook(status).server)).kind == Kind::refused);
    for (const int status : {408, 425, 500, 502, 503, 504})
        CHECK(deliver(webhook(Hook(status).server)).kind == Kind::failed);
    const auto limited = deliver(webhook(Hook(429, {{"Retry-After", "120"}}).server));
    CHECK(limited.kind == Kind::failed);
    CHECK(limited.wait == 120s);

    const Hook elsewhere(200);
    const Hook redirecting(307, {{"Location", fmt::format("http://127.0.0.1:{}/", elsewhere.server.port())}});
    const auto redirected = deliver(webhook(redirecting.server));
    CHECK(redirected.kind == Kind::refused);
    CHECK_THAT(redirected.text, Contains("redirects are not followed"));
    CHECK(elsewhere.last.method.empty());
}

TEST_CASE("a webhook that breaks off, or is not there, is tried again", "[notify]")
{
    RawServer breaking(
        [](RawConnection& connection) { connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"); });
    CHECK(deliver(webhook(breaking.url())).kind == Kind::failed);
    RawServer flooding([](RawConnection& connection) { connection.send(raw_answer(std::string(1 << 20, 'x'))); });
    CHECK(deliver(webhook(flooding.url())).kind == Kind::failed);
    CHECK(deliver(webhook("http://127.0.0.1:1/")).kind == Kind::failed);
    CHECK_THAT(deliver(webhook("https://nowhere.example.org/")).text,
               StartsWith("no address of 'nowhere.example.org'"));
}

TEST_CASE("a webhook goes to no host that the rules of fetch do not allow, and its address stays a secret",
          "[notify]")
{
    CHECK_THAT(failure_of(webhook("https://hook.example.org/secret")),
               Contains("has the address 127.0.0.1") && Contains("allow_private") && !Contains("secret"));
    CHECK_THAT(failure_of(webhook("http://other.example.org/secret")),
               Contains("http without TLS is not allowed") && !Contains("/secret"));
    CHECK_THAT(failure_of(webhook("file:///etc/passwd")), Contains("is not one of https"));
    auto channel = webhook("");
    channel.url_file = "/nonexistent/hook.url";
    CHECK_THAT(failure_of(channel), Contains("/nonexistent/hook.url: cannot be read"));
}

TEST_CASE("a stop ends a try at once, and it was none", "[notify]")
{
    std::stop_source stop;
    RawServer silent([&](RawConnection& connection) {
        stop.request_stop();
        connection.still_there_after(10'000);
    });
    CHECK(deliver(webhook(silent.url()), stop.get_token()).kind == Kind::stopped);

    const sim::SimSmtp mute({.is_silent = true});
    std::stop_source another;
    std::jthread stopper([&] {
        while (mute.connections() == 0)
            std::this_thread::yield();
        another.request_stop();
    });
    CHECK(deliver(mail(mute), another.get_token()).kind == Kind::stopped);
}

TEST_CASE("a mail is handed over with TLS, to a server that is who it says", "[notify]")
{
    const TempDir folder;
    const sim::SimSmtp server({.user = "skurd", .password = "hemmelig"});
    write_file(folder / "ca.pem", server.certificate());
    auto channel = mail(server, MailSecurity::starttls);
    channel.user = "skurd";
    channel.password.value = "hemmelig";
    const auto unknown = deliver(channel); // nobody vouches for it
    CHECK(unknown.kind == Kind::failed);
    CHECK_THAT(unknown.text, Contains("certificate"));

    channel.authorities = folder / "ca.pem";
    const auto answer = deliver(channel);
    CHECK(answer.kind == Kind::accepted);
    CHECK(answer.text == "250 2.0.0 queued as 4711");
    REQUIRE(server.mails().size() == 1);
    const auto taken = server.mails()[0];
    CHECK(taken.over_tls);
    CHECK(taken.logged_in);
    CHECK(taken.from == "skurd@example.org");
    CHECK(taken.to == std::vector<std::string>{"kari@example.org", "ola@example.org"});
    CHECK_THAT(taken.message, Contains("\r\nMessage-ID: <0123456789abcdef0123456789abcdef@example.org>\r\n"));

    channel.password.value = "feil";
    CHECK(deliver(channel).kind == Kind::refused);
    CHECK(server.mails().size() == 1);
}

TEST_CASE("where TLS is demanded and a server has none, nothing is said to it", "[notify]")
{
    const sim::SimSmtp server({.offers_tls = false});
    CHECK(deliver(mail(server, MailSecurity::starttls)).kind == Kind::failed);
    for (const auto& line : server.words())
        CHECK_THAT(line, StartsWith("EHLO") || StartsWith("HELO") || StartsWith("QUIT"));
    CHECK(deliver(mail(server)).kind == Kind::accepted); // told to do without
    REQUIRE(server.mails().size() == 1);
    CHECK_FALSE(server.mails()[0].over_tls);
}

TEST_CASE("a mail server's 5xx is for good, its 4xx and a broken connection are not", "[notify]")
{
    const auto answer = [](std::map<std::string, std::string> replies) {
        const sim::SimSmtp server({.replies = std::move(replies)});
        auto told = deliver(mail(server));
        CHECK(server.mails().empty());
        return told;
    };
    const auto refused = answer({{"RCPT", "550 5.1.1 no such user"}});
    CHECK(refused.kind == Kind::refused);
    CHECK(refused.text == "550 5.1.1 no such user");
    CHECK(answer({{"MAIL", "553 5.7.1 who are you"}}).kind == Kind::refused);
    CHECK(answer({{"DATA.", "554 5.7.1 spam"}}).kind == Kind::refused);
    const auto greylisted = answer({{"RCPT", "450 4.2.0 greylisted"}});
    CHECK(greylisted.kind == Kind::failed);
    CHECK(greylisted.text == "450 4.2.0 greylisted");
    CHECK(answer({{"DATA.", "452 4.3.1 no room"}}).kind == Kind::failed);
    CHECK(answer({{"CONNECT", "421 4.3.2 busy"}}).kind == Kind::failed);

    const sim::SimSmtp cutting({.cuts_in_data = true});
    CHECK(deliver(mail(cutting)).kind == Kind::failed);
    auto nowhere = mail(cutting);
    nowhere.server = "nowhere.example.org";
    CHECK_THAT(deliver(nowhere).text, Contains("no address of"));
}

TEST_CASE("a program reads the JSON on its standard input, and its exit code is the answer", "[notify]")
{
    const auto taken =
        deliver(command({"/bin/sh", "-c", R"(grep -c '"delivery":"0123456789abcdef' && env | wc -l)"}));
    CHECK(taken.kind == Kind::accepted);
    CHECK_THAT(taken.text, StartsWith("1"));
    CHECK(deliver(command({"/bin/true"})).text == "ended with code 0"); // that reads nothing
    const auto failed = deliver(command({"/bin/sh", "-c", "echo no way >&2; exit 3"}));
    CHECK(failed.kind == Kind::failed);
    CHECK_THAT(failed.text, Contains("ended with code 3: no way"));
    CHECK(deliver(command({"/nonexistent/program"})).kind == Kind::failed);
    CHECK_THAT(deliver(command({"/bin/sh", "-c", "exec cat /dev/zero"})).text, Contains("printed more than"));
    CHECK_THAT(deliver(command({"/bin/sh", "-c", "exec sleep 60"}, 1s)).text, Contains("time limit"));
}
