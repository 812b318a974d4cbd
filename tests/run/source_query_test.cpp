#include "base/error.hpp"
#include "fetch/replay_fetcher.hpp"
#include "run/source_query.hpp"
#include "tests/support/catch.hpp"

#include <array>

using namespace skurd;

namespace {

Request request_for(const std::string& purpose)
{
    Request request;
    request.url = "https://tables.example/" + purpose;
    request.purpose = purpose;
    return request;
}

Response answering(const std::string& body)
{
    Response response;
    response.body = body;
    return response;
}

/// A source whose list is two pages long and whose descriptions are one answer. The tables are its answers' bodies.
class FakeBrowser : public SourceBrowser {
public:
    explicit FakeBrowser(std::string base_url = "") : base_url_(std::move(base_url)) {}

    Step next_search(const std::string& words, std::span<const Response> responses) const override
    {
        if (words == "endless")
            return request_for(fmt::format("page {}", responses.size() + 1));
        if (words == "refused")
            return Failure{"the list is closed"};
        if (words == "stale")
            return Unchanged{"as yesterday"};
        if (words == "file") {
            Request request;
            request.kind = Request::Kind::file;
            request.url = "/drop";
            return request;
        }
        return responses.size() < 2 ? Step(request_for("page " + std::to_string(responses.size() + 1))) : Ready();
    }

    std::vector<TableEntry> found(const std::string& words, std::span<const Response> responses) const override
    {
        std::vector<TableEntry> tables;
        for (const auto& response : responses)
            tables.push_back({response.body, words, "", "", false});
        return tables;
    }

    Step next_description(const std::string&, std::span<const Response> responses) const override
    {
        return responses.empty() ? Step(request_for("description")) : Ready();
    }

    TableDescription described(const std::string& table, std::span<const Response> responses) const override
    {
        return {{table, responses[0].body, "", "", false}, {}, {}, base_url_};
    }

    std::vector<std::string> hosts() const override { return {"tables.example"}; }

private:
    std::string base_url_;
};

/// Answers everything, and keeps count.
class EndlessFetcher : public Fetcher {
public:
    void begin_run(const std::vector<std::string>& named) override { hosts = named; }

    std::optional<Response> fetch(const Request&, std::stop_token) override
    {
        ++count;
        return Response();
    }

    int count = 0;
    std::vector<std::string> hosts;
};

/// Its source confirms as many lines as the answer has letters, and calls those wrong that are an x.
class FakeConnector : public Connector {
public:
    Step next(const ConnectorState&, std::span<const Response>) const override { return Ready(); }
    Decoded decode(const ConnectorState&, std::span<const Response>) const override { return {}; }
    Guarantee guarantee() const override { return {}; }

    Step next_check(std::span<const Response> responses) const override
    {
        return responses.empty() ? Step(request_for("metadata")) : Ready();
    }

    std::vector<CheckResult> check(std::span<const Response> responses) const override
    {
        std::vector<CheckResult> remarks;
        for (const char c : responses[0].body)
            remarks.push_back({c == 'x'   ? CheckResult::Kind::wrong
                               : c == '?' ? CheckResult::Kind::unsure
                                          : CheckResult::Kind::confirmed,
                               "fake.toml:9", "said", ""});
        return remarks;
    }
};

ReadyJob fake_job(const std::string& unconfirmed)
{
    auto job = make_job("[job]\nconnector = \"drop\"\n" + unconfirmed +
                            "[source]\nfiles = \"a.csv\"\npublished = \"2020-01-02\"\n[layout]\n"
                            "periods = '^\\d{4}$'\n[[layout.series]]\ncolumn = \"nr\"\n",
                        "fake.toml", "fake", "/drop");
    job.connector = std::make_unique<FakeConnector>();
    return job;
}

std::vector<CheckResult> check(const ReadyJob& job, const std::string& answer)
{
    ReplayFetcher fetcher({answering(answer)});
    return check_online(job, {fetcher});
}

/// What a search for these words is refused with.
std::string refusal(const std::string& words, Fetcher& fetcher)
{
    try {
        discover(FakeBrowser(), words, {fetcher});
    } catch (const Error& failure) {
        return failure.what();
    }
    return "nothing";
}

constexpr auto kinds = std::to_array<ConnectorKind>({
    {"files", "files that arrive", nullptr},
    {"fake", "tables of nobody", nullptr,
     [](const BrowseSettings& settings) -> std::unique_ptr<SourceBrowser> {
         return std::make_unique<FakeBrowser>(settings.base_url);
     }},
});

std::string no_browser(const std::string& source)
{
    try {
        make_source_browser(kinds, source, {});
    } catch (const Error& failure) {
        CHECK(failure.code() == ExitCode::usage);
        return failure.what();
    }
    return "nothing";
}

} // namespace

TEST_CASE("a search asks until the browser has enough, and says what it asks", "[run]")
{
    ReplayFetcher fetcher({answering("1001"), answering("1002"), answering("never asked for")});
    std::vector<std::string> said;
    const auto tables =
        discover(FakeBrowser(), "barn", {fetcher, {}, [&](const std::string& text) { said.push_back(text); }});
    REQUIRE(tables.size() == 2);
    CHECK(tables[0].id == "1001");
    CHECK(tables[1].id == "1002");
    CHECK(tables[0].title == "barn");
    CHECK(said == std::vector<std::string>{"page 1", "page 2"});
}

TEST_CASE("a table is described from what its source answers", "[run]")
{
    ReplayFetcher fetcher({answering("Barn og unge")});
    const auto description =
        describe_table(*make_source_browser(kinds, "fake", {"https://other.example", ""}), "1001", {fetcher});
    CHECK(description.table.id == "1001");
    CHECK(description.table.title == "Barn og unge");
    CHECK(description.job == "https://other.example");
}

TEST_CASE("a source that never has enough is left after a thousand requests", "[run]")
{
    EndlessFetcher fetcher;
    const auto why = refusal("endless", fetcher);
    CHECK(why == "the source wanted more than 1000 requests");
    CHECK(fetcher.count == 1000);
    CHECK(fetcher.hosts == std::vector<std::string>{"tables.example"});
}

TEST_CASE("steps that answer no question end it with the reason", "[run]")
{
    ReplayFetcher nothing({});
    CHECK(refusal("refused", nothing) == "the list is closed");
    CHECK(refusal("stale", nothing) ==
          "the source was asked for what it has and the response was that nothing is new: as yesterday");
    CHECK(refusal("file", nothing) == "/drop: there is nothing to get");
}

TEST_CASE("an unknown source, and one without a list, name those that have one", "[run]")
{
    CHECK(no_browser("fak") == "there is no source 'fak' (did you mean 'fake'?) (with a list of tables: fake)");
    CHECK(no_browser("files") == "the source 'files' (files that arrive) has no list of tables: write its job by "
                                 "hand, as connectors/files/README.md says (with a list: fake)");
}

TEST_CASE("a job's check results come from its source", "[run]")
{
    const auto job = fake_job("");
    CHECK(can_check_online(job));
    const auto remarks = check(job, "vx");
    REQUIRE(remarks.size() == 2);
    CHECK(remarks[0].kind == CheckResult::Kind::confirmed);
    CHECK(remarks[1].kind == CheckResult::Kind::wrong);
}

TEST_CASE("the line `unconfirmed` can go when everything is confirmed, and only then", "[run]")
{
    const auto job = fake_job("unconfirmed = \"codes\"\n");
    const auto all = check(job, "vv");
    REQUIRE(all.size() == 3);
    CHECK(all[2].kind == CheckResult::Kind::confirmed);
    CHECK(all[2].where == "fake.toml:3");
    CHECK(all[2].text == "this line can go");
    CHECK(check(job, "vx").size() == 2);
    CHECK(check(job, "v?").size() == 2);
    CHECK(check(job, "").empty());
    CHECK(check(fake_job(""), "vv").size() == 2);
}

TEST_CASE("a job whose connector asks nobody has nothing to be checked online", "[run]")
{
    const auto job = make_job("[job]\nconnector = \"drop\"\n[source]\nfiles = \"a.csv\"\npublished = \"2020-01-02\"\n"
                              "[layout]\nperiods = '^\\d{4}$'\n[[layout.series]]\ncolumn = \"nr\"\n",
                              "a.toml", "a", "/drop");
    ReplayFetcher nothing({});
    CHECK_FALSE(can_check_online(job));
    CHECK(check_online(job, {nothing}).empty());
}
