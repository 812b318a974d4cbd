// The command flags: list, show, ack.
#include "query/flags.hpp"
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/text_layout.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "model/enum_text.hpp"
#include "model/indicator_name.hpp"
#include "query/target.hpp"
#include "report/report_text.hpp"
#include "run/jobs.hpp"
#include "view/flag_json.hpp"

#include <algorithm>
#include <iostream>

namespace skurd {

namespace {

constexpr std::size_t flags_of_order_max = 10'000; ///< as many values as a list of an order may have

/// The words of all kinds.
std::vector<std::string> flag_kinds()
{
    return {enum_words<FlagKind>.begin(), enum_words<FlagKind>.end()};
}

/// Which flags, as options.
struct FilterOptions {
    std::string kind;
    std::string job;
    std::string source;
    std::string indicator;
    std::string place;
    std::string raised_since;

    void add_to(CLI::App& command)
    {
        command.add_option("--kind", kind, "Only of that kind")->check(CLI::IsMember(flag_kinds()));
        command.add_option("--job", job, "Only of that job and of indicators that read its dataset");
        command.add_option("--source", source, "Only of that source (ssb) and of indicators that read from it");
        command.add_option("--indicator", indicator,
                           "Only of that indicator, or of all that it stands for (201; 201/0301)");
        command.add_option("--for", place, "Only of indicators of that place, by its code or label (0301, Oslo)");
        command.add_option("--raised-since", raised_since, "Only those raised then or later (a date or an instant)");
    }

    /// Throws Error (usage) for a job, an indicator or a time that is none.
    FlagFilter read(const ReadContext& from) const
    {
        FlagFilter filter;
        filter.kind = from_word<FlagKind>(kind);
        if (!job.empty())
            filter.job = load_jobs(from.installation).find(job).job.id;
        filter.source = source;
        filter.indicator = indicator;
        filter.place = place;
        if (!raised_since.empty()) {
            filter.raised_since = parse_time(raised_since);
            if (!filter.raised_since)
                throw usage_error("--raised-since '{}' is not a date or an instant (like 2019-11-01 or "
                                  "2019-11-01T07:00:00Z)",
                                  excerpt(raised_since));
        }
        return filter;
    }
};

struct FlagOptions {
    bool closed_too = false;
    Language language = Language::nb;
    FilterOptions filter;
};

struct AckOptions {
    std::vector<std::int64_t> flags;
    bool all = false;
    bool dry_run = false;
    Language language = Language::nb;
    FilterOptions filter;
    std::string note;
    std::string actor;
};

struct ShowOptions {
    std::int64_t flag = 0;
    Language language = Language::nb;
};

const std::string& text_of(const Flag& flag, Language language)
{
    return language == Language::nb ? flag.text_nb : flag.text_en;
}

std::string flags_table(const std::vector<Flag>& flags, Language language, std::size_t width)
{
    using enum TextTable::Align;
    using enum TextTable::Fit;
    const bool en = language == Language::en;
    TextTable table({{en ? "flag" : "flagg", right},
                     {en ? "kind" : "slag"},
                     {en ? "state" : "tilstand"},
                     {en ? "indicator" : "indikator", right},
                     {en ? "text" : "tekst", left, below},
                     {en ? "note" : "merknad", left, below}});
    for (const auto& flag : flags)
        table.add({std::to_string(flag.id), enum_text(flag.kind, language), enum_text(flag.state, language),
                   flag.indicator ? indicator_name(flag.indicator) : "", text_of(flag, language), flag.note});
    return table.text(width);
}

ExitCode list_flags(Context& context, const FlagOptions& options)
{
    const ReadContext read(context);
    const auto flags = chosen_flags(read.store, read.catalogue, options.filter.read(read), options.closed_too);
    if (context.json)
        print_json_list(flags);
    else
        std::cout << (flags.empty() ? ReportText(options.language).say("ingen åpne flagg\n", "no open flags\n")
                                    : flags_table(flags, options.language, context.width()));
    return ExitCode::good;
}

Json flag_json(const Flag& flag, const std::vector<RecordedFlagEvent>& events)
{
    auto answer = to_json(flag);
    answer["events"] = Json::array();
    for (const auto& event : events)
        answer["events"].push_back(to_json(event));
    return answer;
}

ExitCode show_flag(Context& context, const ShowOptions& options)
{
    const ReadContext read(context);
    const auto flag = find_flag(read.store, options.flag);
    const auto events = flag_events(read.store, flag.id);
    if (context.json) {
        print_json(flag_json(flag, events));
        return ExitCode::good;
    }
    const auto language = options.language;
    const ReportText words(language);
    auto told = format_printable("{} {}, {} ({}): {}\n{}\n", words.say("flagg", "flag"), flag.id,
                                 enum_text(flag.kind, language), flag.key, enum_text(flag.state, language),
                                 text_of(flag, language));
    if (!flag.origin.empty())
        told +=
            fmt::format(fmt::runtime(words.say("ved en endring i katalogen alene, som flagget {} forteller om\n",
                                               "by an edit of the catalogue alone, which the flag {} tells of\n")),
                        flag.origin);
    auto last = text_of(flag, options.language); // an event's own text only where it is another
    for (const auto& event : events) {
        const auto& text = options.language == Language::nb ? event.text_nb : event.text_en;
        told += format_printable(
            "\n{}  {}{}\n", format_time(event.at), word_text(event.event, language),
            event.actor.empty() ? "" : fmt::format(" {} {}: {}", words.say("av", "by"), event.actor, event.note));
        if (text != last)
            told += format_printable("  {}\n", text);
        last = text;
    }
    std::cout << fitted(told, context.width());
    return ExitCode::good;
}

/// The flags that are to be answered: those named, or all that the filter means and that are open.
std::vector<Flag> to_be_answered(const ReadContext& read, const AckOptions& options)
{
    const auto filter = options.filter.read(read);
    if (options.all == !options.flags.empty() || (!options.all && !filter.is_empty()))
        throw usage_error("name flags by their numbers, or give --all and, to choose among them, --kind, --job, "
                          "--source, --indicator, --for or --raised-since");
    auto flags = chosen_flags(read.store, read.catalogue, filter, !options.all);
    std::erase_if(flags, [&](const Flag& flag) {
        return options.all ? flag.state != FlagState::open
                           : std::find(options.flags.begin(), options.flags.end(), flag.id) == options.flags.end();
    });
    for (const auto id : options.flags)
        if (std::none_of(flags.begin(), flags.end(), [&](const Flag& flag) { return flag.id == id; }))
            throw usage_error("there is no flag {} (see `skurd flags --all`)", id);
    return flags;
}

/// The flags that were meant, and what was done to them.
std::string acknowledged_text(const std::vector<Flag>& flags, const AckOptions& options, std::size_t width)
{
    const bool en = options.language == Language::en;
    if (flags.empty())
        return en ? "no open flag is meant\n" : "ingen åpne flagg er ment\n";
    const auto done = options.dry_run     ? (en ? "{} would be acknowledged\n" : "{} ville blitt kvittert\n")
                      : flags.size() == 1 ? (en ? "flag {} is acknowledged\n" : "flagg {} er kvittert\n")
                                          : (en ? "{} flags are acknowledged\n" : "{} flagg er kvittert\n");
    const bool is_named = flags.size() == 1 && !options.dry_run;
    return flags_table(flags, options.language, width) +
           fmt::format(fmt::runtime(done), is_named ? flags.front().id : static_cast<std::int64_t>(flags.size()));
}

ExitCode acknowledge(Context& context, const AckOptions& options)
{
    if (!options.dry_run && trim(options.note).empty())
        throw usage_error("--note must say why the flags are acknowledged");
    const ReadContext read(context);
    const auto flags = to_be_answered(read, options);
    std::vector<std::int64_t> ids;
    ids.reserve(flags.size());
    for (const auto& flag : flags)
        ids.push_back(flag.id);
    for (std::size_t i = 0; !options.dry_run && i < ids.size(); i += flags_of_order_max) {
        const auto first = ids.begin() + static_cast<std::ptrdiff_t>(i);
        const auto count = static_cast<std::ptrdiff_t>(std::min(flags_of_order_max, ids.size() - i));
        carry_out(context, AcknowledgeOrder{{first, first + count}, options.note, actor_or_user(options.actor)});
    }
    if (context.json)
        print_json({{"flags", json_list(flags)}, {"dry_run", options.dry_run}});
    else
        std::cout << acknowledged_text(flags, options, context.width());
    return ExitCode::good;
}

void add_ack(CLI::App& flags, Context& context)
{
    auto options = std::make_shared<AckOptions>(); // lives as long as the callback
    auto& command = *flags.add_subcommand("ack", "Acknowledge flags, with a note that is stored for ever");
    command.add_option("ID", options->flags, "The flags' numbers");
    command.add_flag("--all", options->all, "All open ones, or those of them that the following options mean");
    options->filter.add_to(command);
    command.add_flag("--dry-run", options->dry_run, "Only show which");
    add_language(command, options->language);
    command.add_option("--note", options->note, "What was found; required but for --dry-run");
    add_actor(command, options->actor, "Who does it");
    command.callback(
        [&context, options] { context.action = [&context, options] { return acknowledge(context, *options); }; });
}

void add_show(CLI::App& flags, Context& context)
{
    auto options = std::make_shared<ShowOptions>(); // lives as long as the callback
    auto& command = *flags.add_subcommand("show", "The history of a flag");
    command.add_option("ID", options->flag, "The flag's number")->required();
    add_language(command, options->language);
    command.callback(
        [&context, options] { context.action = [&context, options] { return show_flag(context, *options); }; });
}

} // namespace

void add_flags(CLI::App& command, Context& context)
{
    auto options = std::make_shared<FlagOptions>(); // lives as long as the callback
    command.add_flag("--all", options->closed_too, "Closed ones too");
    options->filter.add_to(command);
    add_language(command, options->language);
    command.require_subcommand(0, 1);
    add_ack(command, context);
    add_show(command, context);
    command.callback([&context, &command, options] {
        if (command.get_subcommands().empty())
            context.action = [&context, options] { return list_flags(context, *options); };
    });
}

} // namespace skurd
