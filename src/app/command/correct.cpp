// The command correct: a number the source has wrong.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "daemon/annotation_orders.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "store/annotation_store.hpp"
#include "store/correction_store.hpp"
#include "store/observation_store.hpp"

#include <iostream>
#include <set>

namespace skurd {

namespace {

struct CorrectOptions {
    std::string target;
    std::string period;
    std::string expected;
    std::string corrected;
    std::string reason;
    std::string by;
    std::int64_t ended = 0; ///< correction to end; 0 = none
};

ExitCode correct(Context& context, const CorrectOptions& options)
{
    if (options.ended != 0) {
        if (!options.target.empty() || !options.expected.empty() || !options.corrected.empty())
            throw usage_error("--end ends a correction; it makes no new one");
        require_options("correct", {{"--reason", &options.reason}});
        const auto answer = carry_out(context, {{{"command", "end"},
                                                 {"correction", options.ended},
                                                 {"reason", options.reason},
                                                 {"by", actor_or_user(options.by)}},
                                                ""});
        return print_done(context, answer, fmt::format("correction {} is ended", options.ended));
    }
    require_options("correct", {{"SELECTOR", &options.target},
                                {"--period", &options.period},
                                {"--expected", &options.expected},
                                {"--to", &options.corrected},
                                {"--reason", &options.reason}});
    const auto answer = carry_out(context, {{{"command", "correct"},
                                             {"target", options.target},
                                             {"period", options.period},
                                             {"expected", options.expected},
                                             {"to", options.corrected},
                                             {"reason", options.reason},
                                             {"by", actor_or_user(options.by)}},
                                            ""});
    return print_done(context, answer,
                      fmt::format("correction {} holds until the source changes the number",
                                  answer["correction"].get<std::int64_t>()));
}

constexpr auto series_text = "An indicator's number, or dataset{dimension=code,…}";

} // namespace

void add_correct(CLI::App& command, Context& context)
{
    auto options = std::make_shared<CorrectOptions>(); // lives as long as the callback
    command.add_option("SELECTOR", options->target, series_text);
    command.add_option("--period", options->period, "The period of the number");
    command.add_option("--expected", options->expected, "The wrong number, as the source has it");
    command.add_option("--to", options->corrected, "What it should be (decimal point or comma)");
    command.add_option("--reason", options->reason, "Why; also why a correction is ended");
    add_actor(command, options->by, "Who says so");
    command.add_option("--end", options->ended, "End this correction instead (see `skurd corrections`)")
        ->check(CLI::PositiveNumber);
    command.callback(
        [&context, options] { context.action = [&context, options] { return correct(context, *options); }; });
}

} // namespace skurd
