// The command annotate: what is to be said of a vintage, a number or a period.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "base/error.hpp"

namespace skurd {

namespace {

struct AnnotateOptions {
    std::string target;
    std::string period;
    std::int64_t vintage = 0;
    std::string kind;
    std::string text;
    std::string reason;
    std::string actor;
    std::int64_t withdrawn = 0; ///< annotation to withdraw; 0 = none
};

ExitCode withdraw(Context& context, const AnnotateOptions& options)
{
    if (!options.target.empty() || !options.text.empty())
        throw usage_error("--withdraw takes back an annotation; it makes no new one");
    require_options("annotate", {{"--reason", &options.reason}});
    carry_out(context, WithdrawOrder{options.withdrawn, options.reason, actor_or_user(options.actor)});
    return print_done(context, {{"exit", 0}, {"annotation", options.withdrawn}},
                      fmt::format("annotation {} is withdrawn", options.withdrawn));
}

ExitCode annotate(Context& context, const AnnotateOptions& options)
{
    if (options.withdrawn != 0)
        return withdraw(context, options);
    require_options("annotate", {{"TARGET", &options.target}, {"--kind", &options.kind}, {"--text", &options.text}});
    if (!options.reason.empty())
        throw usage_error("--reason belongs to --withdraw; what is to be said goes into --text");
    const auto added = carry_out(context, AnnotateOrder{options.target, read_annotation_kind(options.kind),
                                                        Period::parse(options.period), options.vintage, options.text,
                                                        actor_or_user(options.actor)});
    return print_done(context, {{"exit", 0}, {"annotation", added.id}},
                      fmt::format("annotation {} is stored", added.id));
}

} // namespace

void add_annotate(CLI::App& command, Context& context)
{
    auto options = std::make_shared<AnnotateOptions>(); // lives as long as the callback
    command.add_option("TARGET", options->target,
                       "A dataset, one series of it as dataset{dimension=code,…}, or an indicator's number");
    command.add_option("--period", options->period, "About this period; of a break: the first after it");
    command.add_option("--vintage", options->vintage, "About this vintage (see `skurd history`)")
        ->check(CLI::PositiveNumber);
    command.add_option("--kind", options->kind, "revision, error correction, break or note")
        ->check(CLI::IsMember({"revision", "error correction", "break", "note"}));
    command.add_option("--text", options->text, "What is to be said");
    add_actor(command, options->actor, "Who says it");
    command.add_option("--withdraw", options->withdrawn, "Take back this annotation instead, with --reason")
        ->check(CLI::PositiveNumber);
    command.add_option("--reason", options->reason, "Why it is withdrawn");
    command.callback(
        [&context, options] { context.action = [&context, options] { return annotate(context, *options); }; });
}

} // namespace skurd
