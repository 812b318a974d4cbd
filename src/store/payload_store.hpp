#pragma once

#include "model/payload.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// The bytes of responses and files, as received, named by their SHA-256.
class PayloadStore {
public:
    explicit PayloadStore(const StoreSession& session) : session_(session) {}

    /// Stores the bytes (zstd, named by their hash; durable before this returns). The same bytes are stored once.
    PayloadRef store(std::string_view bytes, const std::string& media_type, const std::string& origin_url);
    /// Enters bytes that are not stored: for a transaction that is never committed.
    PayloadRef enter(std::string_view bytes, const std::string& media_type, const std::string& origin_url);
    std::string bytes(const std::string& hash) const;  ///< checked against the hash
    StoredPayload find(const std::string& hash) const; ///< what is known of it
    /// Expires payloads that may go; how many.
    std::size_t expire(const PayloadRetention& retention);

    /// Of the payloads that so many runs were given last: those that are gone, though they have not expired.
    std::vector<std::string> missing_of_newest(std::size_t runs) const;

    std::filesystem::path file(const std::string& hash) const;
    /// A stored payload as it is stored, compressed: from its file, or from the database where
    /// that holds it: in a backup, and on PostgreSQL.
    std::string frame(const std::string& hash) const;
    /// Stores one as it is stored elsewhere, whose row is here already.
    void store_frame(const std::string& hash, std::string_view frame);
    /// Why and when (as the store writes it) the payload expired; also when that was since this transaction began.
    std::optional<std::pair<std::string, std::string>> removal(const std::string& hash) const;

private:
    PayloadRef enter(PayloadRef entered, const std::string& media_type, const std::string& origin_url);

    const StoreSession& session_;
};

} // namespace skurd
