// The command correct: a number the source has wrong.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace skurd {

namespace {

struct CorrectOptions {
    std::string target;
    std::string period;
    std::string expected;
    std::string corrected;
    std::string reason;
    std::string actor;
    std::int64_t ended = 0; ///< correction to end; 0 = none
};

Decimal read_number(const char* option, const std::string& text)
{
    const auto number = number_by_hand(text);
    if (!number)
        throw usage_error("{} '{}' is not a number (like 46.2 or 46,2)", option, excerpt(text));
    return *number;
}

Period read_corrected_period(const std::string& text)
{
    const auto period = Period::parse(text);
    if (!period)
        throw usage_error("--period must say which number is corrected");
    return *period;
}

ExitCode end(Context& context, const CorrectOptions& options)
{
    if (!options.target.empty() || !options.expected.empty() || !options.corrected.empty())
        throw usage_error("--end ends a correction; it makes no new one");
    require_options("correct", {{"--reason", &options.reason}});
    carry_out(context, EndCorrectionOrder{options.ended, options.reason, actor_or_user(options.actor)});
    return print_done(context, {{"exit", 0}, {"correction", options.ended}},
                      fmt::format("correction {} is ended", options.ended));
}

ExitCode correct(Context& context, const CorrectOptions& options)
{
    if (options.ended != 0)
        return end(context, options);
    require_options("correct", {{"SELECTOR", &options.target},
                                {"--period", &options.period},
                                {"--expected", &options.expected},
                                {"--to", &options.corrected},
                                {"--reason", &options.reason}});
    const auto added = carry_out(context, CorrectOrder{options.target, read_corrected_period(options.period),
                                                       read_number("--expected", options.expected),
                                                       read_number("--to", options.corrected), options.reason,
                                                       actor_or_user(options.actor)});
    return print_done(context, {{"exit", 0}, {"correction", added.id}},
                      fmt::format("correction {} holds until the source changes the number", added.id));
}

} // namespace

void add_correct(CLI::App& command, Context& context)
{
    auto options = std::make_shared<CorrectOptions>(); // lives as long as the callback
    command.add_option("SELECTOR", options->target, "An indicator's number, or dataset{dimension=code,…}");
    command.add_option("--period", options->period, "The period of the number");
    command.add_option("--expected", options->expected, "The wrong number, as the source has it");
    command.add_option("--to", options->corrected, "What it should be (decimal point or comma)");
    command.add_option("--reason", options->reason, "Why; also why a correction is ended");
    add_actor(command, options->actor, "Who says so");
    command.add_option("--end", options->ended, "End this correction instead (see `skurd corrections`)")
        ->check(CLI::PositiveNumber);
    command.callback(
        [&context, options] { context.action = [&context, options] { return correct(context, *options); }; });
}

} // namespace skurd
