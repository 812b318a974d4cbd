#pragma once

#include <string>

#include "store/store_session.hpp"

namespace skurd {

/// People who are named in the store: who annotated, corrected, acknowledged, signed off, answered a quarantine.
class PersonStore {
public:
    explicit PersonStore(const StoreSession& session) : session_(session) {}

    /// Puts a pseudonym ("person-" and ten digits) in the place of the name in every table, for ever, and of the user
    /// number nothing; what stood there is overwritten in the file. The chain over what was done stays as it is: it
    /// has a salted hash, whose salt goes. Texts that people wrote, signed reports' bytes, backups and logs are not
    /// looked into. Gives the pseudonym; "" where nobody is called so.
    std::string forget(const std::string& name);

private:
    const StoreSession& session_;
};

} // namespace skurd
