#pragma once

#include <string>
#include <string_view>

namespace skurd {

/// Text that is set raised, in the characters that Unicode has for it: "1)" is "¹⁾", "a" is "ᵃ". What is raised
/// behind a number or a name is a mark of a footnote, or the 2 of m²; as plain digits it would be part of the number.
/// Characters without a raised form stay.
std::string raised(std::string_view utf8);

/// A text of Office Open XML without its escapes: "_x000D_" is a carriage return, "_x005F_" an underscore (ECMA-376
/// part 1, 22.9.2.19: ST_Xstring). Escapes of characters that XML has no place for either stay as they stand.
std::string unescaped(std::string_view text);

/// UTF-16 as UTF-8; half a character and U+0000 become U+FFFD.
std::string utf8_from_units(std::u16string_view units);

} // namespace skurd
