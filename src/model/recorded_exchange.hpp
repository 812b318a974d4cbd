#pragma once

#include "base/enum_words.hpp"
#include "model/request.hpp"

#include <string>

namespace skurd {

/// A question that was really put to a source, and what it answered, fit to be given away: without keys and without
/// the names of people.
struct RecordedExchange {
    enum class Part {
        check,   ///< asked by `skurd check --online`
        harvest, ///< asked by a first harvest, of which nothing is stored
    };

    Part part = Part::check;
    Request request;
    Response response;
};

template <>
inline constexpr auto enum_words<RecordedExchange::Part> = word_table<RecordedExchange::Part>({
    {RecordedExchange::Part::check, "check"},
    {RecordedExchange::Part::harvest, "harvest"},
});

} // namespace skurd
