// The command flags: list, show, ack.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "app/table.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "daemon/flag_orders.hpp"
#include "model/flag.hpp"
#include "run/jobs.hpp"
#include "store/flag_store.hpp"

#include <algorithm>
#include <iostream>

namespace skurd {

namespace {

const std::vector<std::string> kinds = {"threshold", "revision", "break", "withdrawn", "overdue",
                                        "frozen",    "replaced", "drift", "suspect",   "quarantine"};

/// Which flags, as options.
struct FilterOptions {
    std::string kind;
    std::string job;
    std::string source;
    int indicator = 0;
    std::string raised_since;

    void add_to(CLI::App& command)
    {
        command.add_option("--kind", kind, "Only of that kind")->check(CLI::IsMember(kinds));
        command.add_option("--job", job, "Only of that job and of indicators that read its dataset");
        command.add_option("--source", source, "Only of that source (ssb) and of indicators that read from it");
        command.add_option("--indicator", indicator, "Only of that indicator");
        command.add_option("--raised-since", raised_since, "Only those raised then or later (a date or an instant)");
    }

    /// Throws Error (usage) for a job, an indicator or a time that is none.
    FlagFilter read(const StoreView& view) const
    {
        FlagFilter filter;
        filter.kind = from_word<FlagKind>(kind);
        if (!job.empty())
            filter.job = load_jobs(view.installation).find(job).job.id;
        filter.source = source;
        if (indicator != 0)
            filter.indicator = view.indicator(indicator).number;
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
    std::string language = "nb";
    FilterOptions filter;
};

struct AckOptions {
    std::vector<std::int64_t> flags;
    bool all = false;
    bool dry_run = false;
    std::string language = "nb";
    FilterOptions filter;
    std::string note;
    std::string by;
};

struct ShowOptions {
    std::int64_t flag = 0;
    std::string language = "nb";
};

void add_language(CLI::App& command, std::string& language)
{
    command.add_option("--lang", language, "nb or en")->check(CLI::IsMember({"nb", "en"}))->capture_default_str();
}

std::string text_of(const Flag& flag, const std::string& language)
{
    return language == "en" ? flag.text_en : flag.text_nb;
}

std::string table_of(const std::vector<Flag>& flags, const std::string& language)
{
    Table table(
        {{"flag", Table::Align::right}, {"kind"}, {"state"}, {"indicator", Table::Align::right}, {"text"}, {"note"}});
    for (const auto& flag : flags)
        table.add({std::to_string(flag.id), std::string(to_string(flag.kind)), std::string(to_string(flag.state)),
                   flag.indicator ? std::to_string(flag.indicator) : "", text_of(flag, language), flag.note});
    return table.text();
}

Json json_of(const std::vector<Flag>& flags)
{
    Json answer = Json::array();
    for (const auto& flag : flags)
        answer.push_back(to_json(flag));
    return answer;
}

ExitCode list(Context& context, const FlagOptions& options)
{
    const StoreView view(context);
    const auto flags = chosen_flags(view.store, view.catalogue, options.filter.read(view), options.closed_too);
    if (context.json)
        print_json(json_of(flags));
    else
        std::cout << (flags.empty() ? "no open flags\n" : table_of(flags, options.language));
    return ExitCode::good;
}

ExitCode show(Context& context, const ShowOptions& options)
{
    const StoreView view(context);
    const auto flags = FlagStore(view.store).list(true);
    const auto found =
        std::find_if(flags.begin(), flags.end(), [&](const Flag& flag) { return flag.id == options.flag; });
    if (found == flags.end())
        throw usage_error("there is no flag {} (see `skurd flags --all`)", options.flag);
    auto answer = to_json(*found);
    answer["events"] = Json::array();
    for (const auto& event : FlagStore(view.store).events(found->id))
        answer["events"].push_back(to_json(event));
    if (context.json) {
        print_json(answer);
        return ExitCode::good;
    }
    std::cout << fmt::format("flag {}, {} ({}): {}\n{}\n", found->id, to_string(found->kind), found->key,
                             to_string(found->state), text_of(*found, options.language));
    std::string said = text_of(*found, options.language); // an event's own words only where they are others
    for (const auto& event : answer["events"]) {
        const auto by = event["by"].get<std::string>();
        const auto text = event["text_" + options.language].get<std::string>();
        std::cout << fmt::format("\n{}  {}{}\n", event["at"].get<std::string>(), event["event"].get<std::string>(),
                                 by.empty() ? "" : fmt::format(" by {}: {}", by, event["note"].get<std::string>()));
        if (text != said)
            std::cout << "  " << text << '\n';
        said = text;
    }
    return ExitCode::good;
}

/// The flags that are to be answered: those named, or all that the filter means and that are open.
std::vector<Flag> to_be_answered(const StoreView& view, const AckOptions& options)
{
    const auto filter = options.filter.read(view);
    if (options.all == !options.flags.empty() || (!options.all && !filter.is_empty()))
        throw usage_error("name flags by their numbers, or give --all and, to choose among them, --kind, --job, "
                          "--source, --indicator or --raised-since");
    auto flags = chosen_flags(view.store, view.catalogue, filter, !options.all);
    std::erase_if(flags, [&](const Flag& flag) {
        return options.all ? flag.state != FlagState::open
                           : std::find(options.flags.begin(), options.flags.end(), flag.id) == options.flags.end();
    });
    for (const auto id : options.flags)
        if (std::none_of(flags.begin(), flags.end(), [&](const Flag& flag) { return flag.id == id; }))
            throw usage_error("there is no flag {} (see `skurd flags --all`)", id);
    return flags;
}

ExitCode acknowledge(Context& context, const AckOptions& options)
{
    if (!options.dry_run && trim(options.note).empty())
        throw usage_error("--note must say why the flags are answered");
    const StoreView view(context);
    const auto flags = to_be_answered(view, options);
    std::vector<std::int64_t> ids;
    for (const auto& flag : flags)
        ids.push_back(flag.id);
    if (!options.dry_run && !ids.empty())
        carry_out(context, AcknowledgeOrder{ids, options.note, actor_or_user(options.by)});
    if (context.json)
        print_json({{"flags", json_of(flags)}, {"dry_run", options.dry_run}});
    else
        std::cout << (flags.empty() ? "no open flag is meant\n" : table_of(flags, options.language))
                  << (flags.empty()       ? ""
                      : options.dry_run   ? fmt::format("{} would be acknowledged\n", flags.size())
                      : flags.size() == 1 ? fmt::format("flag {} is acknowledged\n", ids.front())
                                          : fmt::format("{} flags are acknowledged\n", flags.size()));
    return ExitCode::good;
}

void add_ack(CLI::App& flags, Context& context)
{
    auto options = std::make_shared<AckOptions>(); // lives as long as the callback
    auto& command = *flags.add_subcommand("ack", "Answer flags, with a note that is kept for ever");
    command.add_option("ID", options->flags, "The flags' numbers");
    command.add_flag("--all", options->all, "All open ones, or those of them that the following options mean");
    options->filter.add_to(command);
    command.add_flag("--dry-run", options->dry_run, "Only show which");
    add_language(command, options->language);
    command.add_option("--note", options->note, "What was found; required but for --dry-run");
    command.add_option("--by", options->by, "Who answers; the user's name when left out");
    command.callback(
        [&context, options] { context.action = [&context, options] { return acknowledge(context, *options); }; });
}

void add_show(CLI::App& flags, Context& context)
{
    auto options = std::make_shared<ShowOptions>(); // lives as long as the callback
    auto& command = *flags.add_subcommand("show", "The whole life of a flag");
    command.add_option("ID", options->flag, "The flag's number")->required();
    add_language(command, options->language);
    command.callback(
        [&context, options] { context.action = [&context, options] { return show(context, *options); }; });
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
            context.action = [&context, options] { return list(context, *options); };
    });
}

} // namespace skurd
