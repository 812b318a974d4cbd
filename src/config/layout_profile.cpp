#include "config/layout_profile.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"

#include <algorithm>

namespace skurd {

namespace fs = std::filesystem;

namespace {

bool lies_in(const fs::path& file, const fs::path& folder)
{
    return std::mismatch(folder.begin(), folder.end(), file.begin(), file.end()).first == folder.end();
}

fs::path place_in(const fs::path& folder, const std::string& name)
{
    const fs::path path(name);
    if (name.empty() || path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end())
        throw error("'{}' is not the name of a file in the job's folder, or in a folder of it", name);
    std::error_code failure;
    const auto home = fs::canonical(folder.empty() ? "." : folder, failure);
    auto place = failure ? fs::path() : fs::canonical(home / path, failure);
    if (failure)
        throw error("'{}' cannot be read: {}", name, failure.message());
    if (!lies_in(place, home))
        throw error("'{}' leads out of the job's folder: put the file itself there", name);
    if (!fs::is_regular_file(place, failure))
        throw error("'{}' is not a file", name);
    return place;
}

} // namespace

ReadBeside files_in(const fs::path& folder)
{
    return [folder](const std::string& name) -> EmbeddedFile {
        return {(folder / name).string(), read_file(place_in(folder, name), toml_file_size_max)};
    };
}

bool is_profile(const Section& file)
{
    return file.keys() == std::vector<std::string>{"layout"};
}

std::string add_profile(Section& layout, const ReadBeside& beside)
{
    if (!layout.has("from"))
        return "";
    const auto name = layout.require_string("from");
    EmbeddedFile profile;
    try {
        profile = beside(name);
    } catch (const Error& failure) {
        layout.fail("from", failure.what());
    }
    auto file = Section::parse(profile.bytes, profile.name);
    auto lent = file.require_table("layout");
    if (lent.has("from"))
        lent.fail("from",
                  fmt::format("a profile has no 'from' of its own: write the keys here, or name that file in {}",
                              layout.where("from")));
    for (const auto& key : file.keys())
        if (!file.has("job") && key != "layout")
            file.fail(key, fmt::format("unknown key '{}': a file that is no job has the table [layout] alone", key));
    layout.add_missing(std::move(lent));
    return std::move(profile.bytes);
}

} // namespace skurd
