#pragma once

#include "base/enum_words.hpp"
#include "base/error.hpp"
#include "base/time_text.hpp"
#include "store/engine/statement.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// An instant read from the store. Throws Error when the text is none.
Time time_from(std::string_view text);

/// An instant, or NULL, as the store writes it.
std::optional<std::string> optional_text(const std::optional<Time>& time);

/// A column that may be NULL.
std::optional<Time> optional_time(const Statement& row, int column);

/// An id as the store writes it: 0, which means none, as NULL.
std::optional<std::int64_t> id_or_null(std::int64_t id);

/// The enumerator whose word this is. Throws Error for a word of none: the store was not written by skurd.
template <HasWords Enum>
Enum enum_from(std::string_view word)
{
    if (const auto found = from_word<Enum>(word))
        return *found;
    throw error("the store holds '{}' where another word belongs: use a newer skurd, or put back a backup", word);
}

} // namespace skurd
