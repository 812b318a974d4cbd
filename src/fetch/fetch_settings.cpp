#include "fetch/fetch_settings.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

using std::chrono::seconds;

namespace {

std::string read_host(const Section& section, std::string_view key, const std::string& host)
{
    if (host.empty() || host.find_first_of("/*@ ") != std::string::npos)
        section.fail(key, fmt::format("'{}' is not a host name or address (write \"127.0.0.1\", no URL)", host));
    return to_lower(host);
}

std::vector<std::string> read_hosts(Section& section, std::string_view key)
{
    auto hosts = section.get_strings(key);
    for (auto& host : hosts)
        host = read_host(section, key, host);
    return hosts;
}

std::string read_contact(Section& section)
{
    auto contact = section.get_string("contact", "");
    const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '(' && c != ')'; };
    if (!std::all_of(contact.begin(), contact.end(), is_plain))
        section.fail("contact", "'contact' goes into an HTTP header: plain ASCII without parentheses, please");
    return contact;
}

seconds read_seconds(Section& section, std::string_view key, seconds fallback, int most)
{
    return seconds(section.get_integer(key, fallback.count(), 1, most));
}

Pace::Limit read_pace(Section& section, const Pace::Limit& fallback)
{
    return {static_cast<int>(section.get_integer("calls", fallback.calls, 1, 10'000)),
            read_seconds(section, "window", fallback.window, 86'400)};
}

HostKey read_key(Section& section)
{
    section.override_by_environment("file");
    section.override_by_environment("value");
    HostKey key{section.require_string("header"), "", section.get_secret("value")};
    key.file = key.value.empty() ? section.require_string("file") : section.get_string("file", "");
    const auto is_token = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    if (key.header.empty() || !std::all_of(key.header.begin(), key.header.end(), is_token))
        section.fail("header", fmt::format("'{}' is not the name of an HTTP header", key.header));
    if (!key.file.is_absolute() && key.value.empty())
        section.fail("file", fmt::format("'{}' is not an absolute path", key.file.string()));
    return key;
}

/// The address is not quoted: a password may stand in it.
void read_proxy(Section& section, FetchSettings& settings)
{
    section.override_by_environment("proxy");
    section.override_by_environment("proxy_password_file");
    const auto text = section.get_string("proxy", "");
    settings.proxy_password_file = section.get_string("proxy_password_file", "");
    if (!text.empty()) {
        const auto proxy = parse_proxy(text);
        if (!proxy)
            section.fail("proxy", "'proxy' is no address such as \"http://proxy.example.org:3128\"");
        settings.proxy = *proxy;
    }
    if (settings.proxy_password_file.empty())
        return;
    if (!settings.proxy_password_file.is_absolute())
        section.fail("proxy_password_file",
                     fmt::format("'{}' is not an absolute path", settings.proxy_password_file.string()));
    if (settings.proxy.name.empty() || !settings.proxy.password.empty())
        section.fail("proxy_password_file",
                     "'proxy' is to have a name and no password then: \"http://name@proxy.example.org:3128\"");
}

/// Tables by host: [fetch.hosts."data.ssb.no"].
template <typename Value, typename Read>
std::map<std::string, Value> read_by_host(std::optional<Section> tables, Read read)
{
    std::map<std::string, Value> found;
    if (!tables)
        return found;
    for (const auto& host : tables->keys()) {
        auto table = tables->require_table(host);
        found.emplace(read_host(*tables, host, host), read(table));
    }
    return found;
}

} // namespace

FetchSettings FetchSettings::read(Section& section)
{
    FetchSettings settings;
    settings.contact = read_contact(section);
    settings.allow_hosts = read_hosts(section, "allow_hosts");
    settings.allow_private = read_hosts(section, "allow_private");
    settings.allow_http = read_hosts(section, "allow_http");
    read_proxy(section, settings);
    settings.connect_timeout = read_seconds(section, "connect_timeout", settings.connect_timeout, 300);
    settings.first_byte_timeout = read_seconds(section, "first_byte_timeout", settings.first_byte_timeout, 3600);
    settings.stall_timeout = read_seconds(section, "stall_timeout", settings.stall_timeout, 3600);
    settings.timeout = read_seconds(section, "timeout", settings.timeout, 3600);
    settings.bytes_max = static_cast<std::size_t>(section.get_integer("max_bytes", 256 << 20, 1, 1LL << 32));
    settings.tries = static_cast<int>(section.get_integer("tries", 4, 1, 10));
    settings.pace_private = section.has("calls");
    settings.pace = read_pace(section, settings.pace);
    settings.hosts = read_by_host<Pace::Limit>(section.get_table("hosts"),
                                               [&](Section& table) { return read_pace(table, settings.pace); });
    settings.keys = read_by_host<HostKey>(section.get_table("keys"), &read_key);
    settings.exec_user = section.get_string("exec_user", settings.exec_user);
    return settings;
}

} // namespace skurd
