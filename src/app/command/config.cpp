// The command config: what skurd is run with, and where each part of it comes from.
#include "app/commands.hpp"
#include "base/text.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "config/toml_text.hpp"
#include "daemon/settings.hpp"
#include "model/configuration.hpp"
#include "query/catalogue.hpp"
#include "run/jobs.hpp"
#include "view/configuration_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

namespace skurd {

namespace {

Configuration read_configuration(const Installation& installation)
{
    read_settings(installation); // so that every key was read
    const auto list = load_jobs(installation);
    list.require_no_errors();
    return {installation.config_file.string(), installation.config->reads(), job_files(list),
            jobs_left_out(list, installation), catalogue_sources(installation)};
}

std::string origin_text(const ConfigurationKey& key)
{
    return key.origin == KeyOrigin::by_default ? "default" : key.where;
}

/// As a configuration file, with what is known of each value behind it.
std::string keys_text(const Configuration& configuration)
{
    std::vector<std::pair<const ConfigurationKey*, std::string>> lines;
    std::size_t width = 0;
    for (const auto& key : configuration.keys) {
        const auto value = toml_text(key.value);
        lines.emplace_back(&key, fmt::format("{} = {}", key.key, value));
        width = std::max(width, std::min<std::size_t>(display_width(lines.back().second), 48));
    }
    std::string text;
    std::string table;
    for (const auto& [key, line] : lines) {
        if (key->table != table)
            text += fmt::format("\n[{}]\n", table = key->table);
        const auto used = display_width(line);
        text += fmt::format("{}{:{}}  # {}\n", line, "", used < width ? width - used : 0, origin_text(*key));
    }
    return text;
}

/// What an installation has of its own of jobs or of files of the catalogue.
std::string files_text(const char* what, const std::vector<ConfiguredFile>& files, const std::string& left_out)
{
    const auto count = [&](FileRole role) {
        return std::count_if(files.begin(), files.end(), [&](const auto& file) { return file.role == role; });
    };
    auto text =
        fmt::format("\n# {}: {} that come with skurd, {} added, {} in the place of one that comes with skurd\n", what,
                    count(FileRole::shipped), count(FileRole::added), count(FileRole::replaces));
    for (const auto& file : files)
        if (file.role != FileRole::shipped)
            text += fmt::format("#   {} {}: {}\n", file.role == FileRole::added ? "added" : "replaced", file.name,
                                file.file);
    return left_out.empty() ? text : text + fmt::format("#   left out: {}\n", left_out);
}

ExitCode show_configuration(Context& context)
{
    const auto installation = context.installation();
    const auto found = read_configuration(installation);
    if (context.json) {
        print_json(to_json(found));
        return ExitCode::good;
    }
    std::cout << (found.file.empty() ? "# no configuration file: see skurd init, or /usr/share/skurd/skurd.toml\n"
                                     : fmt::format("# {}\n", found.file))
              << keys_text(found) << files_text("jobs", found.jobs, join(found.jobs_left_out, ", "))
              << files_text("files of the catalogue", found.catalogue,
                            installation.shipped_indicators == Shipped::used ? "" : "all that come with skurd");
    return ExitCode::good;
}

struct ConfigOptions {
    bool versions = false;
    std::string texts; ///< of that version; "" = not asked for
};

/// What harvesters on one store work by is in it.
StoreSession open_shared_store(Context& context)
{
    if (!context.installation().store.is_server())
        throw usage_error(
            "the store is a file, whose one writer works by what lies on disk: `skurd config` shows that, "
            "`skurd indicators --versions` the versions of the catalogue");
    return open_store(context);
}

ExitCode show_versions(Context& context)
{
    const auto store = open_shared_store(context);
    const auto versions = store.configuration_versions();
    if (context.json) {
        print_json_list(versions);
        return ExitCode::good;
    }
    TextTable table(
        {{"in force since (UTC)"}, {"version"}, {"put in force on"}, {"by"}, {"texts", TextTable::Align::right}});
    for (const auto& one : versions)
        table.add({format_time(one.at), one.hash.substr(0, 12), one.host, "skurd " + one.program,
                   std::to_string(one.texts)});
    std::cout << table.text(context.width());
    return ExitCode::good;
}

ExitCode show_texts(Context& context, const std::string& version)
{
    const auto store = open_shared_store(context);
    const auto texts = store.configuration_texts(version);
    if (texts.empty())
        throw usage_error("there are no texts of one version '{}' in the store: see skurd config --versions",
                          version);
    if (context.json) {
        print_json_list(texts);
        return ExitCode::good;
    }
    for (const auto& one : texts) {
        print_text("==> {} {} <==\n", to_string(one.kind), one.name);
        std::cout << one.text << '\n';
    }
    return ExitCode::good;
}

ExitCode show(Context& context, const ConfigOptions& options)
{
    if (options.versions && !options.texts.empty())
        throw usage_error("--versions or --texts, not both");
    if (options.versions)
        return show_versions(context);
    return options.texts.empty() ? show_configuration(context) : show_texts(context, options.texts);
}

} // namespace

void add_config(CLI::App& command, Context& context)
{
    auto options = std::make_shared<ConfigOptions>(); // lives as long as the callback
    command.add_flag(
        "--versions", options->versions,
        "What the harvesters on a store on PostgreSQL were to work by, since when and who put it in force");
    command.add_option("--texts", options->texts, "The texts of one of those versions, as it begins")
        ->type_name("VERSION");
    command.footer("Keys with the values they have, as a configuration file; behind each the line, the environment\n"
                   "variable or the option that gave it, or that it is the default. Passwords are hidden.");
    command.callback(
        [&context, options] { context.action = [&context, options] { return show(context, *options); }; });
}

} // namespace skurd
