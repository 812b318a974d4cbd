// The command serve: the daemon.
#include "app/commands.hpp"
#include "app/exit_deadline.hpp"
#include "app/read_only_server.hpp"
#include "app/signals.hpp"
#include "base/folder_owner.hpp"
#include "base/memory.hpp"
#include "daemon/harvester.hpp"
#include "daemon/settings.hpp"
#include "lib/spdlog/log.hpp"
#include "lib/systemd/passed_sockets.hpp"
#include "store/store_files.hpp"

#include <spdlog/spdlog.h>

#include <atomic>
#include <memory>
#include <optional>

namespace skurd {

namespace {

/// SIGUSR2 lets a person see more, or less again, without a restart.
void turn_debugging_on_or_off()
{
    const bool on = spdlog::get_level() > spdlog::level::debug;
    spdlog::set_level(on ? spdlog::level::debug : spdlog::level::info);
    spdlog::info("the log tells {} (SIGUSR2)", on ? "details from now on" : "no details any more");
}

ExitCode serve(Context& context)
{
    auto passed = passed_sockets(); // before there are threads
    share_heaps();
    set_log_format(read_settings(context.installation()).log_format);
    std::optional<Harvester> harvester; // outlives the signals that speak to it
    std::atomic<bool> is_there = false;
    const auto reload = [&] {
        if (is_there)
            harvester->reload();
    };
    const auto tell_work = [&] {
        if (is_there)
            harvester->tell_work();
    };
    require_state_folder(context.installation().state);
    become_owner_of(context.installation().state); // first: while there is one thread
    const Signals signals({{SIGHUP, reload}, {SIGUSR1, tell_work}, {SIGUSR2, turn_debugging_on_or_off}});
    const ExitDeadline deadline(signals.stop(), std::chrono::milliseconds(4500)); // SIGTERM ends us within 5 s
    harvester.emplace(context.installation(), context.clock, WrongFiles::left_out);
    is_there = true;
    harvester->serve(signals.stop(), std::move(passed));
    return ExitCode::good;
}

} // namespace

void add_serve(CLI::App& command, Context& context)
{
    command.footer(
        "Runs in the foreground until SIGTERM or SIGINT; what runs then is stopped, and begun again at a start.\n"
        "Takes the orders of other processes through skurd.sock in the state folder. SIGHUP reads configuration, "
        "jobs\n"
        "and catalogue anew, all or nothing; SIGUSR1 logs what is at work, SIGUSR2 turns details in the log on and "
        "off.");
    const auto options = std::make_shared<ReadOnlyOptions>();
    command.add_option("--read-only", options->place,
                       "Serve page and read API over this store, backup or snapshot, or database of PostgreSQL (a "
                       "replica too) instead: no jobs, nothing is written, and no state folder is needed");
    command.add_option("--listen", options->listen, "With --read-only: addresses instead of those of [serve] listen")
        ->needs("--read-only");
    command.callback([&context, options] {
        context.action = [&context, options] {
            return options->place.empty() ? serve(context) : serve_read_only(context, *options);
        };
    });
}

} // namespace skurd
