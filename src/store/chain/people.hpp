#pragma once

#include "store/engine/database.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace skurd {

/// The hash that stands for a person's name in the chain over what was done: of the name and a salt that is kept
/// beside it (table person) until the person is forgotten. Made at the first call for a name; "" for no name.
std::string person_hash(Database& database, std::string_view name);

/// The same of a number that says who it was, with the salt of the name. "" for somebody who was forgotten.
std::string uid_hash(Database& database, std::string_view name, std::int64_t uid);

/// Makes those of all names that the rows of a commit have, before they are linked.
void hash_people_of(Database& database, std::int64_t ingest_id);

/// What a salt makes of a text.
std::string salted_hash(std::string_view salt, std::string_view what, std::string_view text);

/// Puts a pseudonym in the place of the name in every table, for ever: the hash stays, the salt goes, so that nobody
/// can find the name to it. Gives the pseudonym; "" where the name stands nowhere. Within a transaction.
std::string forget_person(Database& database, const std::string& name, const std::string& now);

} // namespace skurd
