#include "app/commands.hpp"
#include "app/files.hpp"
#include "decode/propose_layout.hpp"

#include <filesystem>
#include <iostream>

namespace skurd {

namespace {

ExitCode describe(const Context& context, const std::string& file)
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

} // namespace

void set_up_describe(CLI::App& command, Context& context)
{
    auto file = std::make_shared<std::string>(); // lives as long as the callback
    command.add_option("FILE", *file, "A file that has no layout yet; - is standard input")->required();
    command.callback([&context, file] { context.action = [&context, file] { return describe(context, *file); }; });
}

} // namespace skurd
