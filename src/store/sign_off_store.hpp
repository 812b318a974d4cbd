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
    std::vector<SignOff> list() const; ///< by id, without rows and renderings
    /// Throws Error (usage) for one that is not there.
    SignOff find(std::int64_t id) const;

private:
    const StoreSession& session_;
};

} // namespace skurd
