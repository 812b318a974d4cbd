#include "query/catalogue.hpp"

#include "base/error.hpp"
#include "config/toml_files.hpp"
#include "indicator/catalogue.hpp"
#include "indicator/expand.hpp"
#include "lib/openssl/sha256.hpp"
#include "store/catalogue_store.hpp"
#include "store/observation_store.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace {

/// A file of the catalogue, and what messages call it.
struct CatalogueFile {
    EmbeddedFile file; ///< under its name without folder
    std::string where;
    FileRole role = FileRole::shipped;
};

/// Those that come with the program and those of the installation, whose file takes the place of a shipped one of the
/// same name. By name.
std::vector<CatalogueFile> catalogue_files(const Installation& installation)
{
    std::map<std::string, CatalogueFile> files;
    if (installation.shipped_indicators == Shipped::used)
        for (const auto& file : shipped_catalogue())
            files[file.name] = {file, "schema/indicators/" + file.name, FileRole::shipped};
    if (!installation.indicators.empty())
        for (auto& file : read_toml_files(installation.indicators)) {
            const auto where = (installation.indicators / file.name).string();
            const auto name = file.name;
            const auto role = files.contains(name) ? FileRole::replaces : FileRole::added;
            files[name] = {std::move(file), where, role};
        }
    std::vector<CatalogueFile> found;
    found.reserve(files.size());
    for (auto& [name, file] : files)
        found.push_back(std::move(file));
    return found;
}

void require_files(const std::vector<CatalogueFile>& files, const Installation& installation)
{
    if (files.empty())
        throw usage_error("{}: the catalogue that comes with skurd is left out, and there is no other: put files of "
                          "indicators (*.toml) into the folder 'indicators' beside it",
                          installation.config_file.string());
}

/// As messages call them.
std::vector<EmbeddedFile> as_named(const std::vector<CatalogueFile>& files)
{
    std::vector<EmbeddedFile> named;
    named.reserve(files.size());
    for (const auto& one : files)
        named.push_back({one.where, one.file.bytes});
    return named;
}

} // namespace

std::vector<ConfiguredFile> catalogue_sources(const Installation& installation)
{
    std::vector<ConfiguredFile> sources;
    for (auto& one : catalogue_files(installation))
        sources.push_back({std::move(one.file.name), one.role, std::move(one.where)});
    return sources;
}

bool has_catalogue(const Installation& installation)
{
    return !catalogue_files(installation).empty();
}

Catalogue load_catalogue(const Installation& installation, const std::vector<EmbeddedFile>& more)
{
    auto files = catalogue_files(installation);
    for (const auto& file : more)
        files.push_back({file, file.name, FileRole::added});
    require_files(files, installation);
    Sha256 hash;
    std::map<std::string, std::string> texts;
    for (const auto& one : files) {
        hash.add(one.file.name);
        hash.add(one.file.bytes);
        texts.emplace(one.file.name, one.file.bytes);
    }
    auto catalogue = read_catalogue(as_named(files), hash.hex());
    catalogue.files = std::move(texts);
    catalogue.files_hash = catalogue.hash;
    return catalogue;
}

bool expand_catalogue(Catalogue& catalogue, const StoreSession& store)
{
    if (catalogue.templates.empty())
        return false;
    const auto read = [&](const std::string& dataset, const std::string& dimension) {
        return ObservationStore(store).codes(dataset, dimension);
    };
    Sha256 hash;
    hash.add(catalogue.files_hash);
    for (const auto& one : catalogue.templates)
        for (const auto& category : codes_of(one, read)) {
            hash.add(fmt::format("\n{}\n{}\n", one.indicator.number, category.code));
            hash.add(category.label);
        }
    auto now = hash.hex();
    if (now == catalogue.hash)
        return false;
    expand(catalogue, read);
    catalogue.hash = std::move(now);
    return true;
}

std::vector<std::string> catalogue_errors(const Installation& installation)
{
    try {
        const auto files = catalogue_files(installation);
        require_files(files, installation);
        return catalogue_mistakes(as_named(files));
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
    auto catalogue = stored_version(store, found.front().hash);
    if (!catalogue)
        throw error("this version of the catalogue was stored by an older skurd, without its files");
    return std::move(*catalogue);
}

std::optional<Catalogue> stored_version(const StoreSession& store, const std::string& hash)
{
    std::vector<EmbeddedFile> files;
    for (const auto& [name, body] : CatalogueStore(store).files(hash))
        files.push_back({name, body});
    if (files.empty())
        return std::nullopt;
    auto catalogue = read_catalogue(files, hash);
    expand_catalogue(catalogue, store);
    catalogue.hash = hash;
    return catalogue;
}

std::vector<CatalogueEntry> catalogue_entries(const Catalogue& catalogue)
{
    std::vector<CatalogueEntry> entries;
    std::map<int, int> expansions;
    const auto entry_of = [](const Indicator& indicator) {
        const auto& definition = indicator.definitions.back();
        return CatalogueEntry{indicator.number, &indicator, &definition, indicator.label_in(definition), 0};
    };
    for (const auto& indicator : catalogue.indicators)
        if (indicator.expansion)
            ++expansions[indicator.expansion->of];
        else
            entries.push_back(entry_of(indicator));
    for (const auto& one : catalogue.templates) {
        entries.push_back(entry_of(one.indicator));
        entries.back().for_each = &one;
        entries.back().expansions = expansions[one.indicator.number];
    }
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
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
