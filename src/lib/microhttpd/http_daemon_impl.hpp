// The insides of HttpDaemon, which two files share: http_daemon.cpp has the library's callbacks, production.cpp what
// is answered on other threads.
#pragma once

#include "lib/microhttpd/answer_threads.hpp"
#include "lib/microhttpd/form_reader.hpp"
#include "lib/microhttpd/http_daemon.hpp"
#include "lib/microhttpd/produced_body.hpp"

#include <microhttpd.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

struct HttpDaemon::Impl {
    /// An open connection.
    struct Link {
        int descriptor = -1;
        std::optional<TimePoint> deadline; ///< for a whole request; nothing while one is answered
    };

    /// The stream of an open connection.
    struct OpenStream {
        MHD_Connection* connection = nullptr;
        int descriptor = -1;
        bool is_suspended = false;
        std::optional<TimePoint> given_at; ///< when the library was given bytes that it is not known to have sent
        bool is_produced = false;

        // Of the library's thread alone.
        std::unique_ptr<HttpStream> stream;
        std::string text;      ///< that the stream gave
        std::size_t given = 0; ///< of it
    };

    /// One request on its way, from its head to the end of its answer.
    struct Exchange {
        HttpRequest request;
        RequestTerms terms;
        std::optional<HttpResponse> response; ///< of the worker
        std::unique_ptr<FormReader> form;
        std::size_t counted = 0;           ///< bytes of it in `bodies`
        std::string mistake;               ///< in its body; "" = none
        int status = MHD_HTTP_BAD_REQUEST; ///< that a mistake is answered with
        /// Shared with the library's response: which of the two ends first is not said.
        std::shared_ptr<OpenStream> stream;
    };

    struct StreamContext;
    class Production;

    Impl(HttpService& its_service, const HttpDaemonLimits& its_limits) : service(its_service), limits(its_limits) {}

    HttpService& service;
    HttpDaemonLimits limits;
    MHD_Daemon* handle = nullptr;
    std::mutex mutex; ///< of what follows
    std::map<MHD_Connection*, Link> links;
    std::set<std::shared_ptr<OpenStream>> streams;
    std::vector<std::weak_ptr<ProducedBody>> produced; ///< that may be on their way
    std::atomic<std::uint64_t> wake_ups = 0;
    std::atomic<bool> is_ending = false;
    std::size_t bodies = 0; ///< bytes, of the library's thread alone
    AnswerThreads threads;

    static void on_connection(void* impl, MHD_Connection* connection, void** context,
                              MHD_ConnectionNotificationCode what) noexcept;
    static MHD_Result on_request(void* impl, MHD_Connection* connection, const char* path, const char* method,
                                 const char* version, const char* bytes, std::size_t* size, void** context) noexcept;
    static void on_completed(void* impl, MHD_Connection* connection, void** context,
                             MHD_RequestTerminationCode how) noexcept;
    static ssize_t on_stream(void* context, std::uint64_t position, char* buffer, std::size_t size) noexcept;
    static void on_stream_freed(void* context) noexcept;

    MHD_Result begin(MHD_Connection* connection, Exchange& exchange);
    void take(Exchange& exchange, std::string_view bytes);
    MHD_Result answer(MHD_Connection* connection, Exchange& exchange);
    MHD_Result hand_over(MHD_Connection* connection, Exchange& exchange);
    HttpResponse answer_apart(const Exchange& exchange);
    void post(MHD_Connection* connection, Exchange& exchange, HttpResponse response);
    std::shared_ptr<ProducedBody> begin_body();
    void cut_off_bodies();
    MHD_Result send(MHD_Connection* connection, Exchange& exchange, HttpResponse response);
    MHD_Response* open_stream(MHD_Connection* connection, Exchange& exchange, std::unique_ptr<HttpStream> stream);
    void set_deadline(MHD_Connection* connection, std::optional<TimePoint> deadline);
    void resume_streams();
    ssize_t fill(OpenStream& open, char* buffer, std::size_t size);
    bool suspend(OpenStream& open, std::uint64_t wake_ups_before);
};

struct HttpDaemon::Impl::StreamContext {
    Impl* impl;
    std::shared_ptr<OpenStream> open;
};

} // namespace skurd
