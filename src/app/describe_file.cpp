#include "app/describe_file.hpp"

#include "app/files.hpp"
#include "base/error.hpp"
#include "decode/layout/propose_layout.hpp"

#include <filesystem>
#include <iostream>

namespace skurd {

ExitCode describe_file(const Context& context, const std::string& file)
{
    const auto bytes = read_input(file);
    LayoutProposal proposal;
    try {
        proposal = propose_layout(bytes, std::filesystem::path(file).filename().string());
    } catch (const Error&) {
        std::throw_with_nested(error("{}", file));
    }
    if (context.json)
        print_json({{"layout", proposal.toml}, {"findings", proposal.findings}, {"decodes", proposal.decodes}});
    else
        std::cout << proposal.toml;
    return proposal.decodes ? ExitCode::good : ExitCode::failed;
}

} // namespace skurd
