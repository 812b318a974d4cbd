#include "connectors/job_keys.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace skurd {

void check_other_dimensions(const Section& select, const std::vector<std::string>& expressions)
{
    const bool is_all = expressions == std::vector<std::string>{"*"};
    const bool is_code = expressions.size() == 1 && expressions.front().find_first_of("*?(") == std::string::npos;
    if (!is_all && !is_code)
        select.fail(
            other_dimensions,
            R"(the line "*" stands for every dimension that no other line names: it can only be "*" = ["*"], )"
            R"(all of each, or one code that each has, such as "Total")");
}

std::map<std::string, Meaning, std::less<>> read_symbols(Section& source, std::initializer_list<Meaning> known)
{
    std::map<std::string, Meaning, std::less<>> symbols;
    auto table = source.get_table("symbols");
    if (!table)
        return symbols;
    for (const auto& symbol : table->keys())
        symbols[symbol] = table->require_choice(symbol, known);
    return symbols;
}

std::string read_dataset(Section& source, std::string_view connector, const std::string& job_id)
{
    const auto dataset = source.get_string("dataset", job_id);
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    };
    if (dataset.empty() || dataset.size() > 100 || !std::all_of(dataset.begin(), dataset.end(), allowed))
        source.fail("dataset",
                    fmt::format("'dataset' must be 1 to 100 of the characters a-z A-Z 0-9 - _ . and is '{}'",
                                excerpt(dataset)));
    return fmt::format("{}/{}", connector, dataset);
}

} // namespace skurd
