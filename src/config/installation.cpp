#include "config/installation.hpp"

#include "base/error.hpp"

#include <cstdlib>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr auto system_config = "/etc/skurd/skurd.toml";
constexpr auto system_state = "/var/lib/skurd";

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

fs::path config_path(const std::string& given)
{
    if (!given.empty())
        return given;
    if (const auto named = environment("SKURD_CONFIG"); !named.empty())
        return named;
    return fs::exists(system_config) ? system_config : "";
}

/// The folder a key of the configuration names, or the one of the default name beside the file if it is there.
fs::path folder_of(Section& config, const fs::path& beside, const char* name)
{
    const auto named = config.get_string(name, "");
    auto folder = beside / (named.empty() ? name : named);
    if (fs::is_directory(folder))
        return folder;
    if (!named.empty())
        config.fail(name, fmt::format("'{}' is not a folder", folder.string()));
    return {};
}

Shipped read_shipped(Section& section)
{
    return section.get_bool("shipped", true) ? Shipped::used : Shipped::left_out;
}

/// What of that which comes with the program is left out.
void read_shipped_parts(Section& config, Installation& found)
{
    if (auto jobs = config.get_table("jobs")) {
        found.shipped_jobs = read_shipped(*jobs);
        found.jobs_off = jobs->get_strings("off");
        found.jobs_off_where = jobs->where("off");
    }
    if (auto catalogue = config.get_table("catalogue"))
        found.shipped_indicators = read_shipped(*catalogue);
}

fs::path state_path(const std::string& given, const Installation& installation, const std::string& configured)
{
    if (!given.empty())
        return given;
    if (const auto named = environment("SKURD_STATE"); !named.empty())
        return named;
    if (!configured.empty())
        return installation.config_file.parent_path() / configured;
    return installation.config_file == system_config ? system_state : "skurd-state";
}

} // namespace

Installation find_installation(const std::string& config_given, const std::string& state_given)
{
    Installation found;
    std::string configured_state;
    found.config_file = config_path(config_given);
    if (!found.config_file.empty()) {
        found.config = Section::load(found.config_file);
        const auto beside = found.config_file.parent_path();
        found.schedules = folder_of(*found.config, beside, "schedules");
        found.indicators = folder_of(*found.config, beside, "indicators");
        read_shipped_parts(*found.config, found);
        configured_state = found.config->get_string("state", "");
    }
    found.state = state_path(state_given, found, configured_state);
    return found;
}

} // namespace skurd
