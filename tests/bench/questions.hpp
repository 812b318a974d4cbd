#pragma once

#include "tests/bench/measure.hpp"
#include "tests/bench/table.hpp"

#include <filesystem>

namespace skurd::bench {

/// How a question is asked.
struct Setup {
    Shape shape;
    std::size_t repetitions = 5;
    std::size_t vintages = 100;
    std::size_t few_series = 400; ///< of the smaller of two tables that are read
    std::filesystem::path folder; ///< for stores; a file system as an installation has it
    std::filesystem::path program;
    std::filesystem::path others;  ///< the folder with the scripts of `others`
    std::filesystem::path modules; ///< where npm's packages for them are installed
};

// One function for each subcommand; README.md says what their figures are. All throw Error.
void ask_first(const Setup& setup, const Sheet& sheet);
void ask_same_bytes(const Setup& setup, const Sheet& sheet);
void ask_other_bytes(const Setup& setup, const Sheet& sheet);
void ask_revised(const Setup& setup, const Sheet& sheet);
void ask_vintages(const Setup& setup, const Sheet& sheet);
void ask_revisions(const Setup& setup, const Sheet& sheet);
void ask_read(const Setup& setup, const Sheet& sheet);
void ask_decode(const Setup& setup, const Sheet& sheet);
void ask_memory(const Setup& setup, const Sheet& sheet);
void ask_verdicts(const Setup& setup, const Sheet& sheet);
void ask_places(const Setup& setup, const Sheet& sheet);
void ask_views(const Setup& setup, const Sheet& sheet);
void ask_postgres(const Setup& setup, const Sheet& sheet);
void ask_others(const Setup& setup, const Sheet& sheet);

} // namespace skurd::bench
