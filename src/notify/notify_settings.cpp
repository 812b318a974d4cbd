#include "notify/notify_settings.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "fetch/secret_file.hpp"
#include "lib/curl/address.hpp"
#include "lib/curl/url.hpp"
#include "lib/tz/time_zone.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

using std::chrono::minutes;

namespace {

constexpr std::size_t channels_max = 32;
constexpr std::size_t recipients_max = 50;
constexpr std::size_t name_max = 64;

/// "22:00" at that place of the text; nothing where it is no time of day.
std::optional<minutes> time_of_day(std::string_view text)
{
    if (text.size() != 5 || text[2] != ':' || !all_digits(text.substr(0, 2)) || !all_digits(text.substr(3)))
        return std::nullopt;
    const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    if (number(0) > 23 || number(3) > 59)
        return std::nullopt;
    return std::chrono::hours(number(0)) + minutes(number(3));
}

std::optional<QuietTime> read_quiet(Section& section, const std::string& fallback)
{
    const auto text = section.get_string("quiet", fallback);
    if (text.empty())
        return std::nullopt;
    const auto from = time_of_day(std::string_view(text).substr(0, 5));
    const auto until = text.size() == 11 && text[5] == '-' ? time_of_day(text.substr(6)) : std::nullopt;
    if (!from || !until || *from == *until)
        section.fail("quiet", fmt::format("'{}' is not a time of day from and until, as \"22:00-07:00\"", text));
    return QuietTime{*from, *until};
}

std::filesystem::path read_path(Section& section, std::string_view key)
{
    section.override_by_environment(key);
    std::filesystem::path file = section.get_string(key, "");
    if (!file.empty() && !file.is_absolute())
        section.fail(key, fmt::format("'{}' is not an absolute path", file.string()));
    return file;
}

/// `name`_file, or in the environment the secret itself.
SecretPlace read_secret_place(Section& section, const std::string& name)
{
    section.override_by_environment(name);
    return {read_path(section, name + "_file"), section.get_secret(name)};
}

void check_address(const Section& section, const std::string& url)
{
    const auto parsed = parse_url(url);
    if (!parsed || (parsed->scheme != "https" && parsed->scheme != "http"))
        section.fail("url", "'url' is not an address of https");
    if (parsed->has_user)
        section.fail("url", "'url' has a user name or password in it: put the whole address into a file, `url_file`");
}

/// Of a webhook or the heartbeat: in the file, or where it is a secret in one of its own.
std::string read_url(Section& section, const std::filesystem::path& url_file)
{
    section.override_by_environment("url");
    auto url = section.get_string("url", "");
    if (!url.empty() && !url_file.empty())
        section.fail("url", "'url' and 'url_file' say the same: leave one of them out");
    if (!url.empty())
        check_address(section, url);
    return url;
}

/// Goes into headers and into the dialogue with the server as it is.
void check_mail_address(const Section& section, std::string_view key, const std::string& address)
{
    const auto is_plain = [](char c) {
        return c > ' ' && c <= '~' && std::string_view(R"(<>()[]\,;:")").find(c) == std::string_view::npos;
    };
    const auto at = address.find('@');
    if (address.size() > 254 || !std::all_of(address.begin(), address.end(), is_plain) || at == 0 ||
        at == std::string::npos || at + 1 == address.size() || address.find('@', at + 1) != std::string::npos)
        section.fail(key, fmt::format("'{}' is not a mail address, as \"name@example.org\"", address));
}

bool is_own_machine(const std::string& host)
{
    return host == "localhost" || host == "::1" || (is_address(host) && host.starts_with("127."));
}

void read_webhook(Section& section, ChannelSettings& channel)
{
    channel.url_file = read_path(section, "url_file");
    channel.url = read_url(section, channel.url_file);
    if (channel.url.empty() && channel.url_file.empty())
        section.fail("url", "the key 'url' is missing: where messages go");
    channel.secret = read_secret_place(section, "secret");
}

void read_mail(Section& section, ChannelSettings& channel)
{
    channel.server = to_lower(section.require_string("server"));
    if (channel.server.empty() || channel.server.find_first_of("/@ []\r\n") != std::string::npos)
        section.fail("server", fmt::format("'{}' is not a host name or address", channel.server));
    channel.security =
        section.get_choice("security", is_own_machine(channel.server) ? MailSecurity::none : MailSecurity::starttls);
    const int usual = channel.security == MailSecurity::tls        ? 465
                      : channel.security == MailSecurity::starttls ? 587
                                                                   : 25;
    channel.port = static_cast<std::uint16_t>(section.get_integer("port", usual, 1, 65535));
    channel.authorities = read_path(section, "authorities");
    channel.user = section.get_string("user", "");
    channel.password = read_secret_place(section, "password");
    if (!channel.user.empty() && !channel.password.is_given())
        section.fail("user", "a 'user' needs a 'password_file'");
    if (!channel.user.empty() && channel.security == MailSecurity::none && !is_own_machine(channel.server))
        section.fail("security", "a password is not sent without TLS to another machine");
    channel.from = section.require_string("from");
    check_mail_address(section, "from", channel.from);
    channel.to = section.get_strings("to");
    if (channel.to.empty() || channel.to.size() > recipients_max)
        section.fail("to", fmt::format("'to' must name from 1 to {} mail addresses", recipients_max));
    for (const auto& address : channel.to)
        check_mail_address(section, "to", address);
}

void read_command(Section& section, ChannelSettings& channel)
{
    channel.command = section.get_strings("command");
    if (channel.command.empty() || !std::filesystem::path(channel.command.front()).is_absolute())
        section.fail("command", "'command' must be the absolute path of a program, and what it is given");
    channel.timeout = std::chrono::seconds(section.get_integer("timeout", 30, 1, 300));
}

template <typename Enum>
std::set<Enum> read_words(Section& section, std::string_view key)
{
    std::set<Enum> found;
    const std::vector<std::string> known(enum_words<Enum>.begin(), enum_words<Enum>.end());
    for (const auto& word : section.get_strings(key)) {
        const auto one = from_word<Enum>(word);
        if (!one)
            section.fail(key, fmt::format("'{}' cannot have '{}'{} (known: {})", key, word, did_you_mean(word, known),
                                          join(known, ", ")));
        found.insert(*one);
    }
    return found;
}

NotifyRoute read_route(Section& section)
{
    NotifyRoute route;
    route.topics = read_words<Topic>(section, "topics");
    if (route.topics.empty())
        route.topics = {Topic::flags, Topic::indicators, Topic::datasets, Topic::outages};
    route.flag_kinds = read_words<FlagKind>(section, "flag_kinds");
    route.parts = section.get_strings("parts");
    route.sources = section.get_strings("sources");
    route.jobs = section.get_strings("jobs");
    return route;
}

ChannelSettings read_channel(Section& section, const std::string& id, const std::string& quiet)
{
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    if (id.empty() || id.size() > name_max || !std::all_of(id.begin(), id.end(), is_plain))
        section.fail("kind", fmt::format("'{}' is no name of a channel: letters, digits, - and _", id));
    ChannelSettings channel;
    channel.id = id;
    channel.kind = section.require_choice<ChannelKind>("kind");
    channel.language = section.get_choice("language", Language::nb);
    channel.route = read_route(section);
    channel.quiet = read_quiet(section, quiet);
    switch (channel.kind) {
    case ChannelKind::webhook:
        read_webhook(section, channel);
        break;
    case ChannelKind::mail:
        read_mail(section, channel);
        break;
    case ChannelKind::command:
        read_command(section, channel);
        break;
    }
    return channel;
}

std::vector<ChannelSettings> read_channels(Section& section, const std::string& quiet)
{
    std::vector<ChannelSettings> channels;
    auto tables = section.get_table("channels");
    if (!tables)
        return channels;
    for (const auto& id : tables->keys()) {
        auto table = tables->require_table(id);
        channels.push_back(read_channel(table, id, quiet));
    }
    if (channels.size() > channels_max)
        section.fail("channels", fmt::format("there are {} channels: {} may be", channels.size(), channels_max));
    std::sort(channels.begin(), channels.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return channels;
}

HeartbeatSettings read_heartbeat(Section section)
{
    HeartbeatSettings heartbeat;
    heartbeat.url_file = read_path(section, "url_file");
    heartbeat.url = read_url(section, heartbeat.url_file);
    heartbeat.every = minutes(section.get_integer("minutes", heartbeat.every.count(), 1, 1440));
    heartbeat.method = section.get_choice("method", heartbeat.method, {"GET", "POST"});
    heartbeat.when = section.get_choice("when", heartbeat.when);
    return heartbeat;
}

std::string read_timezone(Section& section, const std::string& usual)
{
    auto name = section.get_string("timezone", usual);
    if (name == usual)
        return name;
    try {
        TimeZone::find(name);
    } catch (const Error& failure) {
        section.fail("timezone", failure.what());
    }
    return name;
}

std::string read_name(Section& section)
{
    auto name = section.get_string("name", "skurd");
    if (name.empty() || name.size() > name_max || printable(name) != name)
        section.fail("name", fmt::format("'name' must be one line of 1 to {} bytes", name_max));
    return name;
}

} // namespace

std::string SecretPlace::read() const
{
    return value.empty() ? read_secret(file) : value;
}

NotifySettings NotifySettings::read(Section& section)
{
    NotifySettings settings;
    settings.name = read_name(section);
    settings.timezone = read_timezone(section, settings.timezone);
    settings.settle = minutes(section.get_integer("settle_minutes", settings.settle.count(), 0, 1440));
    settings.messages_per_hour =
        static_cast<int>(section.get_integer("messages_per_hour", settings.messages_per_hour, 1, 1000));
    settings.give_up = std::chrono::hours(section.get_integer("give_up_hours", settings.give_up.count(), 1, 720));
    settings.keep = std::chrono::days(section.get_integer("keep_days", settings.keep.count(), 1, 3650));
    settings.keep_messages = static_cast<std::size_t>(section.get_integer("keep_messages", 1000, 1, 100'000));
    read_quiet(section, "");
    settings.channels = read_channels(section, section.get_string("quiet", ""));
    settings.heartbeat = read_heartbeat(section.table("heartbeat"));
    return settings;
}

const ChannelSettings* NotifySettings::find(const std::string& channel) const
{
    const auto found =
        std::find_if(channels.begin(), channels.end(), [&](const ChannelSettings& one) { return one.id == channel; });
    return found == channels.end() ? nullptr : &*found;
}

} // namespace skurd
