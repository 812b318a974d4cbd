#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace skurd {

// How the indicators are numbered that a template stands for, one for each code. Their numbers hang on the template's
// number and the code alone: they stay when other codes come and go. People see them as "201/0301".

/// The largest number of a template.
constexpr int template_number_max = 2146;

/// What a code adds: of one to five digits by length, then value, 400301 for 0301; of any other text a hash, from
/// 600000 on, in which two codes may meet. From 100000 to 999999.
int code_number(std::string_view code);

/// The number of the expansion of that template for that code.
int expanded_number(int of, std::string_view code);

/// The template whose expansion has that number; 0 where it is an indicator of its own.
int template_of(int number);

/// "9"; of an expansion "201/0301", of one whose code is another text than a few digits "201/#612345".
std::string indicator_name(int number);

/// Reads both back, and "201/Oslo" with any code; nothing for what is no such name. Whether there is such an
/// indicator is the catalogue's to say.
std::optional<int> indicator_number(std::string_view name);

} // namespace skurd
