#include "fetch/fetch_settings.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace skurd {

namespace {

std::vector<std::string> read_hosts(Section& section, std::string_view key)
{
    auto hosts = section.get_strings(key);
    for (auto& host : hosts) {
        if (host.empty() || host.find_first_of("/*@ ") != std::string::npos)
            section.fail(key, fmt::format("'{}' is not a host name or address (write \"127.0.0.1\", no URL)", host));
        host = to_lower(host);
    }
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

} // namespace

FetchSettings FetchSettings::read(Section& section)
{
    using std::chrono::seconds;
    FetchSettings settings;
    settings.contact = read_contact(section);
    settings.allow_private = read_hosts(section, "allow_private");
    settings.allow_http = read_hosts(section, "allow_http");
    settings.proxy = section.get_string("proxy", "");
    settings.connect_timeout = seconds(section.get_integer("connect_timeout", 10, 1, 300));
    settings.timeout = seconds(section.get_integer("timeout", 90, 1, 3600));
    settings.bytes_max = static_cast<std::size_t>(section.get_integer("max_bytes", 256 << 20, 1, 1LL << 32));
    settings.tries = static_cast<int>(section.get_integer("tries", 4, 1, 10));
    settings.pace_private = section.has("calls");
    settings.calls = static_cast<int>(section.get_integer("calls", 25, 1, 10'000));
    settings.window = seconds(section.get_integer("window", 60, 1, 86'400));
    return settings;
}

} // namespace skurd
