#include "run/configuration_hash.hpp"

#include "lib/openssl/sha256.hpp"

#include <fmt/format.h>

namespace skurd {

std::string configuration_hash(const Installation& installation, const JobList& list, const Catalogue& catalogue)
{
    auto all = fmt::format("{}\n{}\n{}\n", SKURD_VERSION,
                           installation.config ? installation.config->fingerprint() : 0, catalogue.files_hash);
    for (const auto& ready : list.jobs)
        all += fmt::format("{} {}\n", ready.job.id, ready.hash);
    return Sha256::of(all);
}

} // namespace skurd
