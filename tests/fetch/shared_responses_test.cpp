#include "fetch/shared_responses.hpp"

#include "base/time_text.hpp"
#include "tests/fetch/fetch_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace std::chrono_literals;

namespace {

const Time start = *parse_time("2025-03-03T08:20:00Z");

Request question(const std::string& url, std::chrono::seconds share = 60s)
{
    auto request = test::get(url);
    request.share = share;
    return request;
}

Response answer(const std::string& body, Time received_at = start, int status = 200)
{
    return {status, "u", "application/json", body, received_at, {}};
}

} // namespace

TEST_CASE("a shared response is given as long as it is young enough for the one who asks", "[fetch]")
{
    SharedResponses answers;
    answers.store(question("https://a/"), answer("1"));
    CHECK(answers.find(question("https://a/"), start)->body == "1");
    CHECK(answers.find(question("https://a/"), start + 59s)->received_at == start);
    CHECK_FALSE(answers.find(question("https://a/"), start + 60s));
    CHECK(answers.find(question("https://a/", 3600s), start + 60s));
    CHECK_FALSE(answers.find(question("https://a/", 0s), start));
    CHECK_FALSE(answers.find(question("https://a/"), start - 1s)); // the clock was set back
    answers.store(question("https://a/"), answer("2", start + 60s));
    CHECK(answers.find(question("https://a/"), start + 61s)->body == "2");
}

TEST_CASE("only the very same request shares a response, and only a good one", "[fetch]")
{
    SharedResponses answers;
    answers.store(question("https://a/"), answer("1"));
    answers.store(question("https://b/"), answer("2", start, 404));
    answers.store(question("https://c/", 0s), answer("3"));
    auto post = question("https://a/");
    post.method = "POST";
    auto body = question("https://a/");
    body.body = "x";
    auto type = question("https://a/");
    type.accept = "text/csv";
    CHECK_FALSE(answers.find(post, start));
    CHECK_FALSE(answers.find(body, start));
    CHECK_FALSE(answers.find(type, start));
    CHECK_FALSE(answers.find(question("https://b/"), start));
    CHECK_FALSE(answers.find(question("https://c/"), start));
}

TEST_CASE("a response that was of no use is not given again", "[fetch]")
{
    SharedResponses answers;
    answers.store(question("https://a/"), answer("1"));
    answers.store(question("https://b/"), answer("2"));
    answers.forget(question("https://a/"));
    answers.forget(question("https://none/"));
    CHECK_FALSE(answers.find(question("https://a/"), start));
    CHECK(answers.find(question("https://b/"), start));
}

TEST_CASE("shared responses have bounded memory, and the oldest go first", "[fetch]")
{
    SharedResponses answers(1000);
    answers.store(question("https://a/"), answer(std::string(400, 'a')));
    answers.store(question("https://b/"), answer(std::string(400, 'b')));
    answers.store(question("https://c/"), answer(std::string(400, 'c')));
    answers.store(question("https://d/"), answer(std::string(2000, 'd')));
    CHECK_FALSE(answers.find(question("https://d/"), start));
    answers.store(question("https://b/"), answer(std::string(400, 'B')));
    answers.store(question("https://c/"), answer(std::string(400, 'C')));
    answers.store(question("https://a/"), answer(std::string(400, 'A')));
    CHECK_FALSE(answers.find(question("https://b/"), start));
    CHECK(answers.find(question("https://c/"), start));
    CHECK(answers.find(question("https://a/"), start));
}

TEST_CASE("what two jobs ask alike is asked once, and again when it is too old", "[fetch]")
{
    test::RawServer server([](test::RawConnection& connection) { connection.send(test::raw_answer("[]")); });
    test::SharedClock clock("2025-03-03T08:20:00Z");
    CurlFetcher fetcher(test::settings_for({"127.0.0.1"}), clock, 1);
    const auto request = question(server.url());
    fetcher.fetch(request, {});
    fetcher.begin_run({"127.0.0.1"});
    const auto shared = fetcher.fetch(request, {});
    const auto after_two = server.requests().size();
    clock.wait(60s, {});
    fetcher.fetch(request, {});
    CHECK(shared->body == "[]");
    CHECK(after_two == 1);
    CHECK(server.requests().size() == 2);
}
