#pragma once

#include "base/enum_words.hpp"
#include "base/number_text.hpp"

#include <string>
#include <string_view>

namespace skurd {

/// What a word of an enumeration is called in a table that people read. The word itself is English and stands in the
/// store, in JSON and in files; the one list of the Norwegian words is in enum_text.cpp, and a test holds it against
/// all enumerations that are printed. A word that is not in it stays as it is.
std::string word_text(std::string_view word, Language language);

template <typename Enum>
std::string enum_text(Enum value, Language language)
{
    return word_text(to_string(value), language);
}

} // namespace skurd
