#pragma once

#include <string>
#include <string_view>

namespace skurd {

/// The period from one day to another as Helsedirektoratet states them, in the words of Period: "2024", "2024H1",
/// "2024T2", "2024Q3", "2024M02", "2022-2024". The last day may be in the period or the first after it. Where only
/// the first is stated, or both are the same, its length is that of the kind ("Årlig", "Halvårlig", "Tertialvis",
/// "Kvartalsvis", "Månedlig"). "2024-02-01/2024-05-31" for what is none of these.
/// Throws Error for a text that is no date.
std::string nki_period_text(std::string_view from, std::string_view to, std::string_view kind);

} // namespace skurd
