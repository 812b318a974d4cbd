#pragma once

#include "api/api_routes.hpp"
#include "daemon/order_queue.hpp"
#include "page/page_routes.hpp"
#include "tests/order/gated_executor.hpp"
#include "tests/serve/fixed_view.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string>

namespace skurd::test {

/// A daemon's part that is as the test says.
struct FixedHost final : PageHost {
    Installation its_installation;
    Time its_configured_at{};
    const Clock* its_clock = nullptr;
    TcpAccess its_access{{}, "0123456789abcdef0123", true};
    std::vector<std::string> its_jobs = {"tall"};

    Installation installation() const override { return its_installation; }
    Time configured_at() const override { return its_configured_at; }
    Attributions attributions() const override { return {}; }
    const Clock& clock() const override { return *its_clock; }
    TcpAccess access() const override { return its_access; }
    bool names_are_told() const override { return its_access.names; }
    std::vector<std::string> jobs() const override { return its_jobs; }
};

inline std::string header(const HttpResponse& response, std::string_view name)
{
    const auto found = std::find_if(response.headers.begin(), response.headers.end(),
                                    [&](const auto& one) { return one.first == name; });
    return found == response.headers.end() ? "" : found->second;
}

/// The pages and the read API over a state folder, asked without a server.
struct ServedPages {
    using Values = std::map<std::string, std::string>;

    explicit ServedPages(const std::filesystem::path& state, Shipped shipped = Shipped::used)
    {
        host.its_installation.state = state;
        host.its_installation.store = StorePlace(state);
        host.its_installation.shipped_indicators = shipped;
        host.its_clock = &clock;
        executor.gate.open();
        queue = std::make_unique<OrderQueue>(orders.path(), executor, clock);
        queue->start();
        router = std::make_unique<Router>(joined(api_routes(reader, host), page_routes(reader, host, view, *queue)));
    }

    HttpResponse ask(const HttpRequest& request) const
    {
        auto begun = router->begin(request);
        if (auto* refusal = std::get_if<HttpResponse>(&begun))
            return std::move(*refusal);
        return whole(router->answer(request));
    }
    HttpResponse get(const std::string& path, const Values& query = {}) const
    {
        HttpRequest request;
        request.method = "GET";
        request.path = path;
        request.query = query;
        request.cookie = cookie;
        request.accept_language = accept_language;
        return ask(request);
    }
    /// The body of an answer that is good.
    std::string body(const std::string& path, const Values& query = {}) const
    {
        const auto response = get(path, query);
        INFO(path << " " << response.body.substr(0, 2000));
        REQUIRE(response.status == 200);
        return response.body;
    }
    Json json(const std::string& path, const Values& query = {}) const { return Json::parse(body(path, query)); }
    HttpResponse post(const std::string& path, const Values& form) const
    {
        HttpRequest request;
        request.method = "POST";
        request.path = path;
        request.content_type = "application/x-www-form-urlencoded";
        request.content_length = 100;
        request.form = form;
        request.cookie = cookie;
        request.peer_address = "127.0.0.1";
        return ask(request);
    }
    /// Logs in; what forms have in their hidden field is `secret` then.
    void log_in()
    {
        const auto answer = post("/login", {{"token", host.its_access.token}, {"next", "/flags"}});
        REQUIRE(answer.status == 303);
        const auto set = header(answer, "Set-Cookie");
        cookie = set.substr(0, set.find(';'));
        const auto page = body("/login");
        const std::string before = "name=\"secret\" value=\"";
        const auto at = page.find(before);
        REQUIRE(at != std::string::npos);
        secret = page.substr(at + before.size(), 64);
    }

    TempDir orders;
    ManualClock clock{"2026-11-28T20:00:00Z"};
    FixedHost host;
    FixedView view;
    GatedExecutor executor;
    std::unique_ptr<OrderQueue> queue;
    StoreReader reader{host};
    std::unique_ptr<Router> router;
    std::string cookie;
    std::string secret;
    std::string accept_language;
};

/// The state folder with both reports that come with the program, harvested once for all tests.
inline const std::filesystem::path& first_harvest()
{
    static const TempDir folder;
    static const auto state = folder / "state";
    if (!std::filesystem::exists(state)) {
        std::filesystem::create_directories(state / "drop");
        for (const auto& entry : std::filesystem::directory_iterator(SKURD_SOURCE_DIR "/deploy/first-harvest"))
            if (entry.path().extension() == ".csv") {
                std::filesystem::copy(entry.path(), state / "drop");
                std::filesystem::last_write_time(state / "drop" / entry.path().filename(),
                                                 std::filesystem::file_time_type::clock::now() -
                                                     std::chrono::hours(1));
            }
        const auto ended = skurd(state, {"harvest", "--all"});
        INFO(ended.out << ended.err);
        REQUIRE(ended.exit == 0);
    }
    return state;
}

} // namespace skurd::test
