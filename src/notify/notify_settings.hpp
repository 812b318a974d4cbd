#pragma once

#include "base/enum_words.hpp"
#include "base/number_text.hpp"
#include "config/section.hpp"
#include "lib/curl/smtp_client.hpp"
#include "model/flag.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace skurd {

enum class ChannelKind { webhook, mail, command };
template <>
inline constexpr auto enum_words<ChannelKind> = word_table<ChannelKind>({
    {ChannelKind::webhook, "webhook"},
    {ChannelKind::mail, "mail"},
    {ChannelKind::command, "command"},
});

/// What a channel may be told of.
enum class Topic {
    flags,      ///< that were opened, changed or closed
    indicators, ///< whose newest verdict is another
    datasets,   ///< that have a new vintage
    outages,    ///< sources and machines that fail, and do so no more
};
template <>
inline constexpr auto enum_words<Topic> = word_table<Topic>({
    {Topic::flags, "flags"},
    {Topic::indicators, "indicators"},
    {Topic::datasets, "datasets"},
    {Topic::outages, "outages"},
});

/// What of all there is goes to a channel. An empty list leaves nothing out; of those that are not, each must name
/// it.
struct NotifyRoute {
    std::set<Topic> topics;             ///< never empty
    std::set<FlagKind> flag_kinds{};    ///< of flags
    std::vector<std::string> parts{};   ///< parts of the catalogue ("goal 1") that its indicator is of
    std::vector<std::string> sources{}; ///< "ssb": where it comes from
    std::vector<std::string> jobs{};    ///< that it is about
};

/// A time of day, from one o'clock to another, over midnight too; on the clock of [notify] timezone.
struct QuietTime {
    std::chrono::minutes from{};
    std::chrono::minutes until{};
};

/// A secret in a file of its own, or as the environment gave it.
struct SecretPlace {
    std::filesystem::path file;
    std::string value{}; ///< "" = it stands in the file

    bool is_given() const { return !file.empty() || !value.empty(); }
    std::string read() const; ///< anew; throws as read_secret()
};

/// One place that messages go to.
struct ChannelSettings {
    std::string id;
    ChannelKind kind = ChannelKind::webhook;
    Language language = Language::nb;
    NotifyRoute route;
    std::optional<QuietTime> quiet{}; ///< nothing = messages go at any time

    // webhook
    std::string url{};
    std::filesystem::path url_file{}; ///< where the address is a secret itself
    SecretPlace secret{};             ///< that messages are signed with; not given = they are not
    // mail
    std::string server{};
    std::uint16_t port = 0;
    MailSecurity security = MailSecurity::starttls;
    std::filesystem::path authorities{};
    std::string user{};
    SecretPlace password{};
    std::string from{};
    std::vector<std::string> to{};
    // command
    std::vector<std::string> command{};
    std::chrono::seconds timeout{};
};

enum class BeatWhen {
    alive, ///< the daemon does its work
    well,  ///< and no outage goes on
};
template <>
inline constexpr auto enum_words<BeatWhen> = word_table<BeatWhen>({{BeatWhen::alive, "alive"},
                                                                   {BeatWhen::well, "well"}});

/// An address that is asked again and again, so that somebody else notices when it is not.
struct HeartbeatSettings {
    std::string url; ///< "" and no file = none
    std::filesystem::path url_file{};
    std::chrono::minutes every{5};
    std::string method = "GET";
    BeatWhen when = BeatWhen::alive;

    bool is_given() const { return !url.empty() || !url_file.empty(); }
};

/// The section [notify] of the configuration. README.md explains every key.
struct NotifySettings {
    std::string name = "skurd";           ///< of this installation, in subjects
    std::string timezone = "Europe/Oslo"; ///< of quiet times
    std::chrono::minutes settle{15};      ///< that nothing new must have come before what came is told
    int messages_per_hour = 6;            ///< to a channel; what is more waits, and becomes one
    std::chrono::hours give_up{72};       ///< after which a message that nobody took is undeliverable
    std::chrono::days keep{90};           ///< that messages stay in the store after their end
    std::size_t keep_messages = 1000;
    std::vector<ChannelSettings> channels{}; ///< by id
    HeartbeatSettings heartbeat{};

    /// Throws Error (usage) with file:line. Does not reject unknown keys: its caller does, for the whole file.
    static NotifySettings read(Section& section);
    const ChannelSettings* find(const std::string& channel) const; ///< nullptr where there is none
};

} // namespace skurd
