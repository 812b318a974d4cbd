#include "serve/serve_settings.hpp"

#include "base/text.hpp"
#include "lib/curl/address.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

void read_addresses(Section& section, ServeSettings& settings)
{
    const bool is_stated = section.has("listen");
    if (is_stated)
        settings.addresses = ServeSettings::Addresses::stated;
    std::vector<std::string> usual;
    for (const auto& address : settings.listen)
        usual.push_back(to_text(address));
    const auto texts = section.get_strings("listen", usual);
    settings.listen.clear();
    for (const auto& text : texts) {
        if (text.empty())
            continue;
        const auto address = parse_tcp_address(text);
        if (!address)
            section.fail("listen", fmt::format("'{}' is no address with a port, as \"127.0.0.1:7587\" or "
                                               "\"[::1]:7587\" (an empty list: no HTTP over TCP)",
                                               excerpt(text)));
        settings.listen.push_back(*address);
    }
}

std::string read_host(const Section& section, const std::string& host)
{
    const auto is_part = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_' || c == ':';
    };
    const bool has_port = host.find(':') != std::string::npos && !is_address(host);
    if (host.empty() || has_port || host.ends_with('.') || !std::all_of(host.begin(), host.end(), is_part))
        section.fail(
            "hosts",
            fmt::format("'{}' is no host name or address (write \"skurd.example.org\", no URL, port or final dot)",
                        excerpt(host)));
    return to_lower(host);
}

} // namespace

ServeSettings ServeSettings::read(Section& section)
{
    ServeSettings settings;
    read_addresses(section, settings);
    for (const auto& host : section.get_strings("hosts"))
        settings.hosts.push_back(read_host(section, host));
    settings.names = section.get_bool("names", false);
    section.override_by_environment("token_file");
    settings.token_file = section.get_string("token_file", "");
    if (!settings.token_file.empty() && !settings.token_file.is_absolute())
        section.fail("token_file", fmt::format("'{}' is not an absolute path", settings.token_file.string()));
    return settings;
}

} // namespace skurd
