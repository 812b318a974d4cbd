#pragma once

#include "base/error.hpp"
#include "lib/json/json.hpp"
#include "lib/microhttpd/http_service.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// A way to ask something: a row of a route table.
struct Route {
    /// Answers; `id` is what stands for the variables in the path, joined by "/"; "" where it has none. What it
    /// throws is answered with status 500 and the error's message.
    using Handler = std::function<HttpResponse(const HttpRequest&, const std::string& id)>;

    std::string_view method; ///< "GET"
    std::string_view path;   ///< with "{name}" for parts that vary: "/api/v1/orders/{id}"
    Handler handler;
    std::size_t json_max = 0; ///< bytes that a body of application/json may have; 0 = there is none
    std::size_t form_max = 0; ///< bytes of a multipart/form-data; 0 = there is none
    RequestTerms::Answering answering = RequestTerms::Answering::at_once;
    std::size_t fields_max = 0; ///< bytes of application/x-www-form-urlencoded; 0 = there is none
    std::size_t parts_max = 8;  ///< of a form, or fields
    /// Who sees to it that whoever writes over TCP may: the server, which wants the token, or the handler itself,
    /// for a form that a browser sends.
    enum class Guard { server, handler };
    Guard guard = Guard::server;
    bool has_head = true; ///< of GET: whether HEAD is answered too
};

/// Two route tables as one.
std::vector<Route> joined(std::vector<Route> routes, const std::vector<Route>& more);

/// Finds who answers a request; HEAD is answered as GET is, without the body. What nobody does is refused with the
/// reason before its body is read: 404, 405 (with Allow), 411, 413, 414, 415.
class Router {
public:
    explicit Router(std::vector<Route> routes) : routes_(std::move(routes)) {}

    std::variant<RequestTerms, HttpResponse> begin(const HttpRequest& head) const;
    HttpResponse answer(const HttpRequest& request) const;
    /// Who guards what is asked for; the server, where that is nothing.
    Route::Guard guard_of(const HttpRequest& head) const;

private:
    struct Found {
        const Route* route = nullptr;
        std::string id;
        std::string allowed; ///< methods of the path, where none fits
    };
    Found find(const HttpRequest& request) const;

    std::vector<Route> routes_;
};

HttpResponse json_response(int status, const Json& json);
/// {"error": text, "exit": code}
HttpResponse error_response(int status, const std::string& text, ExitCode exit = ExitCode::usage);

} // namespace skurd
