// The command store: what is done with a store as a whole. copy: to another place, or another engine.
#include "app/commands.hpp"
#include "store/copy_store.hpp"

#include <CLI/CLI.hpp>

namespace skurd {

namespace {

struct CopyOptions {
    std::string from;
    std::string to;
};

ExitCode copy(const Context& context, const CopyOptions& options)
{
    const auto installation = context.installation();
    const auto from = place_of(options.from, installation);
    const auto to = place_of(options.to, installation);
    Verification found;
    {
        const ProgressLine progress;
        found = copy_store(from, to, context.clock, [&](const std::string& text) { progress("copy: " + text); });
    }
    return print_done(context,
                      {{"vintages", found.vintages},
                       {"cells", found.cells},
                       {"payloads", found.payloads},
                       {"content_head", found.content_head},
                       {"log_head", found.log_head}},
                      format_printable("{}: {} vintages with {} cells, {} payloads; verified, content head {}",
                                       options.to, found.vintages, found.cells, found.payloads, found.content_head));
}

} // namespace

void add_store(CLI::App& command, Context& context)
{
    auto options = std::make_shared<CopyOptions>(); // lives as long as the callback
    command.require_subcommand(1);
    auto* copying =
        command.add_subcommand("copy", "Copy a store to another place, between SQLite and PostgreSQL too");
    for (const auto& [name, where, help] :
         {std::tuple("FROM", &options->from, "A state folder, or postgresql://user@host/database"),
          std::tuple("TO", &options->to, "The same, where no store is yet")})
        copying->add_option(name, *where, help)->required();
    command.footer(
        "Stop the daemon first where its store is the place that is copied to. What is copied is the store of one\n"
        "instant, whole or not at all, and verified before it is there. A password is in the file of PGPASSFILE, or "
        "in\n"
        "that of [store] password_file where the URL is that of the configuration.");
    command.callback(
        [&context, options] { context.action = [&context, options] { return copy(context, *options); }; });
}

} // namespace skurd
