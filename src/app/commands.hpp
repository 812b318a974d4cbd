#pragma once

#include "app/context.hpp"
#include "base/enum_words.hpp"

#include <CLI/CLI.hpp>

#include <span>

namespace skurd {

/// What a command is for; `skurd --help` lists those of one group together.
enum class CommandGroup { set_up, run, read, answer };
template <>
inline constexpr auto enum_words<CommandGroup> = word_table<CommandGroup>({
    {CommandGroup::set_up, "Set up"},
    {CommandGroup::run, "Run and look after"},
    {CommandGroup::read, "Read"},
    {CommandGroup::answer, "Answer and sign"},
});

/// A command of the command line.
struct Command {
    const char* name;
    CommandGroup group;
    const char* summary;
    /// Adds its options to `command` and, when called, sets context.action. What it keeps lives in shared state of
    /// its callbacks, since CLI11 calls them after this returns.
    void (*add)(CLI::App& command, Context& context);
};

/// Every command there is, in the order of `skurd --help`.
std::span<const Command> commands();

} // namespace skurd
