#include "connectors/address.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

namespace skurd {

std::string host_of(std::string_view address)
{
    auto text = to_lower(address);
    const auto scheme = text.starts_with("https://") ? 8U : text.starts_with("http://") ? 7U : 0U;
    if (scheme == 0)
        return "";
    text = text.substr(scheme);
    text = text.substr(0, text.find_first_of("/?#"));
    if (text.find('@') != std::string::npos)
        return "";
    if (text.starts_with('[')) // an IPv6 address
        return text.substr(1, text.find(']') == std::string::npos ? 0 : text.find(']') - 1);
    return text.substr(0, text.find(':'));
}

std::string read_base_url(Section& section, std::string_view key, std::string_view fallback)
{
    auto address = section.get_string(key, fallback);
    if (host_of(address).empty() || address.find_first_of("?# ") != std::string::npos)
        section.fail(key, fmt::format("'{}' must be an address like \"{}\"", key, fallback));
    while (address.ends_with('/'))
        address.pop_back();
    return address;
}

} // namespace skurd
