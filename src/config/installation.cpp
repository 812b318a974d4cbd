#include "config/installation.hpp"

#include "base/error.hpp"

#include <string_view>
#include <unistd.h>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr auto system_config = "/etc/skurd/skurd.toml";
constexpr auto system_state = "/var/lib/skurd";

/// What the process was given that may be about its configuration.
Section::Environment environment()
{
    Section::Environment found;
    for (char** at = environ; at && *at; ++at) {
        const std::string_view variable = *at;
        const auto equals = variable.find('=');
        if (equals != std::string_view::npos && variable.starts_with("SKURD_"))
            found.emplace(variable.substr(0, equals), variable.substr(equals + 1));
    }
    return found;
}

fs::path config_path(const std::string& given, const Section::Environment& variables)
{
    if (!given.empty())
        return given;
    if (const auto named = variables.find("SKURD_CONFIG"); named != variables.end() && !named->second.empty())
        return named->second;
    return fs::exists(system_config) ? system_config : "";
}

/// A path that a key gives: from the configuration's folder where it stands in the file, else from the current one.
fs::path path_of(Section& config, const char* key, const fs::path& beside, const std::string& fallback)
{
    config.override_by_environment(key);
    const auto named = config.get_string(key, fallback);
    return config.origin(key) == KeyOrigin::file ? beside / named : fs::path(named);
}

/// The folder a key of the configuration names, or the one of the default name beside the file if it is there.
fs::path folder_of(Section& config, const fs::path& beside, const char* name)
{
    auto folder = path_of(config, name, beside, name);
    const bool is_default = config.origin(name) == KeyOrigin::by_default;
    if (is_default && config.file().empty())
        return {}; // without a configuration, a folder of that name where somebody stands is not meant
    folder = is_default ? beside / folder : folder;
    if (fs::is_directory(folder))
        return folder;
    if (!is_default)
        config.fail(name, fmt::format("'{}' is not a folder", folder.string()));
    return {};
}

/// What is wrong with a URL as far as that is seen without the library that takes it; "" where nothing is. The URL is
/// not repeated: it may have a password in it.
std::string fault_of_store_url(std::string_view url)
{
    if (!url.starts_with("postgresql://"))
        return "'url' is none of a database of PostgreSQL: postgresql://user@host:5432/database?sslmode=verify-full";
    const auto rest = url.substr(std::string_view("postgresql://").size());
    const auto authority = rest.substr(0, rest.find_first_of("/?"));
    const auto user = authority.find('@') == std::string_view::npos ? "" : authority.substr(0, authority.find('@'));
    if (user.find(':') != std::string_view::npos || url.find("password=") != std::string_view::npos)
        return "'url' has a password in it, which others can read: put it into a file, and its name into "
               "password_file";
    return "";
}

StorePlace read_store_place(Section& config, const fs::path& state, const fs::path& beside)
{
    StorePlace place(state);
    auto store = config.table("store");
    for (const char* key : {"url", "password_file"})
        store.override_by_environment(key);
    place.url = store.get_string("url", "");
    const auto password_file = store.get_string("password_file", "");
    if (const auto fault = place.is_server() ? fault_of_store_url(place.url) : ""; !fault.empty())
        store.fail("url", fault);
    if (!password_file.empty() && !place.is_server())
        store.fail("password_file", "'password_file' goes with 'url': skurd.db has no password");
    if (!password_file.empty())
        place.password_file =
            store.origin("password_file") == KeyOrigin::file ? beside / password_file : fs::path(password_file);
    // A backup or a snapshot that was named is what is meant, wherever the store is.
    std::error_code ignored;
    return fs::is_regular_file(state, ignored) ? StorePlace(state) : place;
}

Shipped read_shipped(Section& section)
{
    return section.get_bool("shipped", true) ? Shipped::used : Shipped::left_out;
}

/// What of that which comes with the program is left out.
void read_shipped_parts(Section& config, Installation& found)
{
    auto jobs = config.table("jobs");
    found.shipped_jobs = read_shipped(jobs);
    found.jobs_off = jobs.get_strings("off");
    found.jobs_off_where = jobs.where("off");
    auto catalogue = config.table("catalogue");
    found.shipped_indicators = read_shipped(catalogue);
}

} // namespace

Installation find_installation(const std::string& config_given, const std::string& state_given)
{
    Installation found;
    const auto variables = environment();
    found.config_file = config_path(config_given, variables);
    auto config = found.config_file.empty() ? Section::parse("", "") : Section::load(found.config_file);
    config.use_environment(variables);
    config.remember_reads();
    if (!state_given.empty())
        config.set("state", state_given, KeyOrigin::command_line, "--state");
    const auto beside = found.config_file.parent_path();
    found.state = path_of(config, "state", beside, found.config_file == system_config ? system_state : "skurd-state");
    found.store = read_store_place(config, found.state, beside);
    found.schedules = folder_of(config, beside, "schedules");
    found.indicators = folder_of(config, beside, "indicators");
    read_shipped_parts(config, found);
    found.config = std::move(config);
    return found;
}

} // namespace skurd
