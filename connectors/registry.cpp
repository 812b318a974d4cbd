#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/dfo/dfo.hpp"
#include "connectors/drop/drop.hpp"
#include "connectors/exec/exec.hpp"
#include "connectors/fhi/fhi.hpp"
#include "connectors/nifu/nifu.hpp"
#include "connectors/nki/nki.hpp"
#include "connectors/pxweb/pxweb.hpp"

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr auto kinds = std::to_array<ConnectorKind>({
    {"dfo",
     "sums of the state accounts (DFØ)",
     &create_dfo,
     nullptr,
     {"Direktoratet for forvaltning og økonomistyring (DFØ)",
      "Norwegian Agency for Public and Financial Management (DFØ)", "NLOD"}},
    {"drop", "CSV files, spreadsheets and JSON-stat that arrive in a folder or are given by hand", &create_drop},
    {"exec", "what a program prints: JSON-stat or CSV", &create_exec},
    {"fhi",
     "tables of the Norwegian Institute of Public Health (Statistikk Open API)",
     &create_fhi,
     &browse_fhi,
     {"Folkehelseinstituttet", "Norwegian Institute of Public Health"}},
    {"nifu", "research and development: tables of Statistics Norway, exported files, file drops", &create_nifu},
    {"nki",
     "national quality indicators of Helsedirektoratet",
     &create_nki,
     nullptr,
     {"Helsedirektoratet", "Norwegian Directorate of Health", "NLOD"}},
    {"pxweb", "tables of any statistical office that runs PxWeb (PxWebApi v2 and v1)", &create_pxweb, &browse_pxweb},
    {"ssb",
     "tables of Statistics Norway (pxweb with its defaults)",
     &create_ssb,
     &browse_ssb,
     {"Statistisk sentralbyrå", "Statistics Norway", "CC BY 4.0"}},
});

} // namespace

std::span<const ConnectorKind> connector_kinds()
{
    return kinds;
}

const ConnectorKind* find_connector_kind(std::string_view name)
{
    const auto* found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.name == name; });
    return found == kinds.end() ? nullptr : found;
}

std::unique_ptr<Connector> create_connector(const std::string& name, const std::string& where, JobSections& sections)
{
    if (const auto* kind = find_connector_kind(name))
        return kind->create(sections);
    std::vector<std::string> known;
    for (const auto& kind : connector_kinds())
        known.emplace_back(kind.name);
    throw usage_error("{}: unknown connector '{}'{} (known: {})", where, name, did_you_mean(name, known),
                      join(known, ", "));
}

} // namespace skurd
