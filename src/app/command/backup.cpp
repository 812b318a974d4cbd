// The command backup: the whole store as one file.
#include "app/commands.hpp"
#include "base/error.hpp"
#include "base/text_table.hpp"
#include "model/verification.hpp"
#include "store/maintenance.hpp"
#include "store/store_session.hpp"

#include <filesystem>
#include <iostream>

namespace skurd {

namespace {

namespace fs = std::filesystem;

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
    const auto store = open_store(context);
    {
        const ProgressLine progress;
        StoreMaintenance(store).back_up(file, [&](const std::string& text) { progress("backup: " + text); });
    }
    const auto bytes = fs::file_size(file);
    if (context.json)
        print_json({{"file", file.string()}, {"bytes", bytes}});
    else
        print_text("{}: {} bytes; `skurd verify {}` checks it\n", file.string(), bytes, name);
    return ExitCode::good;
}

} // namespace

void add_backup(CLI::App& command, Context& context)
{
    auto file = std::make_shared<std::string>(); // live as long as the callback
    auto replace = std::make_shared<bool>(false);
    command.add_option("FILE", *file, "Where to; harvests may go on meanwhile")->required();
    command.add_flag("--replace", *replace, "Also where the file is there already");
    command.footer("One file with all there is, payloads too. `skurd restore` puts it back.");
    command.callback([&context, file, replace] {
        context.action = [&context, file, replace] { return backup(context, *file, *replace); };
    });
}

} // namespace skurd
