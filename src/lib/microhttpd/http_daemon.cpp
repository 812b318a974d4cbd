// What is shared by the library's thread (its callbacks, below) and the owner's (deadlines, wake-ups) is under one
// mutex, which no call of the service is made under. A stream without anything to send is suspended, and resumed by
// wake_streams(): a wake-up that falls between the stream's "nothing" and the suspension is seen by the count of
// them. A connection is only suspended from a callback of its own, and a daemon is only stopped when none is
// suspended (the library would abort), which end_streams() sees to. Descriptors are shut down by us and closed by the
// library, which says so under the mutex before it does, so a number is never somebody else's.
#include "lib/microhttpd/http_daemon.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/microhttpd/http_daemon_impl.hpp"
#include "lib/microhttpd/request_head.hpp"

#include <microhttpd.h>

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <sys/socket.h>
#include <sys/un.h>

namespace skurd {

namespace {

constexpr unsigned connections_max = 4096; ///< the owner has a lower one
constexpr std::size_t connection_memory = 16 << 10;
constexpr unsigned silence_seconds_max = 10;
constexpr std::size_t stream_block = 16 << 10;

void on_log(void*, const char* format, va_list arguments) noexcept
{
    std::array<char, 500> text{};
    static_cast<void>(std::vsnprintf(text.data(), text.size(), format, arguments));
    spdlog::debug("http: {}", excerpt(text.data(), text.size()));
}

} // namespace

void HttpDaemon::Impl::on_connection(void* impl, MHD_Connection* connection, void**,
                                     MHD_ConnectionNotificationCode what) noexcept
try {
    auto& self = *static_cast<Impl*>(impl);
    const std::lock_guard lock(self.mutex);
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        self.links[connection] = {descriptor_of(connection), std::chrono::steady_clock::now() + self.limits.request};
    else
        self.links.erase(connection);
} catch (const std::exception&) {
    // Out of memory: the connection has no deadline but the library's.
}

void HttpDaemon::Impl::set_deadline(MHD_Connection* connection, std::optional<TimePoint> deadline)
{
    const std::lock_guard lock(mutex);
    if (const auto found = links.find(connection); found != links.end())
        found->second.deadline = deadline;
}

/// Called with the head, with each piece of the body, and when all of it is there.
MHD_Result HttpDaemon::Impl::on_request(void* impl, MHD_Connection* connection, const char* path, const char* method,
                                        const char*, const char* bytes, std::size_t* size, void** context) noexcept
try {
    auto& self = *static_cast<Impl*>(impl);
    if (!*context) {
        auto exchange = std::make_unique<Exchange>();
        exchange->request = request_head(connection, path, method);
        *context = exchange.get();
        return self.begin(connection, *exchange.release()); // on_completed() takes it back
    }
    auto& exchange = *static_cast<Exchange*>(*context);
    if (*size == 0)
        return self.answer(connection, exchange);
    self.take(exchange, {bytes, *size});
    *size = 0;
    return MHD_YES;
} catch (const std::exception& failure) { // the library closes the connection
    spdlog::error("an HTTP request: {}", full_message(failure));
    return MHD_NO;
}

MHD_Result HttpDaemon::Impl::begin(MHD_Connection* connection, Exchange& exchange)
{
    auto decided = service.begin(exchange.request);
    if (auto* refusal = std::get_if<HttpResponse>(&decided))
        return send(connection, exchange, std::move(*refusal));
    exchange.terms = std::get<RequestTerms>(decided);
    const auto& type = exchange.request.content_type;
    if (type == "multipart/form-data" || type == "application/x-www-form-urlencoded")
        exchange.form = std::make_unique<FormReader>(connection, exchange.terms);
    return MHD_YES;
}

/// Of a body that is refused the rest is read and forgotten, until the request's deadline.
void HttpDaemon::Impl::take(Exchange& exchange, std::string_view bytes)
{
    if (!exchange.mistake.empty())
        return;
    exchange.counted += bytes.size();
    bodies += bytes.size();
    if (bodies > limits.bodies) {
        exchange.status = MHD_HTTP_SERVICE_UNAVAILABLE;
        exchange.mistake = "too many files are being sent at once; try again";
    } else if (exchange.counted > exchange.terms.bytes_max) {
        exchange.status = MHD_HTTP_CONTENT_TOO_LARGE;
        exchange.mistake = fmt::format("the body has more than {} bytes", exchange.terms.bytes_max);
    } else if (exchange.form) {
        exchange.form->take(bytes);
    } else {
        exchange.request.body.append(bytes);
    }
}

MHD_Result HttpDaemon::Impl::answer(MHD_Connection* connection, Exchange& exchange)
{
    if (exchange.response)
        return send(connection, exchange, std::move(*exchange.response));
    set_deadline(connection, std::nullopt);
    if (exchange.form && exchange.mistake.empty())
        exchange.mistake = exchange.form->end();
    if (!exchange.mistake.empty())
        return send(connection, exchange, service.refuse(exchange.status, exchange.mistake));
    if (exchange.form)
        exchange.request.form = std::move(exchange.form->parts());
    if (exchange.terms.answering == RequestTerms::Answering::at_once)
        return send(connection, exchange, whole(service.answer(exchange.request)));
    return hand_over(connection, exchange);
}

MHD_Result HttpDaemon::Impl::send(MHD_Connection* connection, Exchange& exchange, HttpResponse response)
{
    auto& body = response.body;
    const std::unique_ptr<MHD_Response, decltype(&MHD_destroy_response)> built(
        response.stream ? open_stream(connection, exchange, std::move(response.stream))
                        : MHD_create_response_from_buffer(body.size(), body.data(), MHD_RESPMEM_MUST_COPY),
        &MHD_destroy_response);
    if (!built)
        return MHD_NO;
    for (const auto& [name, value] : response.headers)
        MHD_add_response_header(built.get(), name.c_str(), value.c_str());
    return MHD_queue_response(connection, static_cast<unsigned>(response.status), built.get());
}

MHD_Response* HttpDaemon::Impl::open_stream(MHD_Connection* connection, Exchange& exchange,
                                            std::unique_ptr<HttpStream> stream)
{
    auto open = std::make_shared<OpenStream>();
    open->connection = connection;
    open->descriptor = descriptor_of(connection);
    open->is_produced = dynamic_cast<ProducedStream*>(stream.get()) != nullptr;
    open->stream = std::move(stream);
    exchange.stream = open;
    {
        const std::lock_guard lock(mutex);
        streams.insert(open);
    }
    auto context = std::make_unique<StreamContext>(StreamContext{this, std::move(open)});
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, stream_block, &on_stream, context.release(),
                                             &on_stream_freed);
}

void HttpDaemon::Impl::on_stream_freed(void* context) noexcept
{
    const std::unique_ptr<StreamContext> taken_back(static_cast<StreamContext*>(context));
}

ssize_t HttpDaemon::Impl::on_stream(void* context, std::uint64_t, char* buffer, std::size_t size) noexcept
try {
    auto& stream = *static_cast<StreamContext*>(context);
    return stream.impl->fill(*stream.open, buffer, size);
} catch (const std::exception& failure) {
    spdlog::error("an HTTP stream: {}", full_message(failure));
    return MHD_CONTENT_READER_END_WITH_ERROR;
}

/// The library asks for more once it has sent what it had.
ssize_t HttpDaemon::Impl::fill(OpenStream& open, char* buffer, std::size_t size)
{
    {
        const std::lock_guard lock(mutex);
        open.given_at.reset();
    }
    while (open.given == open.text.size()) {
        const auto before = wake_ups.load();
        auto next = open.stream->next();
        if (!next)
            return MHD_CONTENT_READER_END_OF_STREAM;
        if (next->empty() && is_ending)
            return open.is_produced ? MHD_CONTENT_READER_END_WITH_ERROR : MHD_CONTENT_READER_END_OF_STREAM;
        if (next->empty() && suspend(open, before))
            return 0;
        open.text = std::move(*next);
        open.given = 0;
    }
    const auto count = open.text.copy(buffer, size, open.given);
    open.given += count;
    const std::lock_guard lock(mutex);
    open.given_at = std::chrono::steady_clock::now();
    return static_cast<ssize_t>(count);
}

/// False where there may be something by now.
bool HttpDaemon::Impl::suspend(OpenStream& open, std::uint64_t wake_ups_before)
{
    const std::lock_guard lock(mutex);
    if (is_ending || wake_ups != wake_ups_before)
        return false;
    open.is_suspended = true;
    MHD_suspend_connection(open.connection);
    return true;
}

void HttpDaemon::Impl::on_completed(void* impl, MHD_Connection* connection, void** context,
                                    MHD_RequestTerminationCode) noexcept
{
    auto& self = *static_cast<Impl*>(impl);
    const std::unique_ptr<Exchange> exchange(static_cast<Exchange*>(*context));
    *context = nullptr;
    if (!exchange)
        return;
    self.bodies -= exchange->counted;
    self.set_deadline(connection, std::chrono::steady_clock::now() + self.limits.request);
    if (!exchange->stream)
        return;
    {
        const std::lock_guard lock(self.mutex);
        self.streams.erase(exchange->stream);
    }
    exchange->stream->stream.reset();
}

HttpDaemon::HttpDaemon(HttpService& service, const HttpDaemonLimits& limits)
    : impl_(std::make_unique<Impl>(service, limits))
{
    constexpr unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC |
                               MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG;
    impl_->handle = MHD_start_daemon(
        flags, 0, nullptr, nullptr, &Impl::on_request, impl_.get(), MHD_OPTION_EXTERNAL_LOGGER, &on_log, nullptr,
        MHD_OPTION_NOTIFY_CONNECTION, &Impl::on_connection, impl_.get(), MHD_OPTION_NOTIFY_COMPLETED,
        &Impl::on_completed, impl_.get(), MHD_OPTION_CONNECTION_LIMIT, connections_max,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory, MHD_OPTION_CONNECTION_TIMEOUT, silence_seconds_max,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!impl_->handle)
        throw error("the HTTP server cannot start: {}", std::strerror(errno));
}

HttpDaemon::~HttpDaemon()
{
    impl_->is_ending = true;
    impl_->cut_off_bodies();
    impl_->threads.end();
    end_streams();
    MHD_stop_daemon(impl_->handle);
}

void HttpDaemon::add(int connection)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    if (::getpeername(connection, generic, &size) != 0) { // it is gone already, as the library will find
        address.ss_family = AF_UNIX;
        size = sizeof(sockaddr_un);
    }
    MHD_add_connection(impl_->handle, connection, generic, size);
}

std::size_t HttpDaemon::connections() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->links.size();
}

bool HttpDaemon::is_answering() const
{
    const std::lock_guard lock(impl_->mutex);
    return std::any_of(impl_->links.begin(), impl_->links.end(),
                       [](const auto& link) { return !link.second.deadline; });
}

bool HttpDaemon::drop_oldest_waiting()
{
    const std::lock_guard lock(impl_->mutex);
    Impl::Link* oldest = nullptr;
    for (auto& [connection, link] : impl_->links)
        if (link.deadline && (!oldest || *link.deadline < *oldest->deadline))
            oldest = &link;
    if (!oldest)
        return false;
    ::shutdown(oldest->descriptor, SHUT_RDWR);
    oldest->deadline.reset();
    return true;
}

void HttpDaemon::Impl::resume_streams()
{
    const std::lock_guard lock(mutex);
    for (const auto& open : streams)
        if (std::exchange(open->is_suspended, false))
            MHD_resume_connection(open->connection);
}

void HttpDaemon::wake_streams()
{
    ++impl_->wake_ups;
    impl_->resume_streams();
}

std::optional<HttpDaemon::TimePoint> HttpDaemon::close_late(TimePoint now)
{
    const std::lock_guard lock(impl_->mutex);
    std::optional<TimePoint> next;
    const auto see = [&](std::optional<TimePoint>& deadline, TimePoint at, int descriptor) {
        if (at <= now) {
            ::shutdown(descriptor, SHUT_RDWR);
            deadline.reset();
        } else {
            next = next ? std::min(*next, at) : at;
        }
    };
    for (auto& [connection, link] : impl_->links)
        if (link.deadline)
            see(link.deadline, *link.deadline, link.descriptor);
    for (const auto& open : impl_->streams)
        if (open->given_at)
            see(open->given_at,
                *open->given_at + (open->is_produced ? impl_->limits.stuck_body : impl_->limits.stuck),
                open->descriptor);
    return next;
}

void HttpDaemon::end_streams()
{
    impl_->is_ending = true;
    impl_->cut_off_bodies();
    wake_streams();
}

} // namespace skurd
