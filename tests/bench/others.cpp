// The same file loaded by what a user would write, each as a whole process.
#include "base/error.hpp"
#include "tests/bench/process.hpp"
#include "tests/bench/questions.hpp"
#include "tests/support/temp_dir.hpp"

#include <stdlib.h>

namespace skurd::bench {

namespace {

constexpr int not_installed = 77; ///< what a script ends with when it lacks its library

/// A loader: its script is given the JSON-stat file and the database to make, and prints "<rows> rows".
struct Other {
    std::string name;
    std::vector<std::string> command; ///< the script's name last
};

const std::vector<Other> others = {
    {"others.pandas", {"python3", "load_pandas.py"}},
    {"others.pandas_debian", {"/usr/bin/python3", "load_pandas.py"}},
    {"others.json_each", {"sh", "load_json_each.sh"}},
    {"others.duckdb", {"node", "load_duckdb.mjs"}},
    {"others.jsonstat_toolkit", {"node", "load_jsonstat_toolkit.mjs"}},
};

bool has_all_rows(const Ended& ended, const Setup& setup)
{
    return ended.out.starts_with(fmt::format("{} rows", setup.shape.cells()));
}

Ended load_with(const Other& other, const Setup& setup, const std::filesystem::path& payload)
{
    const auto database = setup.folder / "others";
    std::filesystem::remove_all(database);
    std::filesystem::create_directory(database);
    auto command = other.command;
    command.back() = setup.others / command.back();
    command.insert(command.end(), {payload, database / "loaded.db"});
    return run(command);
}

Ended load_ours(const Setup& setup, const std::filesystem::path& payload)
{
    auto ended = run({setup.program, "load", payload, setup.folder / "state"});
    if (ended.exit != 0 || !has_all_rows(ended, setup))
        throw error("our own loader ended with {}: {}", ended.exit, ended.out);
    return ended;
}

void compare(const Other& other, const Setup& setup, const std::filesystem::path& payload, const Sheet& sheet)
{
    Pairs pairs;
    for (std::size_t i = 0; i < setup.repetitions; ++i) {
        const auto theirs = load_with(other, setup, payload);
        if (theirs.exit == not_installed || theirs.exit == 127)
            return sheet.note(other.name, "not installed");
        if (theirs.exit != 0 || !has_all_rows(theirs, setup))
            throw error("{} ended with {}: {}", other.command.back(), theirs.exit, theirs.out);
        pairs.add(load_ours(setup, payload).cost, theirs.cost);
    }
    sheet.pair(other.name, pairs, 1);
    sheet.figure(other.name + ".wall", pairs.their_wall() * 1e3, "ms");
    sheet.figure(other.name + ".ours", pairs.our_wall() * 1e3, "ms");
}

} // namespace

void ask_others(const Setup& setup, const Sheet& sheet)
{
    const auto payload = setup.folder / "payload.json";
    test::write_file(payload, Table(setup.shape).json("2020-01-01T07:00:00Z"));
    setenv("NODE_MODULES", setup.modules.c_str(), 1);
    for (const auto& other : others)
        compare(other, setup, payload, sheet);
}

} // namespace skurd::bench
