#include "connectors/offer.hpp"

namespace skurd {

namespace {

DatasetOffer::Codes listed(const CodesByText& codes)
{
    DatasetOffer::Codes found;
    for (const auto& [text, code] : codes)
        found.named.insert(code);
    return found;
}

} // namespace

DatasetOffer layout_offer(std::string dataset, const TableLayout& layout)
{
    DatasetOffer offer{std::move(dataset), {}, false};
    if (layout.format == TableLayout::Format::jsonstat || layout.format == TableLayout::Format::px) {
        offer.may_have_others = true;
        return offer;
    }
    for (const auto& dimension : layout.series)
        offer.dimensions[dimension.id.empty() ? dimension.column : dimension.id] = listed(dimension.codes);
    for (const auto& across : layout.across)
        if (across.role != Role::time)
            offer.dimensions[across.id] = listed(across.codes);
    if (!layout.measures.empty())
        offer.dimensions[layout.measure_id];
    for (const auto& [id, code] : layout.fixed)
        offer.dimensions[id] = {{code}, false};
    return offer;
}

DatasetOffer::Codes codes_offered(const std::vector<std::string>& expressions)
{
    DatasetOffer::Codes found{{}, false};
    for (const auto& expression : expressions) {
        if (expression.find_first_of("*?(") == std::string::npos)
            found.named.insert(expression);
        else
            found.may_be_others = true;
    }
    return found;
}

} // namespace skurd
