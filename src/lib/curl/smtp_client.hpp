#pragma once

#include "base/enum_words.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace skurd {

/// How a mail server is spoken to.
enum class MailSecurity {
    starttls, ///< in the clear until it agrees to TLS, and no further where it does not (RFC 3207)
    tls,      ///< from the first byte (RFC 8314)
    none,     ///< in the clear
};
template <>
inline constexpr auto enum_words<MailSecurity> = word_table<MailSecurity>({
    {MailSecurity::starttls, "starttls"},
    {MailSecurity::tls, "tls"},
    {MailSecurity::none, "none"},
});

/// One message to hand to a mail server, with every limit it is held to.
struct MailExchange {
    std::string host;
    std::uint16_t port = 587;
    MailSecurity security = MailSecurity::starttls;
    std::filesystem::path authorities{}; ///< certificates in a file of their own; "" = the system's
    std::string greeting;                ///< what we say we are (EHLO)
    std::string user{};                  ///< "" = without a name
    std::string password{};
    std::string from; ///< plain address
    std::vector<std::string> to;
    std::string message;                  ///< as RFC 5322 has it, lines ended with CR LF
    std::vector<std::string> addresses{}; ///< the only ones the host has, written out; empty = it is an address
    std::chrono::seconds connect_timeout{10};
    std::chrono::seconds total_timeout{60};
};

/// What came of it.
struct MailOutcome {
    enum class Kind {
        accepted, ///< it is the server's to deliver now
        refused,  ///< for good (5xx)
        failed,   ///< may pass: no connection, 4xx, no TLS, a time limit
        stopped,
    };
    Kind kind = Kind::failed;
    std::string answer; ///< the server's last line, else curl's words
};

/// Speaks SMTP by libcurl, one connection for each message. Throws Error when libcurl cannot start.
MailOutcome send_mail(const MailExchange& exchange, std::stop_token stop);

} // namespace skurd
