// Mails as bytes, held against a golden file and the rules that mail programs have.
#include "notify/mail_message.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "tests/notify/sample_notification.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <cstdlib>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

MailContent content_of(const Notification& notification)
{
    return {notification.installation, "skurd@example.org",   {"kari@example.org", "ola@example.org"},
            subject_of(notification),  notification.delivery, notification.made_at,
            text_of(notification),     html_of(notification)};
}

std::vector<std::string> lines_of(const std::string& text)
{
    const auto plain = replace_all(text, "\r\n", "\n");
    const auto parts = split(plain, '\n');
    return {parts.begin(), parts.end()};
}

/// The header lines of a message, folded ones joined.
std::vector<std::string> headers_of(const std::string& message)
{
    return lines_of(replace_all(message.substr(0, message.find("\r\n\r\n")), "\r\n ", " "));
}

std::string decoded(const std::string& quoted)
{
    const auto joined = replace_all(quoted, "=\r\n", "");
    std::string text;
    for (std::size_t i = 0; i < joined.size(); ++i)
        if (joined[i] == '=') {
            text += static_cast<char>(std::stoi(joined.substr(i + 1, 2), nullptr, 16));
            i += 2;
        } else if (joined[i] != '\r') {
            text += joined[i];
        }
    return text;
}

} // namespace

TEST_CASE("a mail has text and HTML, and headers that a Norwegian reader can read", "[notify]")
{
    const std::filesystem::path file = SKURD_SOURCE_DIR "/tests/notify/golden/publication.nb.eml";
    const auto actual = replace_all(mail_message(content_of(sample_publication(Language::nb))),
                                    "skurd " SKURD_VERSION, "skurd VERSION");
    if (std::getenv("SKURD_RENEW_GOLDEN"))
        write_file(file, actual);
    INFO("publication.nb.eml should hold:\n" << actual);
    CHECK(read_file(file) == actual);

    const auto headers = headers_of(actual);
    CHECK(headers[0] == "From: =?UTF-8?B?c2t1cmQgcMOlIMOlbA==?= <skurd@example.org>");
    CHECK(headers[1] == "To: kari@example.org, ola@example.org");
    CHECK(headers[3] == "Date: Mon, 02 Mar 2026 08:35:00 +0000");
    CHECK(headers[4] == "Message-ID: <0123456789abcdef0123456789abcdef@example.org>");
    CHECK(headers[5] == "Auto-Submitted: auto-generated");
    for (const auto& line : lines_of(actual))
        CHECK(line.size() <= 78);
    CHECK(std::all_of(actual.begin(), actual.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
    CHECK(std::count(actual.begin(), actual.end(), '\n') == std::count(actual.begin(), actual.end(), '\r'));
}

TEST_CASE("no text can begin a header or a part of a mail", "[notify]")
{
    auto content = content_of(sample_recovery(Language::en));
    content.subject = "a\r\nBcc: mallory@example.org\r\n\r\nbody";
    content.from_name = "x\" <evil@example.org>\r\nX-Evil: 1";
    content.text = "--skurd-0123456789abcdef0123456789abcdef--\n.\nFrom nobody\n";
    const auto message = mail_message(content);
    const auto headers = headers_of(message);
    CHECK(headers.size() == 9);
    for (const auto& header : headers) {
        CHECK_THAT(header, !Catch::Matchers::StartsWith("Bcc:"));
        CHECK_THAT(header, !Catch::Matchers::StartsWith("X-Evil:"));
    }
    CHECK(headers[0] == "From: =?UTF-8?B?eCIgPGV2aWxAZXhhbXBsZS5vcmc+ICBYLUV2aWw6IDE=?= <skurd@example.org>");
    CHECK_THAT(message, Contains("\r\n=2D-skurd-0123456789abcdef0123456789abcdef--\r\n=2E\r\n=46rom nobody\r\n"));
}

TEST_CASE("header texts are encoded where they must be, and split between characters", "[notify]")
{
    CHECK(header_text("plain words") == "plain words");
    CHECK(header_text("på") == "=?UTF-8?B?cMOl?=");
    CHECK(header_text("=?UTF-8?B?cMOl?=") != "=?UTF-8?B?cMOl?="); // what looks encoded is not decoded
    std::string long_text;
    for (int i = 0; i < 100; ++i)
        long_text += "å";
    for (const auto& line : lines_of(header_text(long_text)))
        CHECK(line.size() <= 76);
}

TEST_CASE("quoted-printable gives back what went in, in short lines", "[notify]")
{
    for (const std::string text : {"", "a", "a=b", "line \n", "tab\tå\n\n.dot\n", "trailing "}) {
        INFO(text);
        CHECK(decoded(quoted_printable(text)) == text);
    }
    const std::string longest(1000, 'x');
    const auto quoted = quoted_printable(longest);
    CHECK(decoded(quoted) == longest);
    for (const auto& line : lines_of(quoted))
        CHECK(line.size() <= 76);
}

TEST_CASE("a mail's date is that of RFC 5322", "[notify]")
{
    CHECK(mail_date(parse_time("2024-02-29T23:59:59Z").value()) == "Thu, 29 Feb 2024 23:59:59 +0000");
    CHECK(mail_date(parse_time("2026-11-01T00:00:00Z").value()) == "Sun, 01 Nov 2026 00:00:00 +0000");
}
