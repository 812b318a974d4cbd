#pragma once

#include "base/decimal.hpp"
#include "base/enum_words.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// The languages people read: Norwegian (bokmål) and English.
enum class Language { nb, en };
template <>
inline constexpr auto enum_words<Language> = word_table<Language>({{Language::nb, "nb"}, {Language::en, "en"}});

/// For people: "13 936", "−3,9" (nb: decimal comma, U+00A0 between thousands), "13,936", "−3.9" (en). Numbers below
/// 10 000 are written together, as Norwegian does. The minus sign is U+2212.
std::string number_text(const Decimal& number, Language language);

/// The same with a plus sign before positive numbers: "+0,7". Zero has no sign.
std::string signed_text(const Decimal& number, Language language);

} // namespace skurd
