// The command reload: has the daemon read anew what it goes by.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "app/signals.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "order/orders.hpp"

#include <fmt/format.h>

#include <iostream>

namespace skurd {

namespace {

ReloadResult ask_daemon(const Context& context)
{
    const Signals signals;
    auto daemon = order_client(context);
    const auto result = give_to_daemon(daemon, ReloadOrder{}, {}, signals.stop());
    if (!result)
        throw error("no daemon runs that could read anything anew; `skurd serve` reads all of it when it starts");
    return std::get<ReloadResult>(*result);
}

ExitCode reload_daemon(Context& context)
{
    const auto result = ask_daemon(context);
    if (context.json)
        print_json(to_json(result));
    else if (result.mistakes.empty())
        std::cout << fmt::format("configuration, jobs and catalogue are read anew: {} jobs\n", result.jobs);
    if (!context.json)
        for (const auto& mistake : result.mistakes)
            std::cerr << "skurd: not read anew: " << printable(mistake) << '\n';
    return result.exit();
}

} // namespace

void add_reload(CLI::App& command, Context& context)
{
    command.footer(
        "All or nothing: where something is wrong, each mistake is told, exit is 2, and the daemon goes on\n"
        "with what it had. SIGHUP does the same.");
    command.callback([&context] { context.action = [&context] { return reload_daemon(context); }; });
}

} // namespace skurd
