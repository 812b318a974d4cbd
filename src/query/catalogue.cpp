#include "query/catalogue.hpp"

#include "base/error.hpp"
#include "config/toml_files.hpp"
#include "indicator/catalogue.hpp"
#include "lib/openssl/sha256.hpp"

#include <map>

namespace skurd {

namespace {

std::filesystem::path catalogue_folder(const Installation& installation)
{
    return installation.indicators.empty() ? std::filesystem::path("schema/indicators") : installation.indicators;
}

/// Under their names without folder.
std::vector<EmbeddedFile> catalogue_files(const Installation& installation)
{
    auto files = installation.indicators.empty() ? shipped_catalogue() : read_toml_files(installation.indicators);
    if (files.empty())
        throw usage_error("{}: there are no indicator files (*.toml): put some there, or take the folder away to use "
                          "the catalogue that comes with skurd",
                          catalogue_folder(installation).string());
    return files;
}

} // namespace

Catalogue load_catalogue(const Installation& installation)
{
    const auto folder = catalogue_folder(installation);
    auto files = catalogue_files(installation);
    Sha256 hash;
    std::map<std::string, std::string> texts;
    for (auto& file : files) {
        hash.add(file.name);
        hash.add(file.bytes);
        texts.emplace(file.name, file.bytes);
        file.name = (folder / file.name).string();
    }
    auto catalogue = read_catalogue(files, hash.hex());
    catalogue.files = std::move(texts);
    return catalogue;
}

std::vector<std::string> catalogue_errors(const Installation& installation)
{
    try {
        auto files = catalogue_files(installation);
        for (auto& file : files)
            file.name = (catalogue_folder(installation) / file.name).string();
        return catalogue_mistakes(files);
    } catch (const Error& failure) {
        return {full_message(failure)};
    }
}

} // namespace skurd
