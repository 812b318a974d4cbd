#include "tests/support/store_engine.hpp"

#include "lib/postgres/connection.hpp"
#include "store/sqlite/sqlite_database.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/postgres_server.hpp"

#include <cstdlib>
#include <iostream>
#include <map>
#include <stdexcept>

namespace skurd::test {

namespace {

/// By state folder.
std::map<std::filesystem::path, std::string>& urls()
{
    static std::map<std::filesystem::path, std::string> known;
    return known;
}

std::filesystem::path key_of(const std::filesystem::path& state)
{
    return std::filesystem::absolute(state).lexically_normal();
}

} // namespace

bool on_postgres()
{
    static const bool asked_for = [] {
        const char* named = std::getenv("SKURD_TEST_ENGINE");
        const std::string engine = named ? named : "sqlite";
        if (engine != "sqlite" && engine != "postgres")
            throw std::runtime_error("SKURD_TEST_ENGINE is '" + engine + "'; it is sqlite or postgres");
        return engine == "postgres";
    }();
    return asked_for;
}

StorePlace store_of(const std::filesystem::path& state)
{
    StorePlace place(state);
    if (!on_postgres())
        return place;
    auto& url = urls()[key_of(state)];
    if (url.empty()) {
        auto* server = PostgresServer::running();
        if (!server)
            throw std::runtime_error("PostgreSQL is not on this machine");
        url = server->new_database();
    }
    place.url = url;
    return place;
}

Installation installation_of(const std::filesystem::path& config, const std::filesystem::path& state)
{
    auto found = find_installation(config.string(), state.string());
    found.store = store_of(state);
    return found;
}

void copy_state(const std::filesystem::path& from, const std::filesystem::path& to)
{
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
    if (on_postgres())
        urls()[key_of(to)] = PostgresServer::running()->copy_of(store_of(from).url);
}

void lose_payload(const std::filesystem::path& state, const std::string& hash)
{
    if (on_postgres()) {
        PostgresConnection connection({store_of(state).url, ""});
        connection.exec("DELETE FROM payload_file WHERE payload_hash LIKE '" + hash + "%'");
    } else {
        std::filesystem::remove_all(hash.empty() ? state / "payloads"
                                                 : state / "payloads" / hash.substr(0, 2) / (hash + ".zst"));
    }
}

void damage(const std::filesystem::path& state, const std::string& trigger, const std::string& table,
            const std::string& change)
{
    const auto drop = "DROP TRIGGER IF EXISTS " + trigger;
    if (on_postgres())
        PostgresConnection({store_of(state).url, ""}).exec(drop + " ON " + table + "; " + change);
    else
        SqliteDatabase(state / "skurd.db", SqliteDatabase::Access::write).exec(drop + "; " + change);
}

bool needs_a_file(const std::string& reason)
{
    if (on_postgres())
        std::cout << "left out on PostgreSQL: " << Catch::getResultCapture().getCurrentTestName() << ": " << reason
                  << '\n';
    return on_postgres();
}

} // namespace skurd::test
