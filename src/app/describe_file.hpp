#pragma once

#include "app/context.hpp"
#include "decode/layout/propose_layout.hpp"

namespace skurd {

/// Whether the first argument of a command that takes a source and a table, or a file, is a file.
bool names_file(const std::string& word, const std::string& table);

/// What is to be written for a file that nobody has described yet.
struct FileDescription {
    enum class Output { layout, job };

    std::string file; ///< "-" is standard input
    Output output = Output::layout;
    std::size_t table = 0; ///< which of the file's tables, from 1; 0 = the one with most numbers
};

/// A file's name as a job's id: "Årsverk 2018.xlsx" is "arsverk-2018".
std::string proposed_job_id(const std::string& file_name);
/// A whole job for files like that one: TOML.
std::string proposed_job(const LayoutProposal& proposal, const std::string& file_name, const std::string& id);

/// Prints a layout, or a job with it. ExitCode::failed when something is missing or a person should see it first.
/// Throws Error for a file that cannot be read.
ExitCode describe_file(const Context& context, const FileDescription& wanted);

} // namespace skurd
