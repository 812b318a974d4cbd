#include "decode/csv/zipped_csv.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/zip/zip_archive.hpp"

#include <optional>

namespace skurd {

std::string read_zipped_csv(std::string_view zip, std::size_t bytes_max)
{
    ZipLimits limits;
    limits.entries = 10;
    limits.entry_bytes = limits.all_bytes = bytes_max;
    const ZipArchive archive(zip, limits);
    std::optional<std::string> name;
    for (const auto& entry : archive.entries())
        if (to_lower(entry.name).ends_with(".csv")) {
            if (name)
                throw error("the archive holds more than one CSV file: '{}' and '{}'", *name, entry.name);
            name = entry.name;
        }
    if (!name)
        throw error("the archive holds no CSV file");
    return archive.read(*name);
}

} // namespace skurd
