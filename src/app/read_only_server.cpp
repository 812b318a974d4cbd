#include "app/read_only_server.hpp"

#include "api/api_routes.hpp"
#include "app/signals.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "daemon/settings.hpp"
#include "daemon/tcp.hpp"
#include "order/closed_desk.hpp"
#include "page/page_routes.hpp"
#include "query/datasets.hpp"
#include "query/flags.hpp"
#include "query/store_figures.hpp"
#include "run/jobs.hpp"
#include "serve/health_routes.hpp"
#include "serve/tcp_server.hpp"
#include "store/store_version.hpp"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <mutex>

namespace skurd {

namespace {

/// A place and what is configured.
class PlaceHost final : public PageHost {
public:
    PlaceHost(StorePlace place, Installation installation, TcpAccess access, const Clock& clock)
        : place_(std::move(place)), installation_(std::move(installation)), access_(std::move(access)), clock_(clock),
          attributions_(attributions_of(load_jobs(installation_), installation_))
    {
    }

    Installation installation() const override { return installation_; }
    StoreSession open_store() const override
    {
        if (place_.is_server())
            return {place_, StoreSession::Access::read, clock_};
        return StoreSession::open_backup(place_.folder, clock_);
    }
    Time configured_at() const override { return configured_at_; }
    Attributions attributions() const override { return attributions_; }
    const Clock& clock() const override { return clock_; }
    bool names_are_told() const override { return access_.names; }
    TcpAccess access() const override { return access_; }
    std::vector<std::string> jobs() const override { return {}; }

private:
    StorePlace place_;
    Installation installation_;
    TcpAccess access_;
    const Clock& clock_;
    Attributions attributions_;
    Time configured_at_ = clock_.now();
};

/// There is no loop and no job: what is alive is what answers.
class PlaceView final : public DaemonView {
public:
    explicit PlaceView(const PlaceHost& host) : host_(host) {}

    Liveness liveness() const override { return {}; }
    std::vector<std::string> reasons_not_ready() const override
    {
        try {
            static_cast<void>(host_.open_store());
        } catch (const Error& failure) {
            spdlog::debug("not ready: {}", full_message(failure)); // strangers are told no paths
            return {"the store cannot be read"};
        }
        return {};
    }
    Status status() const override
    {
        const auto store = host_.open_store();
        Status status;
        status.vintages = releases(store, std::nullopt, {}).size();
        for (const auto& flag : chosen_flags(store, Catalogue(), {}, false)) {
            ++status.open_flags;
            if (flag.state == FlagState::open)
                ++status.unanswered[flag.kind];
        }
        if (const auto behind = store.behind())
            status.notes.push_back(
                fmt::format("the store is read from a replica, which may be {} s behind", behind->count()));
        return status;
    }
    DaemonFigures figures() const override
    {
        DaemonFigures figures;
        figures.now = host_.clock().now();
        figures.store_version = store_schema_version();
        figures.process = process_usage();
        figures.configuration_read_at = host_.configured_at();
        const auto store = host_.open_store();
        figures.store = store_figures(store, store.folder());
        return figures;
    }

private:
    const PlaceHost& host_;
};

ServeSettings settings_for(const Installation& installation, const std::vector<std::string>& listen)
{
    auto settings = read_settings(installation).serve;
    if (listen.empty())
        return settings;
    settings.addresses = ServeSettings::Addresses::stated;
    settings.listen.clear();
    for (const auto& text : listen) {
        const auto address = parse_tcp_address(text);
        if (!address)
            throw usage_error("--listen: '{}' is no address with a port, as 127.0.0.1:7587 or [::1]:7587",
                              excerpt(text));
        settings.listen.push_back(*address);
    }
    return settings;
}

void wait_for(std::stop_token stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait(lock, stop, [] { return false; });
}

} // namespace

ExitCode serve_read_only(Context& context, const ReadOnlyOptions& options)
{
    const auto installation = context.installation();
    const auto settings = settings_for(installation, options.listen);
    const TcpAccess access{settings.hosts, "", settings.names, true};
    const PlaceHost host(place_of(options.place, installation), installation, access, context.clock);
    static_cast<void>(host.open_store()); // what is wrong with it is said now
    const Signals signals;                // before there are threads
    const PlaceView view(host);
    ClosedDesk desk;
    StoreReader reader(host);
    auto listeners = listeners_of(settings);
    if (listeners.empty())
        throw error("there is no address to serve on: name one by --listen or in [serve] listen");
    for (const auto& listener : listeners)
        spdlog::info("HTTP on http://{}, for reading", to_text(listener.address()));
    const TcpServer server(
        std::move(listeners), desk,
        joined(joined(health_routes(view), api_routes(reader, host)), page_routes(reader, host, view, desk)),
        [access] { return access; });
    spdlog::info("serving {}", options.place);
    wait_for(signals.stop());
    return ExitCode::good;
}

} // namespace skurd
