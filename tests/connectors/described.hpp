#pragma once

#include "base/text.hpp"
#include "decode/layout/propose_layout.hpp"
#include "tests/connectors/drop_layout.hpp"
#include "tests/support/catch.hpp"

namespace skurd::test {

/// A file as its proposal decodes it once that was written and read back; what period it is about, where the file
/// does not tell, a person has said by then.
inline std::string decoded_as_proposed(const LayoutProposal& proposal, const std::string& bytes)
{
    INFO(proposal.toml);
    auto whole = Section::parse(replace_all(proposal.toml, "period = '?'", "period = '2021'"), "proposal");
    auto section = whole.require_table("layout");
    const auto layout = read_layout(section);
    whole.reject_unknown_keys();
    std::string csv;
    write_cube_csv(decode_table(bytes, layout.table).cube, csv);
    return csv;
}

/// The same for a proposal that must decode.
inline std::string proposed(const std::string& bytes, const std::string& name = "tall.csv")
{
    const auto proposal = propose_layout(bytes, name);
    INFO(proposal.toml);
    CHECK(proposal.decodes);
    return decoded_as_proposed(proposal, bytes);
}

/// What a person should see of a proposal, a sentence a line; "" = it is proved.
inline std::string doubts(const std::string& bytes, const std::string& name = "tall.csv")
{
    std::string text;
    for (const auto& doubt : propose_layout(bytes, name).findings.texts(LayoutFinding::Weight::doubt))
        text += doubt + "\n";
    return text;
}

} // namespace skurd::test
