#include "order/harvest_order.hpp"

#include "base/text.hpp"
#include "order/agreement_json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

std::optional<SelectedCodes> SelectedCodes::parse(std::string_view text)
{
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || trim(text.substr(0, equals)).empty())
        return std::nullopt;
    SelectedCodes selected{std::string(text.substr(0, equals)), {}};
    int brackets = 0;
    std::string code;
    const auto end_code = [&] {
        selected.codes.push_back(std::move(code));
        code.clear();
    };
    for (const char c : text.substr(equals + 1)) {
        brackets += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == ',' && brackets == 0)
            end_code();
        else
            code += c;
    }
    if (!code.empty() || !selected.codes.empty())
        end_code();
    const bool are_good = std::all_of(selected.codes.begin(), selected.codes.end(),
                                      [](const auto& one) { return !one.empty() && trim(one) == one; });
    return are_good ? std::optional(std::move(selected)) : std::nullopt;
}

std::string SelectedCodes::text() const
{
    return dimension + "=" + join(codes, ",");
}

HarvestOrder HarvestOrder::read(JsonReader& json)
{
    HarvestOrder order;
    order.which = json.choice<Which>("which");
    order.jobs = json.texts("jobs");
    if ((order.which == Which::named) == order.jobs.empty())
        json.fail("jobs", "names the jobs to run, or \"which\" says which without naming them");
    order.fetch = json.choice<Fetch>("fetch");
    order.effect = json.choice<Effect>("effect");
    order.agreement = read_agreement(json, "accept");
    for (const auto& text : json.texts("select")) {
        auto selected = SelectedCodes::parse(text);
        if (!selected)
            json.fail("select", fmt::format("'{}' is not of the form DIMENSION=CODE,CODE", text));
        order.select.push_back(std::move(*selected));
    }
    if (!order.select.empty() && (order.which != Which::named || order.jobs.size() != 1))
        json.fail("select", "is of one job: name it, and no other");
    return order;
}

Json to_json(const HarvestOrder& order)
{
    Json json = {{"which", to_string(order.which)},
                 {"jobs", order.jobs},
                 {"fetch", to_string(order.fetch)},
                 {"effect", to_string(order.effect)},
                 {"accept", to_json(order.agreement)}};
    for (const auto& selected : order.select)
        json["select"].push_back(selected.text());
    return json;
}

} // namespace skurd
