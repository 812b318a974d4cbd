#pragma once

#include "connectors/connector.hpp"
#include "connectors/fhi/settings.hpp"

namespace skurd {

/// `skurd check --online` for an fhi job: the list of the source, then the table's dimensions; and what they say of
/// each line of [source], with the line to write where it is wrong.
Step next_fhi_check(const FhiSettings& settings, std::span<const Response> responses);
std::vector<CheckResult> check_fhi(const FhiSettings& settings, std::span<const Response> responses);

} // namespace skurd
