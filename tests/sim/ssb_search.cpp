#include "base/text.hpp"
#include "tests/sim/ssb_state.hpp"

#include <algorithm>
#include <set>

namespace skurd::sim {

namespace {

std::string lower(const std::string& text)
{
    auto lowered = to_lower(text);
    for (const auto& [from, to] : {std::pair("Æ", "æ"), std::pair("Ø", "ø"), std::pair("Å", "å")})
        lowered = replace_all(lowered, from, to);
    return lowered;
}

/// Runs of letters and digits; bytes outside ASCII count as letters.
std::set<std::string> words_of(const std::string& text)
{
    std::set<std::string> words;
    std::string word;
    for (const char c : lower(text) + " ") {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || std::isalnum(byte)) {
            word += c;
        } else if (!word.empty()) {
            words.insert(word);
            word.clear();
        }
    }
    return words;
}

std::string everything(const SimTable& table)
{
    auto text = table.label();
    for (const auto& dimension : table.dimensions) {
        text += " " + dimension.label;
        for (const auto& category : dimension.categories)
            text += " " + category.label;
    }
    return text;
}

bool has(const std::set<std::string>& words, const std::string& wanted)
{
    if (!wanted.ends_with('*'))
        return words.contains(wanted);
    const auto start = wanted.substr(0, wanted.size() - 1);
    const auto found = words.lower_bound(start);
    return found != words.end() && found->starts_with(start);
}

bool fits(const SimTable& table, const std::string& query)
{
    const auto title = words_of(table.label());
    const auto all = words_of(everything(table));
    for (const auto part : split(query, ' ')) {
        if (part.empty() || part == "AND")
            continue;
        auto wanted = lower(std::string(part));
        const bool only_title = wanted.starts_with("title:");
        if (only_title)
            wanted = wanted.substr(6);
        std::erase_if(wanted, [](char c) { return c == '(' || c == ')' || c == '"'; });
        if (!wanted.empty() && !has(only_title ? title : all, wanted))
            return false;
    }
    return true;
}

} // namespace

const SimTable* SsbState::find(const std::string& id) const
{
    const auto found = tables.find(id);
    return found == tables.end() ? nullptr : &found->second;
}

std::vector<const SimTable*> search(const SsbState& state, const std::string& query)
{
    std::vector<const SimTable*> hits;
    for (const auto& [id, table] : state.tables)
        if (fits(table, query))
            hits.push_back(&table);
    return hits;
}

} // namespace skurd::sim
