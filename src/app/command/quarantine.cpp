// The command quarantine: what was refused, and why; ingest it after all.
#include "query/quarantine.hpp"
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "base/text.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "store/payload_store.hpp"
#include "store/quarantine_store.hpp"
#include "view/run_json.hpp"
#include "view/store_json.hpp"

#include <fmt/format.h>

#include <iostream>

namespace skurd {

namespace {

constexpr std::size_t reason_width = 90;
constexpr std::size_t beginning_bytes = 400;

struct QuarantineOptions {
    bool all = false;
    std::int64_t id = 0;
    bool accept = false;
    Agreement agreement;
    std::string note;
    std::string actor;
    Attachment attachment = Attachment::attached;
};

ExitCode list_quarantine(Context& context, bool all)
{
    const ReadContext read(context);
    const auto held = QuarantineStore(read.store).list(ended_if(all));
    if (context.json) {
        print_json_list(held);
        return ExitCode::good;
    }
    TextTable table({{"nr", TextTable::Align::right}, {"when"}, {"job"}, {"kind"}, {"ended"}, {"why"}});
    for (const auto& one : held)
        table.add({std::to_string(one.id), format_time(one.at), one.job, std::string(to_string(one.kind)),
                   one.ended ? std::string(to_string(*one.ended)) : "", excerpt(one.reason, reason_width)});
    std::cout << (table.empty() ? "nothing is in quarantine\n" : table.text(context.width()));
    return ExitCode::good;
}

ExitCode show_quarantined(Context& context, std::int64_t id)
{
    const ReadContext read(context);
    const auto held = find_quarantined(read.store, id);
    const auto bytes = PayloadStore(read.store).bytes(held.payload_hash);
    if (context.json) {
        auto answer = to_json(held);
        answer["bytes"] = bytes.size();
        print_json(answer);
        return ExitCode::good;
    }
    print_text("{} in quarantine: {} (job {}, {})\n  {}\n  payload {}, {} bytes\n", held.id, held.name, held.job,
               format_time(held.at), held.reason, held.payload_hash, bytes.size());
    if (held.ended)
        print_text("  {} {}{}: {}\n", to_string(*held.ended), format_time(*held.ended_at),
                   held.ended_by.empty() ? "" : " by " + held.ended_by, held.ended_why);
    else
        print_text("  it begins: {}\n"
                   "To ingest it after all: skurd quarantine retry {} --accept; "
                   "to be done with it: skurd quarantine discard {} --note TEXT\n",
                   excerpt(bytes.substr(0, beginning_bytes), beginning_bytes), id, id);
    return ExitCode::good;
}

ExitCode retry(Context& context, const QuarantineOptions& options)
{
    const auto& agreement = options.accept ? agree_to_all : options.agreement;
    const RetryOrder order{options.id, agreement, actor_or_user(options.actor)};
    if (options.attachment == Attachment::detached)
        return detach_order(context, order);
    const auto result = carry_out(context, order);
    const auto& run = result.runs.at(0);
    if (context.json)
        print_json(to_json(run));
    else
        print_text("{}: {}\n", run.job, run.message);
    return result.exit();
}

ExitCode discard(Context& context, const QuarantineOptions& options)
{
    carry_out(context, DiscardOrder{options.id, options.note, actor_or_user(options.actor)});
    return print_done(context, {{"exit", 0}, {"quarantine", options.id}},
                      fmt::format("{} in quarantine is discarded; its payload stays in the store", options.id));
}

} // namespace

void add_quarantine(CLI::App& command, Context& context)
{
    auto options = std::make_shared<QuarantineOptions>(); // lives as long as the callbacks
    command.require_subcommand(1);
    auto* list_command = command.add_subcommand("list", "What was refused, and neither retried nor discarded yet");
    list_command->add_flag("--all", options->all, "What was retried or discarded too");
    auto* show_command = command.add_subcommand("show", "One of them: why, and how it begins");
    auto* retry_command = command.add_subcommand("retry", "Decode it again by today's job and ingest it");
    retry_command->add_flag("--accept", options->accept, "All three of the following");
    add_agreement(*retry_command, options->agreement);
    add_detach(*retry_command, options->attachment);
    auto* discard_command = command.add_subcommand("discard", "Be done with it; the bytes stay in the store");
    discard_command->add_option("--note", options->note, "Why")->required();
    for (auto* one : {show_command, retry_command, discard_command})
        one->add_option("ID", options->id, "Its number in `skurd quarantine list`")->required();
    for (auto* one : {retry_command, discard_command})
        add_actor(*one, options->actor, "Who does it");
    command.callback([&context, options, list_command, show_command, retry_command] {
        context.action = [&context, options, listing = list_command->parsed(), showing = show_command->parsed(),
                          retrying = retry_command->parsed()] {
            if (listing)
                return list_quarantine(context, options->all);
            if (showing)
                return show_quarantined(context, options->id);
            return retrying ? retry(context, *options) : discard(context, *options);
        };
    });
}

} // namespace skurd
