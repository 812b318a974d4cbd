#include "api/store_reader.hpp"

#include "base/time_text.hpp"
#include "lib/openssl/sha256.hpp"
#include "query/catalogue.hpp"
#include "query/commits.hpp"

#include <fmt/format.h>

namespace skurd {

std::unique_ptr<StoreReading> StoreReader::read()
{
    const auto installation = host_.installation();
    const auto configured_at = host_.configured_at();
    auto reading = std::make_unique<StoreReading>(host_);
    const bool has_names = host_.names_are_told();
    if (!has_names)
        reading->store.leave_out_names();
    reading->commit = newest_commit(reading->store);
    reading->behind = reading->store.behind();
    add_catalogue(*reading, installation, configured_at);
    const auto rest = Sha256::of(fmt::format("{}\n{}\n{}\n{}", SKURD_VERSION, reading->catalogue->hash,
                                             format_time(configured_at), has_names));
    reading->tag = fmt::format("{}-{}", reading->commit, rest.substr(0, 12));
    return reading;
}

/// Catalogue files are read once for each configuration, and templates expanded once for each commit.
void StoreReader::add_catalogue(StoreReading& reading, const Installation& installation, Time configured_at)
{
    const std::lock_guard lock(mutex_);
    if (!loaded_ || configured_at_ != configured_at) {
        loaded_ = std::make_shared<const Catalogue>(load_catalogue(installation));
        configured_at_ = configured_at;
        expanded_ = nullptr;
    }
    if (!expanded_ || commit_ != reading.commit) {
        auto catalogue = std::make_shared<Catalogue>(*loaded_);
        expand_catalogue(*catalogue, reading.store);
        expanded_ = std::move(catalogue);
        remembered_ = std::make_shared<RememberedAnswers>();
        commit_ = reading.commit;
    }
    reading.catalogue = expanded_;
    reading.remembered = remembered_;
}

/// Made without the lock, so that what takes long holds up nobody; two may make the same.
std::shared_ptr<const Json> RememberedAnswers::of(const std::string& key, const std::function<Json()>& make)
{
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = answers_.find(key); found != answers_.end())
            return found->second;
    }
    auto made = std::make_shared<const Json>(make());
    const std::lock_guard lock(mutex_);
    if (answers_.size() >= most)
        answers_.clear();
    answers_[key] = made;
    return made;
}

} // namespace skurd
