#include "store/chain/people.hpp"

#include "lib/openssl/random.hpp"
#include "store/chain/log_chain.hpp"
#include "store/engine/statement.hpp"
#include "version/field_hash.hpp"

#include <array>
#include <vector>

namespace skurd {

namespace {

constexpr std::size_t salt_bytes = 32;
constexpr std::size_t pseudonym_bytes = 5;

/// Where names of people stand.
constexpr std::array updates = {
    "UPDATE annotation SET actor = $2 WHERE actor = $1",
    "UPDATE annotation SET withdrawn_by = $2 WHERE withdrawn_by = $1",
    "UPDATE correction SET actor = $2 WHERE actor = $1",
    "UPDATE correction SET ended_by = $2 WHERE ended_by = $1",
    "UPDATE flag_event SET actor = $2 WHERE actor = $1",
    "UPDATE flag SET actor = $2 WHERE actor = $1",
    "UPDATE sign_off SET actor = $2 WHERE actor = $1",
    "UPDATE quarantine SET ended_by = $2 WHERE ended_by = $1",
    "UPDATE actor_uid SET actor = $2, uid = -1 WHERE actor = $1",
};

constexpr auto names_of_commit = R"(
    SELECT actor FROM flag_event WHERE ingest_id = $1
    UNION SELECT actor FROM annotation WHERE ingest_id = $1
    UNION SELECT withdrawn_by FROM annotation WHERE withdrawn_ingest_id = $1
    UNION SELECT actor FROM correction WHERE ingest_id = $1
    UNION SELECT ended_by FROM correction WHERE ended_ingest_id = $1
    UNION SELECT actor FROM sign_off WHERE ingest_id = $1)";
constexpr auto is_named = R"(
    SELECT 1 WHERE EXISTS (SELECT 1 FROM person WHERE name = $1 AND salt IS NOT NULL)
        OR EXISTS (SELECT 1 FROM quarantine WHERE ended_by = $1))";

} // namespace

std::string salted_hash(std::string_view salt, std::string_view what, std::string_view text)
{
    FieldHash hash;
    hash.text(salt);
    hash.text(what);
    hash.text(text);
    return hash.hex();
}

std::string person_hash(Database& database, std::string_view name)
{
    if (name.empty())
        return {};
    Statement known(database, "SELECT hash FROM person WHERE name = $1");
    if (known.bind(name).step())
        return known.text(0);
    const auto salt = random_hex(salt_bytes);
    const auto hash = salted_hash(salt, "name", name);
    Statement(database, "INSERT INTO person (name, salt, hash) VALUES ($1, $2, $3)").run(name, salt, hash);
    return hash;
}

std::string uid_hash(Database& database, std::string_view name, std::int64_t uid)
{
    person_hash(database, name);
    Statement known(database, "SELECT salt FROM person WHERE name = $1 AND salt IS NOT NULL");
    return known.bind(name).step() ? salted_hash(known.view(0), "uid", std::to_string(uid)) : std::string();
}

void hash_people_of(Database& database, std::int64_t ingest_id)
{
    Statement named(database, names_of_commit);
    named.bind(ingest_id);
    std::vector<std::string> names;
    while (named.step())
        names.push_back(named.text(0));
    for (const auto& name : names)
        person_hash(database, name);
}

std::string forget_person(Database& database, const std::string& name, const std::string& now)
{
    Statement named(database, is_named);
    if (name.empty() || !named.bind(name).step())
        return {};
    named.reset();
    person_hash(database, name);
    const auto pseudonym = "person-" + random_hex(pseudonym_bytes);
    const auto number = database.integer("SELECT coalesce(max(forgotten), 0) + 1 FROM person");
    Statement(database, "UPDATE person SET name = $2, salt = NULL, forgotten_at = $3, forgotten = $4 WHERE name = $1")
        .run(name, pseudonym, now, number);
    for (const auto* update : updates)
        Statement(database, update).run(name, pseudonym);
    LogChain(database).add(LogItem::forgotten, number);
    return pseudonym;
}

} // namespace skurd
