#pragma once

#include "api/endpoint.hpp"

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace skurd {

/// The first and the last day of a period as SDMX writes it: "2020", "2020-Q1", "2020-03", "2020-03-31", "2020-S1",
/// "2020-T1", "2020-W05"; nothing for any other text.
struct SdmxDays {
    std::chrono::sys_days first;
    std::chrono::sys_days last;
};
std::optional<SdmxDays> sdmx_days(std::string_view text);

const std::vector<Endpoint>& sdmx_endpoints();

} // namespace skurd
