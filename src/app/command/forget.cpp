// The command forget: a person's name gives way to a pseudonym.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "base/error.hpp"

namespace skurd {

namespace {

struct ForgetOptions {
    std::string person;
    std::string actor;
    bool yes = false;
};

ExitCode forget(Context& context, const ForgetOptions& options)
{
    if (!options.yes)
        throw usage_error("this is for ever: nobody can find the name again, and who they were that annotated, "
                          "acknowledged or signed under it; say --yes");
    const auto result = carry_out(context, ForgetOrder{options.person, options.actor});
    return print_done(context, to_json(OrderResult(result)),
                      fmt::format("the name is gone from the store: {} stands in its place. Texts that people wrote, "
                                  "bytes of signed reports, backups made before and the system's logs may still have "
                                  "it",
                                  result.pseudonym));
}

} // namespace

void add_forget(CLI::App& command, Context& context)
{
    auto options = std::make_shared<ForgetOptions>(); // lives as long as the callback
    command
        .add_option("NAME", options->person,
                    "The name, as `skurd annotations`, `flags --all` or `signoff --list` has it")
        ->required();
    command.add_flag("--yes", options->yes, "It is for ever");
    add_actor(command, options->actor, "Who asks for it");
    command.footer(
        "Puts a pseudonym in the place of the name wherever it stands in the store, and takes its user\n"
        "number away. The chains stay valid: they hold a salted hash of the name, and the salt is deleted.");
    command.callback(
        [&context, options] { context.action = [&context, options] { return forget(context, *options); }; });
}

} // namespace skurd
