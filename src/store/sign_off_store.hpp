#pragma once

#include "model/sign_off.hpp"

#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// What was signed off, and said.
class SignOffStore {
public:
    explicit SignOffStore(const StoreSession& session) : session_(session) {}

    /// What was signed off, in one transaction; gives its id. Its payloads must be stored before, and never expire.
    std::int64_t store(const SignOff& signing);
    std::vector<SignOff> list() const; ///< by id, with signatures, without rows and renderings
    /// Throws Error (usage) for one that is not there.
    SignOff find(std::int64_t id) const;

    /// What is signed: the text that says which report is signed off, with the hashes of its bytes and the head of
    /// the log chain at its commit, so that it stands for all that was done up to there. Made from the store at any
    /// time. Throws Error (usage) where there is no such sign-off.
    std::string statement(std::int64_t id) const;
    /// Keeps an Ed25519 signature over it, with the public key (PEM); gives its number. Throws Error (usage) where it
    /// is not one of that key over that text.
    std::int64_t add_signature(std::int64_t id, const std::string& public_key, const std::string& signature);

private:
    const StoreSession& session_;
};

} // namespace skurd
