#include "fetch/caller.hpp"

#include "fetch/secret_file.hpp"

#include <fmt/format.h>

namespace skurd {

void name_caller(const FetchSettings& settings, CurlExchange& exchange)
{
    exchange.user_agent = settings.contact.empty() ? "skurd/" SKURD_VERSION
                                                   : fmt::format("skurd/" SKURD_VERSION " (+{})", settings.contact);
    exchange.proxy = settings.proxy.address;
    exchange.proxy_name = settings.proxy.name;
    exchange.proxy_password =
        settings.proxy_password_file.empty() ? settings.proxy.password : read_secret(settings.proxy_password_file);
}

} // namespace skurd
