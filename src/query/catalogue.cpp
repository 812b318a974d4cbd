#include "query/catalogue.hpp"

#include "base/error.hpp"
#include "config/toml_files.hpp"
#include "indicator/catalogue.hpp"
#include "lib/openssl/sha256.hpp"
#include "store/catalogue_store.hpp"

#include <algorithm>
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

Catalogue stored_catalogue(const StoreSession& store, const std::string& beginning)
{
    constexpr std::size_t beginning_min = 4;
    std::vector<StoredCatalogue> found;
    for (auto& stored : CatalogueStore(store).list())
        if (beginning.size() >= beginning_min && stored.hash.starts_with(beginning))
            found.push_back(std::move(stored));
    if (found.size() != 1)
        throw usage_error("'{}' names {} stored versions of the catalogue: see skurd indicators --versions",
                          beginning, found.empty() ? "none of the" : "several");
    std::vector<EmbeddedFile> files;
    for (const auto& [name, body] : CatalogueStore(store).files(found.front().hash))
        files.push_back({name, body});
    if (files.empty())
        throw error("this version of the catalogue was stored by an older skurd, without its files");
    return read_catalogue(files, found.front().hash);
}

std::vector<CatalogueEntry> catalogue_entries(const Catalogue& catalogue)
{
    std::vector<CatalogueEntry> entries;
    for (const auto& indicator : catalogue.indicators) {
        const auto& definition = indicator.definitions.back();
        entries.push_back({indicator.number, &indicator, &definition, indicator.label_in(definition), 0});
    }
    return entries;
}

std::vector<CatalogueEntry> catalogue_entries(const Catalogue& catalogue, const IndicatorSet& set)
{
    const auto day = set.published == Time() ? std::nullopt : std::optional(set.published);
    std::vector<CatalogueEntry> entries;
    for (const auto& indicator : catalogue.indicators)
        if (const auto number = set.number_of(indicator.number)) {
            const auto& definition = indicator.definition_at(day);
            entries.push_back({*number, &indicator, &definition, indicator.label_in(definition), 0});
        }
    for (const auto& merged : set.merged) {
        const auto* into = catalogue.find(merged.into);
        entries.push_back({merged.number, into, &into->definition_at(day), merged.label, merged.into});
    }
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    return entries;
}

const IndicatorSet& find_set(const Catalogue& catalogue, int number)
{
    if (const auto* set = catalogue.set(number))
        return *set;
    throw usage_error("there is no indicator set {}", number);
}

} // namespace skurd
