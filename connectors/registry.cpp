#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/drop/drop.hpp"
#include "connectors/exec/exec.hpp"
#include "connectors/ssb/ssb.hpp"

#include <array>

namespace skurd {

namespace {

constexpr auto kinds = std::to_array<ConnectorKind>({
    {"drop", "CSV files that arrive in a folder or are given by hand", &create_drop},
    {"exec", "what a program prints: JSON-stat or CSV", &create_exec},
    {"ssb", "tables of Statistics Norway (PxWebApi v2)", &create_ssb},
});

} // namespace

std::span<const ConnectorKind> connector_kinds()
{
    return kinds;
}

std::unique_ptr<Connector> create_connector(const std::string& name, const std::string& where, JobSections& sections)
{
    std::vector<std::string> known;
    for (const auto& kind : connector_kinds()) {
        if (kind.name == name)
            return kind.create(sections);
        known.emplace_back(kind.name);
    }
    throw usage_error("{}: unknown connector '{}'{} (known: {})", where, name, did_you_mean(name, known),
                      join(known, ", "));
}

} // namespace skurd
