#include "notify/mail_message.hpp"

#include "base/text.hpp"
#include "lib/openssl/base64.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr std::size_t word_bytes_max =
    42; ///< of text in an encoded word: 68 characters of base64 and its frame, of at most 75
constexpr std::size_t plain_max = 60;
constexpr std::size_t encoded_line_max = 75; ///< of quoted-printable, before the "=" that joins it to the next

bool is_plain(char c)
{
    return c >= ' ' && c <= '~';
}

/// Where it begins a line: a part's boundary, the end of a message, and what mailboxes of one file are divided by.
bool means_something(std::string_view line)
{
    return line.starts_with('-') || line.starts_with('.') || line.starts_with("From ");
}

std::string encoded_byte(char c)
{
    return fmt::format("={:02X}", static_cast<unsigned char>(c));
}

/// A part of the body, with what says how to read it.
std::string part(std::string_view boundary, std::string_view type, const std::string& text)
{
    return fmt::format("--{}\r\nContent-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
                       "\r\n{}\r\n",
                       boundary, type, quoted_printable(text));
}

std::string domain_of(const std::string& address)
{
    return address.substr(address.find('@') + 1);
}

std::string encoded_words(std::string_view text)
{
    std::string words;
    for (auto rest = text; !rest.empty();) {
        const auto word = whole_prefix(rest, word_bytes_max);
        words += fmt::format("{}=?UTF-8?B?{}?=", words.empty() ? "" : "\r\n ", to_base64(word));
        rest.remove_prefix(word.size());
    }
    return words;
}

/// A name before an address, where brackets, quotes and commas mean something.
std::string name_text(std::string_view text)
{
    const auto is_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '-';
    };
    const auto shown = printable(text);
    return std::all_of(shown.begin(), shown.end(), is_word) ? header_text(shown) : encoded_words(shown);
}

} // namespace

std::string header_text(std::string_view text)
{
    auto shown = printable(text);
    const bool is_short = shown.size() <= plain_max && std::all_of(shown.begin(), shown.end(), is_plain);
    return is_short && shown.find("=?") == std::string::npos ? shown : encoded_words(shown);
}

std::string quoted_printable(std::string_view text)
{
    std::string out;
    std::size_t column = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            out += "\r\n";
            column = 0;
            continue;
        }
        const bool ends_line = i + 1 == text.size() || text[i + 1] == '\n';
        const bool is_itself =
            is_plain(c) && c != '=' && !(c == ' ' && ends_line) && !(column == 0 && means_something(text.substr(i)));
        const auto piece = is_itself ? std::string(1, c) : encoded_byte(c);
        if (column + piece.size() > encoded_line_max) {
            out += "=\r\n";
            column = 0;
        }
        out += piece;
        column += piece.size();
    }
    return out;
}

std::string mail_date(Time time)
{
    constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", days.at(std::chrono::weekday(day).c_encoding()),
                       static_cast<unsigned>(date.day()), months.at(static_cast<unsigned>(date.month()) - 1),
                       static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

std::string mail_message(const MailContent& content)
{
    const auto boundary = "skurd-" + content.delivery;
    std::string head;
    const auto add = [&](std::string_view name, const std::string& value) {
        head += fmt::format("{}: {}\r\n", name, value);
    };
    add("From", fmt::format("{} <{}>", name_text(content.from_name), content.from));
    add("To", join(content.to, ",\r\n "));
    add("Subject", header_text(content.subject));
    add("Date", mail_date(content.made_at));
    add("Message-ID", fmt::format("<{}@{}>", content.delivery, domain_of(content.from)));
    add("Auto-Submitted", "auto-generated");
    add("Skurd-Delivery", content.delivery);
    add("MIME-Version", "1.0");
    if (content.html.empty()) {
        add("Content-Type", "text/plain; charset=utf-8");
        add("Content-Transfer-Encoding", "quoted-printable");
        return fmt::format("{}\r\n{}\r\n", head, quoted_printable(content.text));
    }
    add("Content-Type", fmt::format("multipart/alternative;\r\n boundary=\"{}\"", boundary));
    return fmt::format("{}\r\n{}{}--{}--\r\n", head, part(boundary, "text/plain", content.text),
                       part(boundary, "text/html", content.html), boundary);
}

} // namespace skurd
