#pragma once

#include "base/clock.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What goes into a mail.
struct MailContent {
    std::string from_name; ///< any text
    std::string from;      ///< plain ASCII address
    std::vector<std::string> to;
    std::string subject; ///< any text
    std::string delivery;
    Time made_at{};
    std::string text;
    std::string html; ///< "" = text alone
};

/// A message of text and HTML (RFC 5322, 2045 to 2047, 3834), lines ended with CR LF, none longer than 78 bytes but
/// for addresses. The same content gives the same bytes, and its Message-ID is that of its delivery, so a mail that
/// comes twice is known to be one. No text can begin a header or a part of its own.
std::string mail_message(const MailContent& content);

/// A text as a header may have it: as it is where it is short printable ASCII, else as encoded words (RFC 2047), with
/// folded lines.
std::string header_text(std::string_view text);
/// As the encoding of the same name has it (RFC 2045, 6.7); line ends in, CR LF out.
std::string quoted_printable(std::string_view text);
/// "Mon, 02 Mar 2026 08:35:00 +0000"
std::string mail_date(Time time);

} // namespace skurd
