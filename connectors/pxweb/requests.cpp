#include "connectors/pxweb/requests.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <cctype>

namespace skurd {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t url_size_max = 2000; // SSB's gateway answers 404 a little above
constexpr auto sweep_share = 10min;
constexpr std::size_t words_max = 3;

Request get(std::string url, std::string purpose)
{
    Request request;
    request.url = std::move(url);
    request.accept = "application/json";
    request.purpose = std::move(purpose);
    return request;
}

/// The address of a path of v2, in the job's language, with what else is given: "&pageSize=1000".
std::string address(const PxwebSettings& settings, const std::string& path, std::string more = "")
{
    if (!settings.as_of.empty())
        more = "&asOf=" + percent_encode(settings.as_of) + more;
    if (!settings.language.empty())
        more = "&lang=" + percent_encode(settings.language) + more;
    if (!more.empty())
        more[0] = '?';
    return settings.base_url + path + more;
}

std::string table_path(const std::string& table, std::string_view what = "")
{
    return fmt::format("/tables/{}{}", percent_encode(table), what);
}

std::string v1_address(const PxwebSettings& settings, const std::string& table)
{
    std::string url = settings.base_url;
    for (const auto part : split(table, '/'))
        url += "/" + percent_encode(part);
    return url;
}

Request post(Request request, std::string body)
{
    request.method = "POST";
    request.content_type = "application/json";
    request.body = std::move(body);
    return request;
}

} // namespace

Request ask_config(const PxwebSettings& settings)
{
    return get(settings.base_url + "/config", "limits of the server");
}

Request ask_update_list(const PxwebSettings& settings, std::uint64_t page)
{
    auto request = get(address(settings, "/tables",
                               fmt::format("&pastDays={}&includeDiscontinued=true&pageSize=1000{}", update_list_days,
                                           page > 1 ? fmt::format("&pageNumber={}", page) : "")),
                       "tables changed lately");
    request.share = sweep_share;
    return request;
}

Request ask_long_list(const PxwebSettings& settings)
{
    auto request = get(
        address(settings, "/tables", fmt::format("&pastDays={}&includeDiscontinued=true&pageSize=1", long_list_days)),
        "whether lists of changes show any table");
    request.share = sweep_share;
    return request;
}

Request ask_search(const PxwebSettings& settings, const std::string& words)
{
    return get(address(settings, "/tables", fmt::format("&query={}&pageSize=100", percent_encode(words))),
               fmt::format("tables like '{}'", words));
}

Request ask_list(const PxwebSettings& settings, const std::string& words, std::uint64_t page)
{
    auto more = words.empty() ? std::string() : "&query=" + percent_encode(words);
    more += "&includeDiscontinued=true&pageSize=1000";
    if (page > 1)
        more += fmt::format("&pageNumber={}", page);
    return get(address(settings, "/tables", more),
               words.empty() ? "all tables" : fmt::format("tables like '{}'", words));
}

Request ask_description(const PxwebSettings& settings, const std::string& table)
{
    return get(address(settings, table_path(table)), "description of table " + table);
}

Request ask_metadata(const PxwebSettings& settings, const std::string& table)
{
    return get(address(settings, table_path(table, "/metadata")), "metadata of table " + table);
}

Request ask_codelist(const PxwebSettings& settings, const std::string& id)
{
    return get(address(settings, "/codelists/" + percent_encode(id)), "codelist " + id);
}

Request ask_data(const PxwebSettings& settings, const std::string& table, const PxwebSelection& selection)
{
    const auto url = address(settings, table_path(table, "/data"), "&outputFormat=json-stat2");
    auto request = get(url + "&" + pxweb_query(selection), "data of table " + table);
    if (request.url.size() <= url_size_max && fits_query(selection))
        return request;
    request.url = url;
    return post(std::move(request), pxweb_query_body(selection));
}

Request ask_again(Request request)
{
    ++request.repeat;
    request.purpose += ", once more";
    return request;
}

Request ask_config_v1(const PxwebSettings& settings)
{
    return get(settings.base_url + "/?config", "limits of the server");
}

Request ask_search_v1(const PxwebSettings& settings, const std::string& words)
{
    return get(settings.base_url + "/?query=title:" + percent_encode(words) + "&filter=*",
               fmt::format("tables like '{}'", words));
}

Request ask_metadata_v1(const PxwebSettings& settings, const std::string& table)
{
    return get(v1_address(settings, table), "metadata of table " + table);
}

Request ask_data_v1(const PxwebSettings& settings, const std::string& table, const std::string& body,
                    const std::string& what)
{
    return post(get(v1_address(settings, table), what + " of table " + table), body);
}

std::string selection_text(const PxwebSettings& settings, const std::string& table)
{
    PxwebSelection selection;
    for (const auto& one : settings.wanted)
        selection.push_back({one.dimension, one.expressions, one.codelist});
    auto text = address(settings, table_path(table, "/data")) + "&" + pxweb_query(selection);
    if (!settings.time.empty() && settings.time != "Tid") // which was the default before there was none
        text += "&time=" + percent_encode(settings.time);
    if (settings.period_kind)
        text += fmt::format("&period_kind={}", to_string(*settings.period_kind));
    if (settings.is_named) // a dataset of another name has nothing yet
        text += "&dataset=" + percent_encode(settings.dataset);
    return text;
}

std::string text_like(const std::string& title)
{
    const auto number = title.find(": ");
    const bool numbered = number < 12; // which npos is not
    std::string_view text = std::string_view(title).substr(numbered ? number + 2 : 0);
    text = text.substr(0, text.find_first_of(",(:"));
    std::string word;
    std::vector<std::string> words;
    const auto end_word = [&] {
        if (word.size() > 2 && !all_digits(word) && words.size() < words_max)
            words.push_back(word);
        word.clear();
    };
    for (const char c : text) {
        // What the search would take for an operator parts words; letters beyond ASCII are bytes above 127.
        if (std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 128)
            word += c;
        else
            end_word();
    }
    end_word();
    return join(words, " ");
}

} // namespace skurd
