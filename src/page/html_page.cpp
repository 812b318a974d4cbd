#include "page/html_page.hpp"

#include "base/embedded_file.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "lib/mstch/template.hpp"
#include "lib/openssl/sha256.hpp"
#include "page/assets.hpp"

#include <fmt/format.h>

#include <array>
#include <map>

namespace skurd {

namespace {

struct MenuEntry {
    std::string_view path;
    std::string_view nb;
    std::string_view en;
};

constexpr std::array<MenuEntry, 6> menu = {{{"/", "Oversikt", "Overview"},
                                            {"/indicators", "Indikatorer", "Indicators"},
                                            {"/flags", "Flagg", "Flags"},
                                            {"/changes", "Endringer", "Changes"},
                                            {"/data", "Data", "Data"},
                                            {"/sources", "Kilder", "Sources"}}};

constexpr auto policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The words of one language in `[[nb|en]]`.
std::string in_language(const std::string& text, Language language)
{
    std::string made;
    std::size_t at = 0;
    for (;;) {
        const auto begin = text.find("[[", at);
        if (begin == std::string::npos)
            return made + text.substr(at);
        const auto bar = text.find('|', begin);
        const auto end = text.find("]]", begin);
        made += text.substr(at, begin - at);
        made +=
            language == Language::nb ? text.substr(begin + 2, bar - begin - 2) : text.substr(bar + 1, end - bar - 1);
        at = end + 2;
    }
}

using Templates = std::map<std::string, std::string>; ///< by name without ending

Templates templates_in(Language language)
{
    Templates all;
    for (const auto& file : page_files())
        if (file.name.ends_with(".html"))
            all[file.name.substr(0, file.name.size() - 5)] = in_language(file.bytes, language);
    return all;
}

const Templates& templates(Language language)
{
    static const Templates nb = templates_in(Language::nb);
    static const Templates en = templates_in(Language::en);
    return language == Language::nb ? nb : en;
}

Json menu_json(const PageRequest& request, const HtmlPage& page)
{
    Json entries = Json::array();
    for (const auto& entry : menu) {
        const bool counts_flags = entry.path == "/flags" && page.unanswered > 0;
        entries.push_back({{"link", request.link(entry.path)},
                           {"words", request.say(entry.nb, entry.en)},
                           {"count", counts_flags ? Json(std::to_string(page.unanswered)) : Json(nullptr)},
                           {"is_here", entry.path == page.section}});
    }
    return entries;
}

/// The form that asks for another day keeps what was asked for beside it.
Json kept_json(const PageRequest& request)
{
    Json kept = Json::array();
    for (const auto& [name, value] : request.request.query)
        if (name != "as_of" && !value.empty())
            kept.push_back({{"name", name}, {"value", value}});
    return kept;
}

/// What a replica's pages say below; null elsewhere. By the minute, so that pages stay the same in between.
Json behind_json(const PageRequest& request, const HtmlPage& page)
{
    if (!page.behind)
        return nullptr;
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(*page.behind).count();
    if (minutes == 0)
        return request.say("Lest fra en kopi som er à jour.", "Read from a replica that is up to date.");
    return fmt::format(fmt::runtime(request.say("Lest fra en kopi som kan ligge {} min etter.",
                                                "Read from a replica that may be {} min behind.")),
                       minutes);
}

Json frame_json(const PageRequest& request, const HtmlPage& page)
{
    const auto other = request.language == Language::nb ? "en" : "nb";
    return {{"lang", std::string(to_string(request.language))},
            {"chosen_lang", request.chosen_language},
            {"title", page.title},
            {"style", asset_path("style.css")},
            {"script", asset_path("skurd.js")},
            {"icon", asset_path("icon.svg")},
            {"menu", menu_json(request, page)},
            {"home", request.link("/")},
            {"path", request.request.path},
            {"here", request.link_with("lang", std::string(to_string(request.language)))},
            {"other_lang", other},
            {"other_language", request.link_with("lang", other)},
            {"has_day", page.has_day},
            {"day", request.chosen_day},
            {"today", format_date(request.now)},
            {"now_link", request.link_with("as_of", "")},
            {"kept", kept_json(request)},
            {"session", !request.session.empty()},
            {"secret", request.secret},
            {"can_log_in", request.can_log_in && request.session.empty()},
            {"log_in", request.link("/login", {{"next", request.request.path}})},
            {"log_out", request.link("/logout")},
            {"behind", behind_json(request, page)},
            {"is_awaited", page.is_awaited}};
}

} // namespace

const std::string& page_template(const std::string& name, Language language)
{
    const auto& all = templates(language);
    const auto found = all.find(name);
    if (found == all.end())
        throw error("there is no template {}.html", name);
    return found->second;
}

HttpResponse render(const PageRequest& request, const HtmlPage& page)
{
    auto with = frame_json(request, page);
    with.update(page.content);
    std::map<std::string, std::string> parts = templates(request.language);
    parts["content"] = page_template(std::string(page.name), request.language);
    HttpResponse response;
    response.status = page.status;
    response.body = fill_template(page_template("frame", request.language), with, parts);
    const auto tag = '"' + Sha256::of(response.body).substr(0, 32) + '"';
    if (page.status == 200 && request.request.if_none_match == tag) {
        response.status = 304;
        response.body.clear();
    }
    response.headers = {{"Content-Type", "text/html; charset=utf-8"},
                        {"ETag", tag},
                        {"Cache-Control", "private, no-cache"},
                        {"Vary", "Accept-Language, Cookie"},
                        {"Content-Security-Policy", policy},
                        {"X-Content-Type-Options", "nosniff"},
                        {"Referrer-Policy", "same-origin"},
                        {"Cross-Origin-Opener-Policy", "same-origin"},
                        {"Cross-Origin-Resource-Policy", "same-origin"}};
    return response;
}

HttpResponse go_to(const std::string& link)
{
    HttpResponse response;
    response.status = 303;
    response.headers = {{"Location", link}, {"Cache-Control", "no-store"}, {"Content-Type", "text/plain"}};
    return response;
}

HttpResponse problem_page(const PageRequest& request, int status, const std::string& sentence)
{
    HtmlPage page{"problem", request.say("Det gikk ikke", "That did not work"), {{"sentence", sentence}}, status};
    return render(request, page);
}

} // namespace skurd
