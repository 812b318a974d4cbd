#include "store/postgres/configuration.hpp"

#include "base/time_text.hpp"
#include "lib/openssl/sha256.hpp"
#include "store/columns.hpp"
#include "store/engine/statement.hpp"

namespace skurd {

namespace {

void add_texts(Database& database, const WorkedBy& what)
{
    Statement text(database,
                   "INSERT INTO configuration_text (hash, text) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING");
    Statement file(database, "INSERT INTO configuration_file (configuration, kind, name, text_hash)"
                             " VALUES ($1, $2, $3, $4) ON CONFLICT (configuration, kind, name) DO NOTHING");
    for (const auto& one : what.texts) {
        const auto hash = Sha256::of(one.text);
        text.run(hash, one.text);
        file.run(what.hash, to_string(one.kind), one.name, hash);
    }
}

} // namespace

void put_in_force(Database& database, const WorkedBy& what, const std::string& host, Time now)
{
    Database::Transaction transaction(database);
    add_texts(database, what);
    Statement(database, "INSERT INTO configuration (hash, host, program, at) VALUES ($1, $2, $3, $4)")
        .run(what.hash, host, SKURD_VERSION, format_time(now));
    Statement(database, "DELETE FROM configuration WHERE id <= (SELECT max(id) FROM configuration) - 1000").run();
    Statement(database, "DELETE FROM configuration_file WHERE configuration NOT IN (SELECT hash FROM configuration)")
        .run();
    Statement(database, "DELETE FROM configuration_text WHERE hash NOT IN (SELECT text_hash FROM configuration_file)")
        .run();
    transaction.commit();
}

std::vector<ConfigurationVersion> configuration_versions(Database& database)
{
    std::vector<ConfigurationVersion> found;
    Statement row(database,
                  "SELECT c.id, c.hash, c.host, c.program, c.at, (SELECT count(*) FROM configuration_file AS f"
                  " WHERE f.configuration = c.hash) FROM configuration AS c ORDER BY c.id DESC");
    while (row.step())
        found.push_back({row.integer(0), row.text(1), row.text(2), row.text(3), time_from(row.view(4)),
                         static_cast<std::size_t>(row.integer(5))});
    return found;
}

std::vector<ConfigurationText> configuration_texts(Database& database, const std::string& hash)
{
    std::vector<ConfigurationText> found;
    Statement whole(database,
                    "SELECT DISTINCT configuration FROM configuration_file WHERE starts_with(configuration, $1)"
                    " LIMIT 2");
    whole.bind(hash);
    std::vector<std::string> meant;
    while (whole.step())
        meant.push_back(whole.text(0));
    if (meant.size() != 1)
        return found;
    Statement row(database, "SELECT f.kind, f.name, t.text FROM configuration_file AS f JOIN configuration_text AS t"
                            " ON t.hash = f.text_hash WHERE f.configuration = $1 ORDER BY f.kind, f.name");
    row.bind(meant.front());
    while (row.step())
        found.push_back({enum_from<ConfigurationText::Kind>(row.view(0)), row.text(1), row.text(2)});
    return found;
}

} // namespace skurd
