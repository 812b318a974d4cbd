#pragma once

#include "base/error.hpp"
#include "decode/px/px.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The stages of decode_px(), for its own files only: keywords, then dimensions, then cells.
namespace skurd::px {

/// KEYWORD[language]("subject","subject")="value","value";
struct Keyword {
    std::string name;
    std::string language; ///< "" = the main one
    std::vector<std::string> subjects;
    std::vector<std::string> values; ///< without quotes
    std::size_t line = 0;
};

/// The keywords of a file's main language, and where its numbers begin.
class Keywords {
public:
    /// Reads all up to DATA. Throws Error with the line. The text must outlive it.
    explicit Keywords(std::string_view text);

    /// nullptr where there is none.
    const Keyword* find(std::string_view name, const std::vector<std::string>& subjects = {}) const;
    /// Its first value; "" where there is none.
    std::string text(std::string_view name, const std::vector<std::string>& subjects = {}) const;
    std::vector<std::string> texts(std::string_view name, const std::vector<std::string>& subjects = {}) const;
    /// Its value as a number of decimals, 0 to 15; nothing where there is none.
    std::optional<int> decimals(std::string_view name, const std::vector<std::string>& subjects = {}) const;
    /// All of that name, in the file's order.
    std::vector<const Keyword*> all(std::string_view name) const;

    std::string_view data() const { return data_; } ///< what stands behind DATA=
    std::size_t data_line() const { return data_line_; }

private:
    std::vector<Keyword> keywords_;
    std::map<std::pair<std::string, std::vector<std::string>>, std::size_t, std::less<>> index_;
    std::string_view data_;
    std::size_t data_line_ = 0;
};

/// A dimension, and how the file calls it and its values, by which other keywords refer to them.
struct Variable {
    std::string name;
    std::vector<std::string> values;
    Dimension dimension;
};

/// STUB, then HEADING; the first `stubs` are of the former.
struct Variables {
    std::vector<Variable> all;
    std::size_t stubs = 0;
};

/// Throws Error as decode_px() does.
Variables read_variables(const Keywords& keywords);

/// Reads DATA into the cube, whose dimensions are there. Throws Error as decode_px() does.
void read_data(const Keywords& keywords, const Variables& variables, Cube& cube, std::vector<std::string>* notes);

/// A text of several lines, whose line ends are written "#".
std::string with_line_ends(std::string text);

} // namespace skurd::px
