// The command serve: the daemon.
#include "app/commands.hpp"
#include "app/signals.hpp"
#include "daemon/harvester.hpp"

namespace skurd {

namespace {

ExitCode serve(Context& context)
{
    Signals signals;
    Harvester harvester(context.installation(), context.clock);
    harvester.serve(signals.stop(), signals.wake_descriptor());
    return ExitCode::good;
}

} // namespace

void add_serve(CLI::App& command, Context& context)
{
    command.footer(
        "Runs in the foreground until SIGTERM or SIGINT; the running job ends first. Takes `skurd harvest` "
        "and `skurd drop`\nof other processes through skurd.sock in the state folder.");
    command.callback([&context] { context.action = [&context] { return serve(context); }; });
}

} // namespace skurd
