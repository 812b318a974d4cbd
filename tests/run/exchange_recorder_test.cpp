#include "base/error.hpp"
#include "base/text.hpp"
#include "fetch/replay_fetcher.hpp"
#include "lib/openssl/base64.hpp"
#include "run/exchange_bundle.hpp"
#include "run/exchange_recorder.hpp"
#include "run/job_fixes.hpp"
#include "run/redaction.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace skurd;
using Keep = ExchangeRecorder::Keep;
using Part = RecordedExchange::Part;

namespace {

Request request_to(const std::string& url)
{
    Request request;
    request.url = url;
    return request;
}

Response answering(std::string body)
{
    Response response;
    response.body = std::move(body);
    return response;
}

using Kind = CheckResult::Kind;
using Fix = CheckResult::Fix;

constexpr auto job = "[job]\n"
                     "unconfirmed = \"codes\"\n"
                     "[source]\n"
                     "title = \"^D7a\"   # by its title\n"
                     "[source.select]\n"
                     "\"*\" = [\"*\"]\n"
                     "Tid = [\"2008\"]\n";

} // namespace

TEST_CASE("what is recorded holds no people, no mail addresses and no keys, and is otherwise the same bytes", "[run]")
{
    const std::string people =
        R"({"a":[4.0,"x@y"],"contact":[{"name":"K. \"N\"","mail":"kn@ssb.no","raw":"]}"}],"b":1})";
    CHECK(redacted(people, {}) == R"({"a":[4.0,"x@y"],"contact":[],"b":1})");
    CHECK(redacted(R"({"Contacts" : {"n":1}, "extension":{"contact": "Ola", "contact":12}})", {}) ==
          R"({"Contacts" : {}, "extension":{"contact": "", "contact":null}})");
    CHECK(redacted(R"(["contact",{"note":"the contact: a@b.no, c.d@e.org"}])", {}) ==
          R"(["contact",{"note":"the contact: removed@example.org, removed@example.org"}])");
    CHECK(redacted("contact;kari@example.com\n1;2\n", {}) == "contact;removed@example.org\n1;2\n");
    CHECK(redacted("{\"echo\":\"k3y-k3y\"}", {"k3y", ""}) == "{\"echo\":\"REMOVED-REMOVED\"}");
    CHECK(redacted("\xef\xbb\xbf{\"contact\":[1]}", {}) == "\xef\xbb\xbf{\"contact\":[]}");
}

TEST_CASE("a text that is cut within what is removed ends there", "[run]")
{
    for (const std::string cut : {"{\"contact", "{\"contact\"", "{\"contact\":", "{\"contact\": [",
                                  R"({"contact":[{"a":"])", R"({"contact":"\)", "[", "@", "a@", "@b.c", ""}) {
        const auto text = redacted(cut, {});
        CAPTURE(cut, text);
        CHECK(text.size() <= cut.size() + 2);
        CHECK(text.substr(0, 1) == cut.substr(0, 1));
    }
}

TEST_CASE("a recorder gives on what was fetched, and writes it down where it is to", "[run]")
{
    ReplayFetcher fetcher({answering("{\"contact\":[1]}"), answering("b"), answering("c")});
    ExchangeRecorder recorder(fetcher, Keep::exchanges, {"s3cret"});
    const auto given = recorder.fetch(request_to("https://one.example/?key=s3cret"), {});
    recorder.begin_part(Part::harvest);
    recorder.fetch(request_to("https://two.example/"), {});
    const auto exchanges = recorder.take();

    CHECK(given->body == "{\"contact\":[1]}");
    REQUIRE(exchanges.size() == 2);
    CHECK(exchanges[0].part == Part::check);
    CHECK(exchanges[0].request.url == "https://one.example/?key=REMOVED");
    CHECK(exchanges[0].response.body == "{\"contact\":[]}");
    CHECK(exchanges[1].part == Part::harvest);
    CHECK(recorder.take().empty());

    ExchangeRecorder other(fetcher, Keep::nothing, {});
    other.fetch(request_to("https://three.example/"), {});
    CHECK(other.take().empty());
}

TEST_CASE("a part that becomes too large is not recorded at all", "[run]")
{
    const std::string half(ExchangeRecorder::bytes_max / 2 + 1, 'x');
    ReplayFetcher fetcher({answering("small"), answering(half), answering(half), answering("later")});
    ExchangeRecorder recorder(fetcher, Keep::exchanges, {});
    recorder.fetch(request_to("https://a.example/"), {});
    recorder.begin_part(Part::harvest);
    for (int i = 0; i < 3; ++i)
        recorder.fetch(request_to("https://a.example/"), {});
    CHECK(recorder.is_too_large());
    const auto exchanges = recorder.take();
    REQUIRE(exchanges.size() == 1);
    CHECK(exchanges[0].response.body == "small");
}

TEST_CASE("a host that gives no response is named until one answers", "[run]")
{
    struct Silent : Fetcher {
        std::optional<Response> fetch(const Request& request, std::stop_token) override
        {
            if (request.url.find("silent") != std::string::npos)
                throw error("timed out");
            return Response();
        }
    } fetcher;
    ExchangeRecorder recorder(fetcher, Keep::nothing, {});
    CHECK_THROWS_WITH(recorder.fetch(request_to("https://silent.example/x"), {}), "timed out");
    CHECK(recorder.silent_host() == "silent.example");
    recorder.fetch(request_to("https://loud.example/x"), {});
    CHECK(recorder.silent_host().empty());
}

TEST_CASE("any bytes survive base64, and what is none is told", "[run]")
{
    for (const std::string& bytes :
         {std::string(), std::string("a"), std::string("ab"), std::string("abc"), std::string("\0\xff\0", 3)})
        CHECK(from_base64(to_base64(bytes)) == bytes);
    CHECK(to_base64("ab") == "YWI=");
    CHECK_FALSE(from_base64("abc").has_value());
    CHECK_FALSE(from_base64("a$cd").has_value());
}

TEST_CASE("what a source says for certain is carried out in the job's text, and guesses are not", "[run]")
{
    const auto fixed =
        fix_job(job, "x.toml",
                {{Kind::confirmed, "x.toml:4", "table", "table = 325", Fix::insert},
                 {Kind::confirmed, "x.toml:6", "others", "FYLKE = [\"*\"]\nAAR = [\"*\"]", Fix::replace},
                 {Kind::wrong, "x.toml:7", "no code", "Tid = [\"2018\"]", Fix::guess},
                 {Kind::unsure, "x.toml:7", "not named", "Alder = []", Fix::insert},
                 {Kind::confirmed, "x.toml:2", "this line can go", "", Fix::remove}});
    CHECK(fixed.text == "[job]\n[source]\ntitle = \"^D7a\"   # by its title\ntable = 325\n[source.select]\n"
                        "FYLKE = [\"*\"]\nAAR = [\"*\"]\nTid = [\"2008\"]\n");
    CHECK(fixed.lines == 3);
    CHECK(fixed.left.empty());
}

TEST_CASE("several lines below one stand in the order they were said in; what cannot be changed is told", "[run]")
{
    const auto fixed = fix_job(job, "x.toml",
                               {{Kind::wrong, "x.toml:5", "missing", "A = [\"*\"]", Fix::insert},
                                {Kind::wrong, "x.toml:5", "missing", "B = [\"*\"]", Fix::insert},
                                {Kind::wrong, "x.toml:3", "no key", "a = 1", Fix::replace},
                                {Kind::wrong, "other.toml:3", "elsewhere", "a = 1", Fix::replace}});
    CHECK(fixed.text.find("[source.select]\nA = [\"*\"]\nB = [\"*\"]\n\"*\"") != std::string::npos);
    CHECK(fixed.lines == 2);
    REQUIRE(fixed.left.size() == 2);
    CHECK(fixed.left[0] == "other.toml:3: is no line of x.toml");
    CHECK(fixed.left[1] == "x.toml:3: cannot be changed by a program: no key with a value begins there");
}
