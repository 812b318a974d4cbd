#include "page/page_routes.hpp"

#include "api/endpoint.hpp"
#include "base/text.hpp"
#include "lib/openssl/same_secret.hpp"
#include "page/assets.hpp"
#include "page/pages.hpp"
#include "page/session.hpp"
#include "query/flags.hpp"
#include "serve/content_coding.hpp"

#include <fmt/format.h>

#include <array>
#include <functional>

namespace skurd {

namespace {

constexpr std::size_t fields_bytes_max = 64 << 10;
constexpr std::size_t fields_max = 1000;

/// What lies behind all pages.
struct PageServices {
    StoreReader& reader;
    const PageHost& host;
    const DaemonView& view;
    OrderDesk& desk;
};

struct PageEntry {
    enum class Day { today, any };

    std::string_view path;
    std::string_view section; ///< the entry of the menu that it belongs to
    HtmlPage (*make)(const PageSources&) = nullptr;
    Day day = Day::today; ///< whether it can be seen as of another day
};

constexpr std::array<PageEntry, 9> pages = {
    {{"/", "/", &overview_page, PageEntry::Day::any},
     {"/indicators", "/indicators", &indicators_page},
     {"/indicators/{id}", "/indicators", &indicator_page, PageEntry::Day::any},
     {"/flags", "/flags", &flags_page},
     {"/flags/{id}", "/flags", &flag_page},
     {"/changes", "/changes", &changes_page},
     {"/data", "/data", &data_page, PageEntry::Day::any},
     {"/sources", "/sources", &sources_page},
     {"/orders/{id}", "/sources", &order_page}}};

struct FormEntry {
    std::string_view path;
    std::string (*take)(const PageSources&) = nullptr;
};

constexpr std::array<FormEntry, 3> forms = {{{"/flags/acknowledge", &acknowledge},
                                             {"/sources/harvest", &harvest},
                                             {"/sources/quarantine", &answer_quarantine}}};

/// What a page repeats is text.
void require_text(const HttpRequest& request)
{
    for (const auto& [name, value] : request.query)
        if (!is_valid_utf8(name) || !is_valid_utf8(value))
            throw usage_error("what is asked for is not UTF-8");
}

/// Calls what answers a request; what it throws becomes a page that says so.
HttpResponse answer(const HttpRequest& request, const PageHost& host,
                    const std::function<HttpResponse(const PageRequest&)>& make)
{
    const auto told = [&](int status, const std::string& sentence) {
        HttpRequest bare;
        bare.path = is_valid_utf8(request.path) ? request.path : "/";
        bare.accept_language = request.accept_language;
        return problem_page(PageRequest(bare, host), status, sentence);
    };
    try {
        require_text(request);
        return make(PageRequest(request, host));
    } catch (const NothingThereError& failure) {
        return told(404, failure.what());
    } catch (const StoreError& failure) {
        return told(503, failure.what());
    } catch (const DeskClosedError& failure) {
        return told(503, failure.what());
    } catch (const Error& failure) {
        return told(failure.code() == ExitCode::usage ? 400 : 500, failure.what());
    }
}

HttpResponse show(const PageServices& services, const PageEntry& entry, const PageRequest& request,
                  const std::string& id)
{
    const auto reading = services.reader.read();
    auto page = entry.make({request, *reading, services.host, services.view, services.desk, id});
    page.section = entry.section;
    page.has_day = entry.day == PageEntry::Day::any;
    page.unanswered = unanswered_flags(reading->store);
    page.behind = reading->behind;
    return render(request, page);
}

/// A form of this session's is taken, and no other: a page of somebody else's has no secret.
HttpResponse take(const PageServices& services, const FormEntry& entry, const PageRequest& request)
{
    if (request.session.empty())
        return go_to(request.link("/login", {{"next", "/"}}));
    if (!is_same_secret(request.field("secret"), request.secret))
        return problem_page(request, 403,
                            request.say("Skjemaet er ikke fra denne økten. Hent siden på nytt og send det igjen.",
                                        "The form is not of this session. Load its page anew and send it again."));
    const auto reading = services.reader.read();
    return go_to(entry.take({request, *reading, services.host, services.view, services.desk, ""}));
}

/// A path of our own: what a link from outside could make of it leads nowhere else.
std::string own_path(const std::string& path)
{
    const bool is_ours = path.starts_with('/') && !path.starts_with("//") &&
                         path.find_first_of("\\\r\n\t") == std::string::npos && is_valid_utf8(path);
    return is_ours ? path : "/";
}

HttpResponse login_page(const PageRequest& request, const std::string& mistake)
{
    HtmlPage page{
        "login",
        request.say("Logg inn", "Log in"),
        {{"action", request.link("/login")}, {"next", own_path(request.query("next"))}, {"mistake", mistake}},
        mistake.empty() ? 200 : 403};
    return render(request, page);
}

std::string session_header(const std::string& value, std::chrono::seconds lasts)
{
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}", session_cookie, value, lasts.count());
}

HttpResponse log_in(const PageServices& services, const PageRequest& request)
{
    const auto access = services.host.access();
    if (access.token.empty())
        return login_page(request, request.say("Ingen nøkkel er satt opp: se [serve] token_file.",
                                               "No token is set up: see [serve] token_file."));
    if (!is_same_secret(trim(request.field("token")), access.token))
        return login_page(request, request.say("Nøkkelen er en annen.", "The token is another one."));
    auto response = go_to(own_path(request.field("next")));
    response.headers.emplace_back("Set-Cookie", session_header(new_session(access, request.now), session_length));
    return response;
}

HttpResponse log_out(const PageRequest& request)
{
    auto response = go_to("/");
    if (!request.session.empty() && is_same_secret(request.field("secret"), request.secret))
        response.headers.emplace_back("Set-Cookie", session_header("", std::chrono::seconds(0)));
    return response;
}

Route form_route(std::string_view path, Route::Handler handler)
{
    Route route{"POST", path, std::move(handler), 0, 0, RequestTerms::Answering::may_wait};
    route.fields_max = fields_bytes_max;
    route.parts_max = fields_max;
    route.guard = Route::Guard::handler;
    return route;
}

} // namespace

std::vector<Route> page_routes(StoreReader& reader, const PageHost& host, const DaemonView& view, OrderDesk& desk)
{
    const PageServices services{reader, host, view, desk};
    auto routes = asset_routes();
    for (const auto& entry : pages)
        routes.push_back({"GET", entry.path,
                          [services, &entry](const HttpRequest& request, const std::string& id) {
                              return coded(
                                  answer(request, services.host,
                                         [&](const PageRequest& asked) { return show(services, entry, asked, id); }),
                                  request);
                          },
                          0, 0, RequestTerms::Answering::takes_long});
    for (const auto& entry : forms)
        routes.push_back(form_route(entry.path, [services, &entry](const HttpRequest& request, const std::string&) {
            return answer(request, services.host,
                          [&](const PageRequest& asked) { return take(services, entry, asked); });
        }));
    routes.push_back({"GET", "/login", [services](const HttpRequest& request, const std::string&) {
                          return answer(request, services.host,
                                        [](const PageRequest& asked) { return login_page(asked, ""); });
                      }});
    routes.push_back(form_route("/login", [services](const HttpRequest& request, const std::string&) {
        return answer(request, services.host, [&](const PageRequest& asked) { return log_in(services, asked); });
    }));
    routes.push_back(form_route("/logout", [services](const HttpRequest& request, const std::string&) {
        return answer(request, services.host, [](const PageRequest& asked) { return log_out(asked); });
    }));
    return routes;
}

} // namespace skurd
