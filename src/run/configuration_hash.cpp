#include "run/configuration_hash.hpp"

#include "config/toml_text.hpp"
#include "lib/openssl/sha256.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// "https://hooks.example/***": whoever knows the rest may send.
std::string without_path(const std::string& url)
{
    const auto scheme = url.find("://");
    const auto path = url.find_first_of("/?#", scheme == std::string::npos ? 0 : scheme + 3);
    return path == std::string::npos ? url : url.substr(0, path) + "/***";
}

/// What the file sets, as it would be written anew.
std::string keys_text(const Installation& installation)
{
    std::string text;
    std::string table;
    for (const auto& key : installation.config ? installation.config->reads() : std::vector<ConfigurationKey>()) {
        if (key.origin != KeyOrigin::file)
            continue;
        if (key.table != table)
            text += fmt::format("[{}]\n", table = key.table);
        auto value = key.value;
        if (auto* url = std::get_if<std::string>(&value); url && key.key == "url" && table.starts_with("notify"))
            *url = without_path(*url);
        text += fmt::format("{} = {}\n", key.key, toml_text(value));
    }
    return text;
}

} // namespace

std::string configuration_hash(const Installation& installation, const JobList& list, const Catalogue& catalogue)
{
    auto all = fmt::format("{}\n{}\n{}\n", SKURD_VERSION,
                           installation.config ? installation.config->fingerprint() : 0, catalogue.files_hash);
    for (const auto& ready : list.jobs)
        all += fmt::format("{} {}\n", ready.job.id, ready.hash);
    return Sha256::of(all);
}

WorkedBy worked_by(const Installation& installation, const JobList& list, const Catalogue& catalogue)
{
    using Kind = ConfigurationText::Kind;
    WorkedBy what{configuration_hash(installation, list, catalogue)};
    what.texts.push_back({Kind::configuration, "skurd.toml", keys_text(installation)});
    for (const auto& ready : list.jobs) {
        what.texts.push_back({Kind::job, ready.job.id, ready.text});
        if (!ready.job.profile.empty())
            what.texts.push_back({Kind::layout, ready.job.id, ready.job.profile});
    }
    for (const auto& [name, text] : catalogue.files)
        what.texts.push_back({Kind::catalogue, name, text});
    return what;
}

} // namespace skurd
