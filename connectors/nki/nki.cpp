#include "connectors/nki/nki.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "base/web_page.hpp"
#include "connectors/address.hpp"
#include "connectors/fhi/decode.hpp"
#include "connectors/nki/decode.hpp"
#include "connectors/pxweb/decode.hpp"
#include "decode/pattern.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr auto default_base_url = "https://api.helsedirektoratet.no/innhold/nki";
constexpr auto key_header = "Ocp-Apim-Subscription-Key";

struct Settings {
    std::string indicator; ///< id or number; "" = found by its title
    std::string title;
    Pattern title_pattern{""};
    std::string where; ///< of what names the indicator
    std::string base_url;
    std::vector<std::string> hosts; ///< that attached files may be fetched from

    static Settings read(Section& source);
};

Settings Settings::read(Section& source)
{
    Settings settings;
    settings.indicator = source.get_string("indicator", "");
    settings.title = source.get_string("title", "");
    settings.where = source.where(settings.indicator.empty() ? "title" : "indicator");
    if (settings.indicator.empty() && settings.title.empty())
        source.fail("", "[source] names no indicator: give 'indicator', its id or number, or 'title', a regular "
                        "expression that fits its title alone");
    settings.title_pattern = make_pattern(source, "title", settings.title);
    settings.base_url = read_base_url(source, "base_url", default_base_url);
    for (const auto& host : source.get_strings("hosts")) {
        if (host.empty() || host_of("https://" + host) != to_lower(host))
            source.fail("hosts", fmt::format("'{}' is not the name of a host", host));
        settings.hosts.push_back(to_lower(host));
    }
    return settings;
}

/// Whether a file's name begins with the number and no other digit follows.
bool has_number(const NkiIndicator& indicator, const std::string& number)
{
    return all_digits(number) &&
           std::any_of(indicator.attachments.begin(), indicator.attachments.end(), [&](const auto& file) {
               return file.file.starts_with(number) && !all_digits(file.file.substr(number.size(), 1));
           });
}

void check_answer(const Settings& settings, const Response& response, const std::string& what)
{
    const auto host = host_of(settings.base_url);
    if (response.status == 401 || response.status == 403)
        throw error(
            "{} answered {} for the {}: {}; it wants a subscription key (utvikler.helsedirektoratet.no): write "
            "[fetch.keys.\"{}\"] with header = \"{}\" and file = the file with the key, in the configuration",
            host, response.status, what,
            response.status == 401 ? "no key, or a wrong one" : "a key that does not open this API", host,
            key_header);
    if (response.status == 200 && !is_web_page(response.body, response.media_type))
        return;
    if (response.status == 200)
        throw error("{}: HTML instead of JSON (a maintenance page?); run the job again later", what);
    const auto text = decode_fhi_error(response.body);
    throw error("{} answered {} for the {}: {}", host, response.status, what, text.empty() ? "an empty body" : text);
}

class Nki final : public Connector {
public:
    explicit Nki(Settings settings) : settings_(std::move(settings)) {}

    Step next(const ConnectorState& state, std::span<const Response> responses) const override;
    Decoded decode(const ConnectorState& state, std::span<const Response> responses) const override;
    Guarantee guarantee() const override;
    Step next_check(std::span<const Response> responses) const override;
    std::vector<CheckResult> check(std::span<const Response> responses) const override;

private:
    static Request get(const std::string& url, const std::string& what);
    std::vector<NkiIndicator> read_list(const Response& response) const;
    std::vector<NkiIndicator> matching(const std::vector<NkiIndicator>& list) const;
    std::variant<NkiIndicator, Failure> choose(const ConnectorState& state, const Response& response) const;
    static Failure gone(ConnectorState state, const std::string& today);
    std::string file_of(const NkiIndicator& indicator) const;

    Settings settings_;
};

Request Nki::get(const std::string& url, const std::string& what)
{
    Request request;
    request.url = url;
    request.accept = "application/json";
    request.purpose = what;
    return request;
}

Guarantee Nki::guarantee() const
{
    Guarantee guarantee;
    guarantee.coverage = Coverage::partial; // whether a file holds all there is, nobody says
    guarantee.publication = "the time of arrival: the API states none";
    guarantee.hosts = settings_.hosts;
    guarantee.hosts.push_back(host_of(settings_.base_url));
    return guarantee;
}

std::vector<NkiIndicator> Nki::read_list(const Response& response) const
{
    check_answer(settings_, response, "list of indicators");
    try {
        return decode_nki_list(response.body);
    } catch (const Error&) {
        std::throw_with_nested(error("list of indicators"));
    }
}

std::vector<NkiIndicator> Nki::matching(const std::vector<NkiIndicator>& list) const
{
    std::vector<NkiIndicator> fitting;
    for (const auto& indicator : list) {
        const bool by_title = settings_.title_pattern.matches(indicator.title);
        const bool by_id = settings_.indicator.empty() || indicator.id == settings_.indicator ||
                           has_number(indicator, settings_.indicator);
        if (by_title && by_id)
            fitting.push_back(indicator);
    }
    return fitting;
}

/// An indicator that is not in the list any more; believed on a later day than the one it was first missed on.
Failure Nki::gone(ConnectorState state, const std::string& today)
{
    const auto since = state.try_emplace("missing", today).first->second;
    const auto name = fmt::format("{} '{}'", state.at("indicator"), excerpt(state.at("title")));
    Failure failure;
    failure.why = fmt::format("indicator {} is not in the list, missed first on {}", name, since);
    if (since < today)
        failure.findings.push_back(
            {FlagKind::frozen, name,
             fmt::format("Kvalitetsindikatoren {} er borte fra listen, første gang {}.", name, since),
             fmt::format("The quality indicator {} is gone from the list, missed first on {}.", name, since)});
    failure.state = std::move(state);
    return failure;
}

std::variant<NkiIndicator, Failure> Nki::choose(const ConnectorState& state, const Response& response) const
{
    const auto list = read_list(response);
    const auto fitting = matching(list);
    if (fitting.empty() && state.contains("title"))
        return gone(state, format_date(response.received_at));
    std::vector<std::string> names;
    names.reserve(fitting.size());
    for (const auto& one : fitting)
        names.push_back(fmt::format("{} '{}'", one.id, excerpt(one.title)));
    const auto named = excerpt(join(names, ", "), 300);
    if (fitting.size() != 1)
        return Failure{fmt::format("{}: {} of the {} indicators fit{}{}", settings_.where, fitting.size(),
                                   list.size(),
                                   fitting.empty() ? "; the titles are those of the list at " : " and one must: ",
                                   fitting.empty() ? settings_.base_url + "/kvalitetsindikatorer" : named)};
    const auto pinned = state.find("indicator");
    if (!settings_.indicator.empty() || pinned == state.end() || pinned->second == fitting.front().id)
        return fitting.front();
    const auto title = state.contains("title") ? state.at("title") : "";
    SourceFinding finding{
        FlagKind::replaced, fmt::format("{} -> {}", pinned->second, fitting.front().id),
        fmt::format("Kvalitetsindikatoren {} '{}' kan være erstattet av {}.", pinned->second, excerpt(title), named),
        fmt::format("The quality indicator {} '{}' may have been replaced by {}.", pinned->second, excerpt(title),
                    named)};
    return Failure{
        fmt::format("the indicator was {} '{}' and is now {}: if that is its successor, set 'indicator' in "
                    "[source] ({})",
                    pinned->second, excerpt(title), named, settings_.where),
        state,
        {finding}};
}

/// The address of the indicator's file of data; "" where there is none on a host of the job.
std::string Nki::file_of(const NkiIndicator& indicator) const
{
    for (const auto& file : indicator.attachments)
        if (file.type == "application/json" && !settings_.hosts.empty() &&
            std::find(settings_.hosts.begin(), settings_.hosts.end(), host_of(file.uri)) != settings_.hosts.end())
            return file.uri;
    return "";
}

Step Nki::next(const ConnectorState& state, std::span<const Response> responses) const
{
    const auto list_url = settings_.base_url + "/kvalitetsindikatorer";
    if (responses.empty()) {
        auto request = get(list_url, "list of quality indicators");
        request.share = std::chrono::minutes(10);
        return request;
    }
    const auto chosen = choose(state, responses[0]);
    if (const auto* failure = std::get_if<Failure>(&chosen))
        return *failure;
    const auto& indicator = std::get<NkiIndicator>(chosen);
    const auto name = fmt::format("indicator {} '{}'", indicator.id, excerpt(indicator.title));
    if (responses.size() == 1)
        return get(fmt::format("{}/{}/data?contentType=application/json", list_url, percent_encode(indicator.id)),
                   "data of " + name);
    if (responses.back().status != 204) {
        check_answer(settings_, responses.back(), "data of " + name);
        return Ready{};
    }
    const auto file = file_of(indicator);
    if (responses.size() == 2 && !file.empty())
        return get(file, "file of " + name);
    return Failure{fmt::format("{} has no data (204){}", name,
                               indicator.attachments.empty() || !file.empty()
                                   ? ""
                                   : "; it has files: to take one, name its host in 'hosts' in [source]")};
}

Decoded Nki::decode(const ConnectorState& state, std::span<const Response> responses) const
{
    const auto chosen = choose(state, responses.front());
    if (const auto* failure = std::get_if<Failure>(&chosen))
        throw Error(failure->why);
    const auto& indicator = std::get<NkiIndicator>(chosen);
    Decoded decoded;
    decoded.dataset = "nki/" + indicator.id;
    try {
        decoded.cubes.push_back(decode_nki_data(responses.back().body));
    } catch (const Error&) {
        std::throw_with_nested(error("data of indicator {}", indicator.id));
    }
    decoded.cubes.front().label = indicator.title;
    decoded.conventions = {nki_period, {{std::string(nki_no_data), Meaning::not_available}}};
    decoded.claim = {responses.back().received_at, "received", Confidence::arrival};
    decoded.state = state;
    decoded.state["indicator"] = indicator.id;
    decoded.state["title"] = indicator.title;
    decoded.state.erase("missing");
    return decoded;
}

Step Nki::next_check(std::span<const Response> responses) const
{
    if (responses.empty())
        return next({}, {});
    return Ready{};
}

std::vector<CheckResult> Nki::check(std::span<const Response> responses) const
{
    const auto chosen = choose({}, responses.front());
    if (const auto* failure = std::get_if<Failure>(&chosen))
        return {{CheckResult::Kind::wrong, settings_.where, failure->why}};
    const auto& indicator = std::get<NkiIndicator>(chosen);
    const bool by_title = settings_.indicator.empty();
    return {{CheckResult::Kind::confirmed, settings_.where,
             fmt::format("indicator {} is '{}'", indicator.id, excerpt(indicator.title)),
             by_title ? fmt::format("indicator = \"{}\"", indicator.id) : "",
             by_title ? CheckResult::Fix::insert : CheckResult::Fix::none}};
}

} // namespace

std::unique_ptr<Connector> create_nki(JobSections& sections)
{
    return std::make_unique<Nki>(Settings::read(sections.source));
}

} // namespace skurd
