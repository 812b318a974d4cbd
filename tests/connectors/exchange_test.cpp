#include "connectors/exchange.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

Request page(std::size_t number)
{
    Request request;
    request.url = "https://tables.example/page/" + std::to_string(number);
    return request;
}

Response body(const std::string& text)
{
    Response response;
    response.body = text;
    return response;
}

/// Wants that many pages, and then ends so. A page that reads "broken" is refused.
Exchange::Next pages(std::size_t count, const Step& end)
{
    return [count, end](std::span<const Response> responses) -> Step {
        if (!responses.empty() && responses.back().body == "broken")
            throw error("page {} is broken", responses.size());
        return responses.size() < count ? Step(page(responses.size() + 1)) : end;
    };
}

} // namespace

TEST_CASE("an exchange asks until its source has enough, one request at a time", "[connectors]")
{
    Exchange exchange(pages(2, Ready{}));
    REQUIRE(exchange.next());
    CHECK(exchange.next()->url == "https://tables.example/page/1");
    CHECK(exchange.next()->url == "https://tables.example/page/1"); // not answered yet
    exchange.answer(body("a"));
    CHECK(exchange.next()->url == "https://tables.example/page/2");
    exchange.answer(body("b"));
    CHECK_FALSE(exchange.next());
    CHECK_FALSE(exchange.next());
    CHECK(std::holds_alternative<Ready>(exchange.end()));
    REQUIRE(exchange.responses().size() == 2);
    CHECK(exchange.responses()[1].body == "b");
}

TEST_CASE("an exchange ends as its source says", "[connectors]")
{
    Exchange unchanged(pages(0, Unchanged{"as yesterday", ConnectorState{{"seen", "1"}}}));
    CHECK_FALSE(unchanged.next());
    CHECK(std::get<Unchanged>(unchanged.end()).state->at("seen") == "1");

    Exchange failed(pages(1, Failure{"the table is gone"}));
    REQUIRE(failed.next());
    failed.answer(body("a"));
    CHECK_FALSE(failed.next());
    CHECK(std::get<Failure>(failed.end()).why == "the table is gone");
}

TEST_CASE("the request whose response is refused is known, and only as long as it is refused", "[connectors]")
{
    Exchange exchange(pages(3, Ready{}));
    REQUIRE(exchange.next());
    exchange.answer(body("a"));
    REQUIRE(exchange.next());
    CHECK_FALSE(exchange.refused());
    exchange.answer(body("broken"));
    CHECK_THROWS_WITH(exchange.next(), "page 2 is broken");
    REQUIRE(exchange.refused());
    CHECK(exchange.refused()->url == "https://tables.example/page/2");
}

TEST_CASE("a source gets a thousand requests and no more", "[connectors]")
{
    const auto asked = [](std::size_t wanted) {
        Exchange exchange(pages(wanted, Ready{}));
        while (exchange.next())
            exchange.answer(body("a"));
        return exchange.responses().size();
    };
    CHECK(asked(1000) == 1000);
    CHECK_THROWS_WITH(asked(1001), "the source wanted more than 1000 requests");
}

TEST_CASE("a response belongs to the request that was sent, whatever address it ended at", "[connectors]")
{
    Exchange exchange(pages(1, Ready{}));
    REQUIRE(exchange.next());
    auto moved = body("a");
    moved.url = "https://elsewhere.example/x/page-one";
    exchange.answer(moved);
    CHECK(exchange.responses().front().url == "https://tables.example/page/1");

    auto file = page(1);
    file.kind = Request::Kind::file;
    Exchange files(
        [&](std::span<const Response> responses) -> Step { return responses.empty() ? Step(file) : Ready{}; });
    REQUIRE(files.next());
    files.answer(moved);
    CHECK(files.responses().front().url == moved.url); // which file it was
}

TEST_CASE("what was answered is not asked for again, unless a second answer is what is wanted", "[connectors]")
{
    int wanted = 0;
    const auto asked_with = [&](int repeat, const std::string& second_body) {
        wanted = 0;
        Exchange exchange([&, repeat, second_body](std::span<const Response> responses) -> Step {
            if (responses.size() == 2)
                return Ready{};
            auto request = page(1);
            request.purpose = "metadata of table 7";
            request.repeat = responses.empty() ? 0 : repeat;
            request.body = responses.empty() ? "" : second_body;
            return request;
        });
        while (exchange.next()) {
            ++wanted;
            exchange.answer(body("a"));
        }
    };
    CHECK_THROWS_WITH(
        asked_with(0, ""),
        Catch::StartsWith("GET https://tables.example/page/1 (metadata of table 7): answered in this run "
                          "already and asked for again"));
    CHECK(wanted == 1);
    CHECK_NOTHROW(asked_with(1, ""));
    CHECK_NOTHROW(asked_with(0, "another selection"));
}
