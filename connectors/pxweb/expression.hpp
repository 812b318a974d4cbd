#pragma once

#include "model/cube.hpp"
#include "model/period_notation.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What becomes of a code that a job names and the dimension lacks.
enum class GoneCodes {
    refuse,    ///< it is the job's mistake
    leave_out, ///< it was there when the job was harvested before: the rest goes on without it
};

/// How the time dimension of a table is selected in.
struct TimeSelection {
    /// Who says that it is time. A server takes the newest of top(n) only in a dimension that it marks itself.
    enum class Marked { by_source, by_job };

    PeriodHints periods{};
    Marked marked = Marked::by_source;
};

/// What can be selected in a dimension, as its metadata lists it. The dimension must outlive the object.
class Selectable {
public:
    /// A dimension with Role::time is ordered by its periods, however it is listed. Throws Error where nothing tells
    /// what they are (PeriodNotation).
    explicit Selectable(const Dimension& dimension, const PeriodHints& periods = {});

    /// The positions of the categories that a code or expression of PxWebApi v2 selects, ascending. A code wins over
    /// an expression. Letters' case does not matter, unless codes differ by it alone: then each is named as it
    /// stands.
    ///
    ///   0301                     a code
    ///   *  03*  *01  *3*  03??   wildcards: any text, at the ends only; one character
    ///   top(3)  top(3,1)         of the time dimension the newest three, else the first three; the second skips one
    ///   bottom(3)  bottom(3,1)   the other end
    ///   from(2010)  to(2010)  range(2010,2015)   inclusive, of time by its periods, else in the metadata's order
    ///   label(legemiddellov)     skurd's own: the one category whose label the regular expression matches somewhere
    ///
    /// Empty where a wildcard or a count fits nothing. Throws Error naming the code that is not there, or what is
    /// wrong with the expression: "there is no code '2009' in Tid (did you mean '2019'?)".
    std::vector<std::size_t> resolve(std::string_view expression) const;

    /// The position of a category by its code: the one that is exactly so, else the only one but for letters' case.
    std::optional<std::size_t> find(std::string_view code) const;

    /// Whether the metadata's order is the one that top(), from() and their like go by.
    bool is_listed_in_order() const;

    /// Whether codes differ by letters' case alone: a server that does not mind it would take one for another.
    bool has_look_alikes() const { return folded_.size() < positions_.size(); }

    /// Whether the text is a code and no expression, and is not there. Of time it is not asked: a period is part of
    /// every series, so the job has to say what is meant.
    bool lacks(std::string_view text) const;

private:
    struct Call;

    std::size_t require(std::string_view code) const;
    std::vector<std::size_t> called(const Call& call, std::string_view expression) const;
    std::vector<std::size_t> counted(const Call& call, std::string_view expression) const;
    std::vector<std::size_t> matching(std::string_view pattern) const;
    std::size_t labelled(const std::string& pattern, std::string_view expression) const;
    static std::optional<Call> parse_call(std::string_view text);

    const Dimension& dimension_;
    std::map<std::string, std::size_t, std::less<>> positions_; ///< by code
    std::map<std::string, std::vector<std::size_t>> folded_;    ///< by code in lower case
    std::vector<std::size_t> order_;                            ///< positions, of time the oldest first
};

/// The dimension of that id, or of the one label that label(…) matches. Throws Error naming those there are.
const Dimension& require_dimension(const Cube& metadata, const std::string& name);

/// For the run record: what was left out.
std::string text_on_gone(const std::string& dimension, const std::vector<std::string>& codes);

/// Whether the text has the form top(…), bottom(…), from(…), to(…) or range(…): what it selects hangs on the order.
bool is_ordered_expression(std::string_view text);

/// Whether the text has the form label(…).
bool is_label_expression(std::string_view text);

/// Whether the text has the form of an expression, and is not simply a code.
bool is_expression(std::string_view text);

/// The n of top(n); nothing for any other text.
std::optional<std::size_t> top_count(std::string_view text);

} // namespace skurd
