#include "page/page_request.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "page/session.hpp"

namespace skurd {

namespace {

constexpr std::size_t parameter_max = 1000; ///< bytes

std::string with_query(std::string_view path, const std::vector<std::pair<std::string, std::string>>& parameters)
{
    std::string link(path);
    char separator = '?';
    for (const auto& [name, value] : parameters) {
        if (value.empty())
            continue;
        link += separator + percent_encode(name) + "=" + percent_encode(value);
        separator = '&';
    }
    return link;
}

} // namespace

AsOf published_by(const std::string& text)
{
    if (text.empty())
        return {};
    const auto time = parse_time(text, DayEdge::end);
    if (!time)
        throw usage_error("'{}' is not a date or an instant (like 2018-06-01 or 2018-06-01T08:00:00Z)",
                          excerpt(text));
    return {time, std::nullopt};
}

Language wished_language(const std::string& accept_language)
{
    for (const auto one : split(accept_language, ',')) {
        const auto tag = to_lower(trim(one.substr(0, one.find(';'))));
        const auto language = tag.substr(0, tag.find('-'));
        if (language == "nb" || language == "no" || language == "nn")
            return Language::nb;
        if (language == "en")
            return Language::en;
    }
    return Language::nb;
}

PageRequest::PageRequest(const HttpRequest& its_request, const PageHost& host) : request(its_request)
{
    for (const auto& [name, value] : request.query)
        if (value.size() > parameter_max || !is_valid_utf8(value) || value.find('\0') != std::string::npos)
            throw usage_error("{}: text in UTF-8 of at most {} bytes is wanted", excerpt(name), parameter_max);
    now = host.clock().now();
    const auto access = host.access();
    can_log_in = !access.token.empty();
    names_are_told = host.names_are_told();
    session = session_in(request.cookie, access, now);
    if (!session.empty())
        secret = form_secret(session, access);
    const auto asked = query("lang");
    if (asked == "nb" || asked == "en")
        chosen_language = asked;
    language =
        chosen_language.empty() ? wished_language(request.accept_language) : *from_word<Language>(chosen_language);
    chosen_day = query("as_of");
    as_of = published_by(chosen_day);
}

std::string PageRequest::query(const char* name) const
{
    const auto found = request.query.find(name);
    return found == request.query.end() ? "" : std::string(trim(found->second));
}

std::string PageRequest::field(const char* name) const
{
    const auto found = request.form.find(name);
    return found == request.form.end() ? "" : found->second;
}

std::string PageRequest::link(std::string_view path,
                              const std::vector<std::pair<std::string_view, std::string>>& parameters) const
{
    std::vector<std::pair<std::string, std::string>> all(parameters.begin(), parameters.end());
    all.emplace_back("as_of", chosen_day);
    all.emplace_back("lang", chosen_language);
    return with_query(path, all);
}

std::string PageRequest::api_link(std::string_view path,
                                  const std::vector<std::pair<std::string_view, std::string>>& parameters) const
{
    std::vector<std::pair<std::string, std::string>> all(parameters.begin(), parameters.end());
    all.emplace_back("as_of", chosen_day);
    return with_query(path, all);
}

std::string PageRequest::link_with(std::string_view name, const std::string& value) const
{
    auto all = request.query;
    all[std::string(name)] = value;
    return with_query(request.path, {all.begin(), all.end()});
}

} // namespace skurd
