#pragma once

#include "api/read_host.hpp"
#include "lib/json/json.hpp"
#include "model/indicator.hpp"
#include "store/store_session.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace skurd {

/// What was made of one state of the store and takes long, for those who ask the same again. From any thread.
class RememberedAnswers {
public:
    /// What was made under that key, or is made now.
    std::shared_ptr<const Json> of(const std::string& key, const std::function<Json()>& make);

private:
    static constexpr std::size_t most = 64; ///< then all are forgotten

    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const Json>> answers_;
};

/// What one request reads: the store as it was at one instant, whoever writes meanwhile, and the catalogue.
struct StoreReading {
    explicit StoreReading(const ReadHost& host) : store(host.open_store()), view(store) {}

    StoreSession store;
    StoreSession::View view;
    std::shared_ptr<const Catalogue> catalogue;    ///< shared with later readings, as long as it stays the same
    std::shared_ptr<RememberedAnswers> remembered; ///< of this commit and catalogue
    std::int64_t commit = 0;                       ///< the newest there is
    std::optional<std::chrono::seconds> behind{};  ///< by how much a replica may lag; nothing where it is none
    std::string
        tag; ///< with another one, anything may read otherwise: of the commit, the program and what is in force
};

/// Opens the store for each request, on a connection of its own, so that no reader stays behind and keeps the store's
/// log. From any thread.
class StoreReader {
public:
    /// The host outlives it.
    explicit StoreReader(const ReadHost& host) : host_(host) {}

    /// Throws Error where the store or the catalogue cannot be read.
    std::unique_ptr<StoreReading> read();

private:
    void add_catalogue(StoreReading& reading, const Installation& installation, Time configured_at);

    const ReadHost& host_;
    std::mutex mutex_; ///< of what follows
    Time configured_at_{};
    std::int64_t commit_ = -1;
    std::shared_ptr<const Catalogue> loaded_;   ///< of the configuration read at that time
    std::shared_ptr<const Catalogue> expanded_; ///< by the codes there were at that commit
    std::shared_ptr<RememberedAnswers> remembered_;
};

} // namespace skurd
