// The commands that look after the store itself: verify, backup, replay.
#include "app/agreement.hpp"
#include "app/commands.hpp"
#include "app/table.hpp"
#include "base/error.hpp"
#include "model/verification.hpp"
#include "store/maintenance.hpp"
#include "store/store_session.hpp"

#include <filesystem>
#include <iostream>

namespace skurd {

namespace {

namespace fs = std::filesystem;

StoreSession open_for_reading(Context& context, const std::string& backup)
{
    if (backup.empty())
        return StoreSession(context.installation().state, StoreSession::Access::read, context.clock);
    return StoreSession::open_backup(fs::absolute(backup), context.clock);
}

ExitCode verify(Context& context, const std::string& backup)
{
    const auto store = open_for_reading(context, backup);
    Verification found;
    {
        const ProgressLine progress;
        found = StoreMaintenance(store).verify([&](const std::string& text) { progress(text); });
    }
    if (context.json) {
        print_json({{"ok", found.wrong.empty()},
                    {"wrong", found.wrong},
                    {"vintages", found.vintages},
                    {"cells", found.cells},
                    {"payloads", found.payloads},
                    {"payloads_removed", found.payloads_removed},
                    {"unchecked", found.unchecked}});
    } else {
        for (const auto& wrong : found.wrong)
            std::cout << "wrong: " << wrong << '\n';
        std::cout << fmt::format("{} vintages with {} cells, {} payloads", found.vintages, found.cells,
                                 found.payloads);
        if (found.payloads_removed > 0)
            std::cout << fmt::format(" ({} more were let go)", found.payloads_removed);
        if (found.unchecked > 0)
            std::cout << fmt::format("; the numbers of {} vintages of an older skurd cannot be checked",
                                     found.unchecked);
        std::cout << (found.wrong.empty() ? ": all is well\n" : ": put back a backup, or what is missing from one\n");
    }
    return found.wrong.empty() ? ExitCode::good : ExitCode::failed;
}

ExitCode backup(Context& context, const std::string& name, bool replace)
{
    const auto file = fs::absolute(name);
    if (fs::is_directory(file))
        throw usage_error("{}: is a folder; name a file", file.string());
    if (fs::exists(file) && !replace)
        throw usage_error("{}: is there already; give another name, or --replace", file.string());
    const auto state = context.installation().state;
    std::error_code ignored;
    if (fs::equivalent(file, state / "skurd.db", ignored))
        throw usage_error("{}: is the store itself; name another file", file.string());
    const StoreSession store(state, StoreSession::Access::read, context.clock);
    {
        const ProgressLine progress;
        StoreMaintenance(store).back_up(file, [&](const std::string& text) { progress("backup: " + text); });
    }
    const auto bytes = fs::file_size(file);
    if (context.json)
        print_json({{"file", file.string()}, {"bytes", bytes}});
    else
        std::cout << fmt::format("{}: {} bytes; `skurd verify {}` looks it over\n", file.string(), bytes, name);
    return ExitCode::good;
}

std::string word_or_nothing(const Json& word)
{
    return word.is_null() ? "(nothing)" : word.get<std::string>();
}

void print_replay(const Json& vintages)
{
    Table table({{"vintage", Table::Align::right},
                 {"dataset"},
                 {"published"},
                 {"series"},
                 {"period"},
                 {"stored", Table::Align::right},
                 {"decoded", Table::Align::right}});
    std::size_t different = 0;
    for (const auto& vintage : vintages) {
        different += vintage["different"].get<std::size_t>();
        for (const auto& cell : vintage["differences"]) {
            std::string codes;
            for (const auto& [dimension, code] : cell["codes"].items())
                codes += fmt::format("{}{}={}", codes.empty() ? "" : " ", dimension, code.get<std::string>());
            table.add({vintage["vintage"].dump(), vintage["dataset"],
                       vintage["published"].get<std::string>().substr(0, 10), codes, cell["period"],
                       word_or_nothing(cell["stored"]), word_or_nothing(cell["decoded"])});
        }
    }
    if (!table.empty())
        std::cout << table.text() << '\n';
    for (const auto& vintage : vintages) {
        const auto shown = vintage["differences"].size();
        if (vintage["different"].get<std::size_t>() > shown)
            std::cout << fmt::format("vintage {}: {} more cells differ\n", vintage["vintage"].dump(),
                                     vintage["different"].get<std::size_t>() - shown);
        if (!vintage["new_vintage"].is_null())
            std::cout << fmt::format("vintage {}: accepted as vintage {}\n", vintage["vintage"].dump(),
                                     vintage["new_vintage"].dump());
    }
    std::cout << fmt::format("{} vintages decoded again, {} cells differ\n", vintages.size(), different);
}

struct ReplayCommand {
    std::vector<std::string> jobs;
    bool accept = false;
    Agreement agreement;
};

ExitCode replay(Context& context, const ReplayCommand& options)
{
    Json order = {{"command", "replay"}, {"jobs", options.jobs}, {"accept", options.accept}};
    write_agreement(options.agreement, order);
    const auto answer = carry_out(context, {std::move(order), ""});
    for (const auto& vintage : answer["vintages"])
        if (!vintage["failure"].is_null())
            std::cerr << fmt::format("skurd: {}: vintage {}: {}\n", vintage["job"].get<std::string>(),
                                     vintage["vintage"].dump(), vintage["failure"].get<std::string>());
    if (context.json)
        print_json(answer["vintages"]);
    else
        print_replay(answer["vintages"]);
    return static_cast<ExitCode>(answer.value("exit", 1));
}

} // namespace

void set_up_verify(CLI::App& command, Context& context)
{
    auto backup = std::make_shared<std::string>(); // lives as long as the callback
    command.add_option("FILE", *backup, "A backup; else the store itself");
    command.footer(
        "Looks at SQLite's own integrity, every payload against its hash, the chain over vintages, and\n"
        "whether each vintage's rows give the numbers that were taken in. Exit 0 when all is well, 1 when not.");
    command.callback(
        [&context, backup] { context.action = [&context, backup] { return verify(context, *backup); }; });
}

void set_up_backup(CLI::App& command, Context& context)
{
    auto file = std::make_shared<std::string>(); // live as long as the callback
    auto replace = std::make_shared<bool>(false);
    command.add_option("FILE", *file, "Where to; harvests may go on meanwhile")->required();
    command.add_flag("--replace", *replace, "Also where the file is there already");
    command.footer("One file with all there is, payloads too. To put it back: stop skurd, empty the state folder of\n"
                   "skurd.db, skurd.db-wal and skurd.db-shm, and copy the file there as skurd.db.");
    command.callback([&context, file, replace] {
        context.action = [&context, file, replace] { return backup(context, *file, *replace); };
    });
}

void set_up_replay(CLI::App& command, Context& context)
{
    auto options = std::make_shared<ReplayCommand>(); // lives as long as the callback
    command.add_option("JOB", options->jobs, "Only these jobs'");
    command.add_flag("--accept", options->accept, "Write what differs as new vintages; the old ones stay");
    command.add_flag("--accept-drift", options->agreement.drift, "Also what a drift of the dataset schema blocks");
    command.add_flag("--accept-suspect", options->agreement.anomalies, "Also what looks like a slip of the source");
    command.callback(
        [&context, options] { context.action = [&context, options] { return replay(context, *options); }; });
}

} // namespace skurd
