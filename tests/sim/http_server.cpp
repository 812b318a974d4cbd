#include "tests/sim/http_server.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <httplib.h>

#include <thread>

namespace skurd::sim {

namespace {

void fill(httplib::Response& response, const HttpReply& reply)
{
    response.status = reply.status;
    for (const auto& [name, value] : reply.headers)
        response.set_header(name, value);
    if (!reply.cut_after) {
        response.set_content(reply.body, reply.content_type);
        return;
    }
    const auto sent = std::min(*reply.cut_after, reply.body.size());
    response.set_content_provider(
        reply.body.size(), reply.content_type,
        [part = reply.body.substr(0, sent)](std::size_t offset, std::size_t, httplib::DataSink& sink) {
            if (offset == 0)
                sink.write(part.data(), part.size());
            return false;
        });
}

} // namespace

struct HttpServer::Running {
    httplib::Server server;
    int port = 0;
    std::thread thread;
};

HttpServer::HttpServer(int port, Answer answer) : running_(std::make_unique<Running>())
{
    auto& server = running_->server;
    const auto handle = [answer = std::move(answer)](const httplib::Request& request, httplib::Response& response) {
        std::map<std::string, std::string> headers;
        for (const auto& [name, value] : request.headers)
            headers[to_lower(name)] = value;
        fill(response, answer({request.method, request.path, request.target, request.params, request.body, headers}));
    };
    server.Get(".*", handle);
    server.Post(".*", handle);
    server.set_tcp_nodelay(true);
    server.set_keep_alive_timeout(1); // how long destruction may wait for an idle connection
    server.new_task_queue = [] { return new httplib::ThreadPool(4); }; // NOLINT(*-owning-memory): the server owns it
    const bool bound = port == 0 || server.bind_to_port("127.0.0.1", port);
    running_->port = port == 0 ? server.bind_to_any_port("127.0.0.1") : port;
    if (!bound || running_->port <= 0)
        throw error("port {} on 127.0.0.1 cannot be had: choose another, or 0 for any", port);
    running_->thread = std::thread([&server] { server.listen_after_bind(); });
    while (!server.is_running())
        std::this_thread::yield();
}

HttpServer::~HttpServer()
{
    running_->server.stop();
    running_->thread.join();
}

int HttpServer::port() const
{
    return running_->port;
}

} // namespace skurd::sim
