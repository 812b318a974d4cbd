// An answer that may wait is made on another thread while its connection is suspended, and one that is produced is
// sent from there piece by piece.
#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/microhttpd/http_daemon_impl.hpp"

#include <spdlog/spdlog.h>

namespace skurd {

/// An answer that is produced, on the thread that produces it. Its head is sent with the first piece: until then it
/// can become another answer.
class HttpDaemon::Impl::Production {
public:
    Production(Impl& impl, MHD_Connection* connection, Exchange& exchange, HttpResponse response)
        : impl_(impl), connection_(connection), exchange_(exchange), response_(std::move(response))
    {
    }

    void run()
    {
        const auto produce = std::exchange(response_.produce, nullptr);
        try {
            auto instead = produce([this](std::string_view bytes) { write(bytes); });
            if (instead)
                return fail(std::move(*instead));
            end();
        } catch (const ReaderGone&) {
            if (body_)
                body_->cut_off();
            else
                fail(impl_.service.refuse(MHD_HTTP_SERVICE_UNAVAILABLE,
                                          "too many answers are being sent at once; try again"));
        } catch (const std::exception& failure) {
            fail(impl_.service.refuse(MHD_HTTP_INTERNAL_SERVER_ERROR, full_message(failure)));
        }
    }

private:
    void write(std::string_view bytes)
    {
        pending_ += bytes;
        if (pending_.size() < piece_size)
            return;
        if (!body_)
            begin();
        body_->put(std::exchange(pending_, {}));
    }

    void begin()
    {
        if (!impl_.threads.begin_sending())
            throw ReaderGone();
        body_ = impl_.begin_body();
        response_.stream = std::make_unique<ProducedStream>(body_);
        impl_.post(connection_, exchange_, std::move(response_));
    }

    void end()
    {
        if (body_) {
            body_->put(std::move(pending_));
            return body_->end();
        }
        response_.body = std::move(pending_);
        impl_.post(connection_, exchange_, std::move(response_));
    }

    void fail(HttpResponse instead)
    {
        if (!body_)
            return impl_.post(connection_, exchange_, whole(std::move(instead)));
        spdlog::error("an HTTP answer: {}", excerpt(instead.body, 500));
        body_->cut_off();
    }

    Impl& impl_;
    MHD_Connection* connection_;
    Exchange& exchange_;
    HttpResponse response_;
    std::string pending_;                ///< bytes that were not put yet
    std::shared_ptr<ProducedBody> body_; ///< once the head is sent
};

/// The library asks again when the connection is resumed, and the answer is there then. Until that the request stays.
MHD_Result HttpDaemon::Impl::hand_over(MHD_Connection* connection, Exchange& exchange)
{
    const std::lock_guard lock(mutex); // post() waits until it is suspended
    MHD_suspend_connection(connection);
    const bool is_taken = threads.add(exchange.terms.answering, [this, connection, &exchange] {
        auto response = answer_apart(exchange);
        if (response.produce)
            Production(*this, connection, exchange, std::move(response)).run();
        else
            post(connection, exchange, std::move(response));
    });
    if (!is_taken) {
        exchange.response = service.refuse(MHD_HTTP_SERVICE_UNAVAILABLE, "the server is stopping");
        MHD_resume_connection(connection);
    }
    return MHD_YES;
}

/// Only who takes long may produce a body while it is sent.
HttpResponse HttpDaemon::Impl::answer_apart(const Exchange& exchange)
{
    try {
        auto response = service.answer(exchange.request);
        return exchange.terms.answering == RequestTerms::Answering::takes_long ? std::move(response)
                                                                               : whole(std::move(response));
    } catch (const std::exception& failure) {
        return service.refuse(MHD_HTTP_INTERNAL_SERVER_ERROR, full_message(failure));
    }
}

/// From then on request and connection are the library's thread's again.
void HttpDaemon::Impl::post(MHD_Connection* connection, Exchange& exchange, HttpResponse response)
{
    const std::lock_guard lock(mutex);
    exchange.response = std::move(response);
    MHD_resume_connection(connection);
}

std::shared_ptr<ProducedBody> HttpDaemon::Impl::begin_body()
{
    auto body = std::make_shared<ProducedBody>(
        [this] {
            ++wake_ups;
            resume_streams();
        },
        std::chrono::steady_clock::now() + limits.body);
    const std::lock_guard lock(mutex);
    std::erase_if(produced, [](const auto& one) { return one.expired(); });
    produced.push_back(body);
    if (is_ending)
        body->abandon();
    return body;
}

/// So that nobody waits for a reader.
void HttpDaemon::Impl::cut_off_bodies()
{
    std::vector<std::weak_ptr<ProducedBody>> all;
    {
        const std::lock_guard lock(mutex);
        all = produced;
    }
    for (const auto& one : all)
        if (const auto body = one.lock())
            body->cut_off();
}

} // namespace skurd
