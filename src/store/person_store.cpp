#include "store/person_store.hpp"

#include "store/chain/people.hpp"

namespace skurd {

std::string PersonStore::forget(const std::string& name)
{
    StoreSession::Transaction transaction(session_);
    auto pseudonym = forget_person(session_.database(), name, session_.now());
    transaction.commit();
    return pseudonym;
}

} // namespace skurd
