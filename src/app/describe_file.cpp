#include "app/describe_file.hpp"

#include "app/files.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/layout/guess_cell.hpp"
#include "decode/layout/propose_layout.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <iostream>

namespace skurd {

namespace {

constexpr std::size_t id_size_max = 100;

/// The names that later releases of a file are likely to have: digits differ, unless the name has nothing else.
std::string file_pattern(const std::string& file_name)
{
    std::string pattern;
    for (const char c : file_name) {
        const bool differs = (c >= '0' && c <= '9') || c == '*' || c == '?' || static_cast<unsigned char>(c) < ' ';
        if (!differs)
            pattern += c;
        else if (pattern.empty() || pattern.back() != '*')
            pattern += '*';
    }
    if (file_name == "-")
        return "*";
    const bool tells = pattern.find_first_not_of("*?._- ") < pattern.rfind('.');
    return tells ? pattern : file_name;
}

Json to_json(const LayoutProposal& proposal, const std::string& file_name)
{
    return {{"layout", proposal.toml},
            {"job", proposed_job(proposal, file_name, proposed_job_id(file_name))},
            {"findings", proposal.findings.texts()},
            {"doubts", proposal.findings.texts(LayoutFinding::Weight::doubt)},
            {"numbers", proposal.numbers},
            {"decodes", proposal.decodes},
            {"proved", proposal.is_proved()}};
}

/// For people, whose output often goes into a file.
std::string summary(const LayoutProposal& proposal, const std::string& file)
{
    auto format = std::string(to_string(proposal.layout.format));
    std::transform(format.begin(), format.end(), format.begin(), [](unsigned char c) { return std::toupper(c); });
    const auto doubts = proposal.findings.texts(LayoutFinding::Weight::doubt).size();
    const auto notes = proposal.findings.texts(LayoutFinding::Weight::note).size();
    const auto result = proposal.is_proved() ? fmt::format("proved; {} notes above the layout", notes)
                                             : fmt::format("{} to look at, above the layout", doubts);
    return fmt::format("{}: {}, {} numbers; {}\n", file, format, proposal.numbers, result);
}

} // namespace

bool names_file(const std::string& word, const std::string& table)
{
    constexpr auto extensions =
        std::to_array<std::string_view>({".csv", ".tsv", ".txt", ".xlsx", ".ods", ".xls", ".json", ".px"});
    const std::filesystem::path path(word);
    std::error_code failure;
    return word == "-" || word.find('/') != std::string::npos ||
           std::find(extensions.begin(), extensions.end(), to_lower(path.extension().string())) != extensions.end() ||
           (table.empty() && std::filesystem::is_regular_file(path, failure));
}

std::string proposed_job_id(const std::string& file_name)
{
    auto name = lower_text(std::filesystem::path(file_name).stem().string());
    for (const auto& [from, to] : {std::pair("æ", "ae"), std::pair("ø", "o"), std::pair("å", "a")})
        name = replace_all(name, from, to);
    std::string id;
    for (const char c : name) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (is_plain)
            id += c;
        else if (!id.empty() && id.back() != '-')
            id += '-';
    }
    id = id.substr(0, id_size_max);
    while (!id.empty() && id.back() == '-')
        id.pop_back();
    return id.empty() ? "file" : id;
}

std::string proposed_job(const LayoutProposal& proposal, const std::string& file_name, const std::string& id)
{
    return fmt::format("[job]\nid = {}\nconnector = \"drop\"\n\n[source]\nfiles = {}\n\n{}", toml_quoted(id),
                       toml_quoted(file_pattern(file_name)), proposal.toml);
}

ExitCode describe_file(const Context& context, const FileDescription& wanted)
{
    const auto bytes = read_input(wanted.file);
    const auto file_name = std::filesystem::path(wanted.file).filename().string();
    LayoutProposal proposal;
    try {
        proposal = propose_layout(bytes, file_name, wanted.table);
    } catch (const Error&) {
        std::throw_with_nested(error("{}", wanted.file));
    }
    if (context.json)
        print_json(to_json(proposal, file_name));
    else if (wanted.output == FileDescription::Output::job)
        std::cout << proposed_job(proposal, file_name, proposed_job_id(file_name));
    else
        std::cout << proposal.toml;
    if (!context.json)
        std::cerr << summary(proposal, excerpt(wanted.file));
    return proposal.is_proved() ? ExitCode::good : ExitCode::failed;
}

} // namespace skurd
