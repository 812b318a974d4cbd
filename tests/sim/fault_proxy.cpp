#include "tests/sim/fault_proxy.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <memory>

namespace skurd::sim {

FaultServer::FaultServer(int port) : wanted_port_(port) {}

void FaultServer::start()
{
    server_ = std::make_unique<RawServer>(wanted_port_, [this](Wire& wire) { serve(wire); });
}

void FaultServer::stop()
{
    server_.reset();
}

std::string FaultServer::host_url() const
{
    return fmt::format("http://127.0.0.1:{}", server_->port());
}

void FaultServer::settings(const FaultSettings& settings)
{
    const std::lock_guard lock(mutex_);
    settings_ = settings;
}

void FaultServer::release()
{
    server_->release();
}

void FaultServer::hold()
{
    server_->hold();
}

void FaultServer::wait_for_held(int exchanges)
{
    std::unique_lock lock(mutex_);
    held_more_.wait(lock, [&] { return held_ >= exchanges; });
}

std::vector<std::string> FaultServer::log() const
{
    const std::lock_guard lock(mutex_);
    return log_;
}

void FaultServer::serve(Wire& wire)
{
    const auto request = wire.read_request();
    if (!request)
        return;
    const auto detour = detour_of(request->target);
    FaultSettings settings;
    auto fault = Fault::none;
    {
        const std::lock_guard lock(mutex_);
        if (!detour)
            fault = choose(*request);
        log_.push_back(fmt::format("{} {} {}", request->method, request->target, name_of(fault)));
        settings = settings_;
        if (fault == Fault::latency || fault == Fault::silent || fault == Fault::drip)
            ++held_;
    }
    held_more_.notify_all();
    if (detour && !detour->onwards.empty())
        wire.send("HTTP/1.1 302 Found\r\nLocation: " + detour->onwards +
                  "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    else
        misbehave(wire, fault, right(*request, detour ? detour->target : request->target), request->target, settings);
}

SimHostile::SimHostile(int port) : FaultServer(port)
{
    start();
}

SimHostile::~SimHostile()
{
    stop();
}

Fault SimHostile::choose(const RawRequest& request)
{
    const auto path = request.target.substr(1, request.target.find_first_of("/?", 1) - 1);
    return fault_named(path).value_or(Fault::none);
}

RawReply SimHostile::right(const RawRequest&, const std::string&)
{
    return RawReply::json(R"({"class":"dataset","value":[1,2,3]})");
}

FaultProxy::FaultProxy(int port_of_server, int port) : FaultServer(port), upstream_(port_of_server)
{
    start();
}

FaultProxy::~FaultProxy()
{
    stop();
}

void FaultProxy::fault_at(int exchange, Fault fault, int times)
{
    const std::lock_guard lock(mutex_);
    for (int i = 0; i < times; ++i)
        planned_[exchange + i] = fault;
}

void FaultProxy::fault_every(int exchanges, Fault fault)
{
    const std::lock_guard lock(mutex_);
    every_ = exchanges;
    every_fault_ = fault;
}

void FaultProxy::fault_randomly(std::uint64_t seed, int percent, std::vector<Fault> faults)
{
    const std::lock_guard lock(mutex_);
    random_.seed(seed);
    percent_ = percent;
    random_faults_ = std::move(faults);
}

void FaultProxy::clear()
{
    const std::lock_guard lock(mutex_);
    planned_.clear();
    every_ = 0;
    percent_ = 0;
    exchanges_ = 0;
}

Fault FaultProxy::choose(const RawRequest&)
{
    ++exchanges_;
    if (const auto found = planned_.find(exchanges_); found != planned_.end())
        return found->second;
    if (every_ > 0 && exchanges_ % every_ == 0)
        return every_fault_;
    if (percent_ > 0 && !random_faults_.empty() && random_() % 100 < static_cast<std::uint64_t>(percent_))
        return random_faults_[random_() % random_faults_.size()];
    return Fault::none;
}

/// Asks the server behind with the same headers, but for the connection's own.
RawReply FaultProxy::right(const RawRequest& request, const std::string& target)
{
    auto head = fmt::format("{} {} HTTP/1.1\r\nConnection: close\r\n", request.method, target);
    const auto lines = split(request.head, '\n');
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto line = std::string(trim(lines[i]));
        const auto lower = to_lower(line);
        if (!line.empty() && !lower.starts_with("connection:") && !lower.starts_with("expect:"))
            head += line + "\r\n";
    }
    auto answer = exchange_with(upstream_, head + "\r\n" + request.body);
    if (answer.empty())
        answer = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    return RawReply::of(std::move(answer));
}

} // namespace skurd::sim
