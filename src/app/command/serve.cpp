// The command serve: the daemon.
#include "app/commands.hpp"
#include "app/exit_deadline.hpp"
#include "app/signals.hpp"
#include "daemon/harvester.hpp"

namespace skurd {

namespace {

ExitCode serve(Context& context)
{
    const Signals signals;
    const ExitDeadline deadline(signals.stop(), std::chrono::milliseconds(4500)); // SIGTERM ends us within 5 s
    Harvester harvester(context.installation(), context.clock);
    harvester.serve(signals.stop());
    return ExitCode::good;
}

} // namespace

void add_serve(CLI::App& command, Context& context)
{
    command.footer(
        "Runs in the foreground until SIGTERM or SIGINT; what runs then is stopped, and begun again at a start.\n"
        "Takes the orders of other processes through skurd.sock in the state folder.");
    command.callback([&context] { context.action = [&context] { return serve(context); }; });
}

} // namespace skurd
