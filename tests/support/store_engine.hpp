#pragma once

#include "config/installation.hpp"

#include <filesystem>
#include <string>

namespace skurd::test {

/// Whether the stores of tests that run the program are on PostgreSQL: the environment has
/// SKURD_TEST_ENGINE=postgres. So the same tests run on either engine. Else they are on SQLite, in their state
/// folders.
bool on_postgres();

/// The store that belongs to a state folder: itself, or a database of its own on the test's server, which is made
/// when it is first asked for.
StorePlace store_of(const std::filesystem::path& state);

/// An installation as find_installation() finds it, with the store that belongs to its state folder.
Installation installation_of(const std::filesystem::path& config, const std::filesystem::path& state);

/// Copies a state folder that nobody uses, and its store with it.
void copy_state(const std::filesystem::path& from, const std::filesystem::path& to);

/// The bytes of a stored payload are lost, as by a disk; those of all where none is named.
void lose_payload(const std::filesystem::path& state, const std::string& hash = "");

/// Changes rows behind skurd's back: the trigger that keeps them from it is dropped.
void damage(const std::filesystem::path& state, const std::string& trigger, const std::string& table,
            const std::string& change);

/// For a test of what only a file has: true on PostgreSQL, having said so with the reason.
bool needs_a_file(const std::string& reason);

} // namespace skurd::test
