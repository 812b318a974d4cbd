#pragma once

#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "fetch/fetcher.hpp"
#include "run/job_run.hpp"
#include "store/vintage_store.hpp"
#include "tests/store/store_fixture.hpp"

#include <memory>
#include <string>
#include <vector>

namespace skurd::test {

/// What a fake source has: a version, and a table of numbers in a unit.
struct FakeTable {
    int version = 1;
    std::vector<std::string> numbers = {"11", "12", "13", "14"};
    std::string unit = "kroner";
};

/// Asks what the source has, and fetches it when that is another version than it remembers. Reads each number with
/// these characters at its end: another one decodes the same bytes otherwise.
class FakeConnector final : public Connector {
public:
    explicit FakeConnector(std::string ending = "") : ending_(std::move(ending)) {}

    Step next(const ConnectorState& state, std::span<const Response> responses) const override
    {
        if (responses.size() == 2)
            return Ready{};
        Request request;
        request.url = responses.empty() ? "https://fake.example/version" : "https://fake.example/data";
        if (responses.size() == 1 && state.contains("version") && state.at("version") == responses[0].body)
            return Unchanged{"still version " + responses[0].body};
        return request;
    }

    Decoded decode(const ConnectorState& state, std::span<const Response> responses) const override
    {
        const auto& version = responses[0].body;
        Decoded decoded;
        decoded.dataset = "fake/table";
        decoded.cubes.push_back(cube_of(responses[1].body));
        decoded.claim = {at("2018-01-01") + std::chrono::days(std::stoi(version)), "version", Confidence::stated};
        decoded.state = {{"version", version}};
        decoded.notes.push_back("before it: version " + (state.contains("version") ? state.at("version") : "none"));
        return decoded;
    }

    Guarantee guarantee() const override { return {}; }

private:
    /// "kroner 11 12 13 14": the unit, and the number of each code
    Cube cube_of(const std::string& body) const
    {
        const auto words = split(body, ' ');
        Dimension nr{"nr", "Number", Role::none, {}, {}};
        Cube cube;
        for (std::size_t i = 1; i < words.size(); ++i) {
            nr.categories.push_back({std::to_string(i), "Row", std::string(words[0]), {}});
            cube.cells.push_back(Cell::of(Decimal::parse(std::string(words[i]) + ending_).value()));
        }
        cube.dimensions = {nr, Dimension{"year", "Year", Role::time, {{"2018", "2018", "", {}}}, {}}};
        return cube;
    }

    std::string ending_;
};

class FakeFetcher final : public Fetcher {
public:
    explicit FakeFetcher(const Clock& clock) : clock_(clock) {}

    void lift_holds() override { ++holds_lifted; }

    std::optional<Response> fetch(const Request& request, std::stop_token) override
    {
        ++asked;
        if (!failure.empty())
            throw Error(failure);
        Response response;
        response.url = request.url;
        response.received_at = clock_.now();
        response.body = request.url.ends_with("/version") ? std::to_string(table.version) : body();
        return response;
    }

    FakeTable table;
    int asked = 0;
    int holds_lifted = 0;
    std::string failure; ///< instead of an answer; "" = none

private:
    std::string body() const
    {
        auto text = table.unit;
        for (const auto& number : table.numbers)
            text += " " + number;
        return text;
    }

    const Clock& clock_;
};

inline ReadyJob fake_job()
{
    auto job = make_job("[job]\nconnector = \"drop\"\n[source]\nfiles = \"a.csv\"\npublished = \"2020-01-02\"\n"
                        "[layout]\nperiods = '^\\d{4}$'\n[[layout.series]]\ncolumn = \"nr\"\n",
                        "fake.toml", "fake", "/drop");
    job.connector = std::make_unique<FakeConnector>();
    return job;
}

/// A job of the fake source over a store.
struct FakeJob : StoreFixture {
    RunTools tools() { return {store, fetcher, drop, folders, clock, catalogue, {}, {}, turn, processors}; }

    Run harvest(const RunOptions& options = {})
    {
        clock.advance(std::chrono::hours(1));
        return run_job(job, tools(), options, {}).front();
    }

    std::vector<Vintage> vintages() const { return VintageStore(store).list(); }

    FakeFetcher fetcher{clock};
    DropFolders folders{folder / "archive", folder / "quarantine", clock};
    DropFetcher drop{clock, folders};
    Catalogue catalogue;
    Turns turns;
    Turn turn{turns};
    Processors processors{1};
    ReadyJob job = fake_job();
};

} // namespace skurd::test
