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

#include <array>

namespace skurd {

namespace {

constexpr auto kinds = std::to_array<ConnectorKind>({
    {"dfo", "sums of the state accounts (DFØ)", &create_dfo},
    {"drop", "CSV files, spreadsheets and JSON-stat that arrive in a folder or are given by hand", &create_drop},
    {"exec", "what a program prints: JSON-stat or CSV", &create_exec},
    {"fhi", "tables of the Norwegian Institute of Public Health (Statistikk Open API)", &create_fhi, &browse_fhi},
    {"nifu", "research and development: tables of Statistics Norway, exported files, file drops", &create_nifu},
    {"nki", "national quality indicators of Helsedirektoratet", &create_nki},
    {"pxweb", "tables of any statistical office that runs PxWeb (PxWebApi v2 and v1)", &create_pxweb, &browse_pxweb},
    {"ssb", "tables of Statistics Norway (pxweb with its defaults)", &create_ssb, &browse_ssb},
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
