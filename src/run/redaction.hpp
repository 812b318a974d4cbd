#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What a source answered, fit to be given away: the members "contact" and "contacts" of JSON are empty (Statistics
/// Norway names the people of each table there, with their telephones), mail addresses are removed@example.org, and
/// each of these secrets is REMOVED. Every other byte stays, so that it is read as before.
std::string redacted(std::string_view body, const std::vector<std::string>& secrets);

} // namespace skurd
