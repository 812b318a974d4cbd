#pragma once

#include "model/source_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// A job file's text with what its source said of it carried out.
struct FixedJob {
    std::string text;
    int lines = 0;                 ///< how many results were carried out
    std::vector<std::string> left; ///< what could not be, each with its place, for people
};

/// Carries out every result that says exactly what is to be done: what a source confirmed in other words, what it
/// wants besides, what can go. A guess, and what a person has to choose, are left alone. `file` is as the results'
/// places name it. Nothing but the lines in question changes.
FixedJob fix_job(std::string_view text, const std::string& file, const std::vector<CheckResult>& results);

/// A job file's text with one more line, "key = value", right below [job]. Throws Error where it is no job's.
std::string with_job_key(std::string_view text, const std::string& file, const std::string& line);

} // namespace skurd
