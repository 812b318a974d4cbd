// The command init: a commented start for an installation of one's own.
#include "app/commands.hpp"
#include "app/new_files.hpp"
#include "app/start_files.hpp"
#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

namespace skurd {

namespace {

/// Where each file of deploy/start goes, from the folder of the installation.
struct Place {
    std::string_view name;
    std::string_view path;
};
constexpr std::array<Place, 3> places = {{{"skurd.toml", "skurd.toml"},
                                          {"population.toml", "schedules/population.toml"},
                                          {"indicators.toml", "indicators/indicators.toml"}}};

std::string start_file(std::string_view name)
{
    const auto& files = start_files();
    const auto found = std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.name == name; });
    if (found == files.end())
        throw error("the file '{}' does not come with the program", name);
    return found->bytes;
}

ExitCode init(Context& context, const std::filesystem::path& folder)
{
    NewFiles files;
    Json written = Json::array();
    for (const auto& place : places) {
        const auto path = folder / place.path;
        files.add(path, start_file(place.name));
        written.push_back(path.string());
    }
    files.write();
    files.keep();
    const auto config = (folder / "skurd.toml").string();
    if (context.json) {
        print_json({{"config", config}, {"files", written}});
        return ExitCode::good;
    }
    for (const auto& file : written)
        print_text("wrote {}\n", file.get<std::string>());
    print_text("\nThey are commented: read them, and change what you like. Next:\n\n"
               "    export SKURD_CONFIG={}\n"
               "    skurd check                     # is all in order? Here and after every change\n"
               "    skurd harvest population        # fetches the example's table from Statistics Norway\n"
               "    skurd report                    # what became of it\n"
               "    skurd follow --help             # an indicator of your own in one command\n",
               std::filesystem::absolute(config).string());
    return ExitCode::good;
}

} // namespace

void add_init(CLI::App& command, Context& context)
{
    auto folder = std::make_shared<std::string>(); // lives as long as the callback
    command.add_option("DIR", *folder, "The folder; made where it is not there")->type_name("DIR")->required();
    command.callback([&context, folder] { context.action = [&context, folder] { return init(context, *folder); }; });
}

} // namespace skurd
