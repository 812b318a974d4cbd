// The same file loaded by what a user would write, each as a whole process.
#include "base/error.hpp"
#include "tests/bench/process.hpp"
#include "tests/bench/questions.hpp"
#include "tests/support/temp_dir.hpp"

#include <cstdlib>
#include <optional>

namespace skurd::bench {

namespace {

constexpr auto payload_name = "payload.json";
constexpr int cannot_start = 127;
constexpr int not_installed = 77; ///< what a script ends with when it lacks its library

/// A loader: a script that is given the JSON-stat file and the database to make, and prints "<rows> rows with …".
struct Other {
    std::string name;
    std::vector<std::string> programs; ///< that can run it; the first that has the library does
    std::string script;
};

const std::vector<Other> others = {
    {"others.pandas", {"python3", "/usr/bin/python3"}, "load_pandas.py"},
    {"others.json_each", {"sh"}, "load_json_each.sh"},
    {"others.duckdb", {"node"}, "load_duckdb.mjs"},
    {"others.jsonstat_toolkit", {"node"}, "load_jsonstat_toolkit.mjs"},
};

bool has_all_rows(const Ended& ended, const Setup& setup)
{
    return ended.out.starts_with(fmt::format("{} rows", setup.shape.cells()));
}

bool is_installed(const Ended& ended)
{
    return ended.exit != not_installed && ended.exit != cannot_start;
}

Ended load_with(const std::string& program, const Other& other, const Setup& setup)
{
    const auto made = setup.folder / "others";
    std::filesystem::remove_all(made);
    std::filesystem::create_directory(made);
    auto ended = run({program, setup.others / other.script, setup.folder / payload_name, made / "loaded.db"});
    if (is_installed(ended) && (ended.exit != 0 || !has_all_rows(ended, setup)))
        throw error("{} ended with {}: {}", other.script, ended.exit, ended.out);
    return ended;
}

Ended load_ours(const Setup& setup)
{
    std::filesystem::remove_all(setup.folder / "state");
    auto ended = run({setup.program, "load", setup.folder / payload_name, setup.folder / "state"});
    if (ended.exit != 0 || !has_all_rows(ended, setup))
        throw error("our own loader ended with {}: {}", ended.exit, ended.out);
    return ended;
}

/// The program that has what the script needs, and what the script said; nothing when none has.
std::optional<std::pair<std::string, std::string>> find_program(const Other& other, const Setup& setup)
{
    for (const auto& program : other.programs)
        if (const auto ended = load_with(program, other, setup); is_installed(ended))
            return std::pair(program, ended.out.substr(0, ended.out.find('\n')));
    return std::nullopt;
}

void compare(const Other& other, const Setup& setup, const Sheet& sheet)
{
    const auto found = find_program(other, setup);
    if (!found)
        return sheet.note(other.name, "not installed");
    Pairs pairs;
    for (std::size_t i = 0; i < setup.repetitions; ++i) {
        const auto theirs = load_with(found->first, other, setup).cost;
        pairs.add(load_ours(setup).cost, theirs);
    }
    sheet.pair(other.name, pairs, 1);
    sheet.figure(other.name + ".theirs", pairs.their_wall() * 1e3, "ms");
    sheet.figure(other.name + ".ours", pairs.our_wall() * 1e3, "ms");
    sheet.note(other.name + ".loaded", found->second);
}

} // namespace

void ask_others(const Setup& setup, const Sheet& sheet)
{
    test::write_file(setup.folder / payload_name, Table(setup.shape).json("2020-01-01T07:00:00Z"));
    setenv("NODE_MODULES", setup.modules.c_str(), 1);
    for (const auto& other : others)
        compare(other, setup, sheet);
}

} // namespace skurd::bench
