#include "report/renderings.hpp"

#include "base/time_text.hpp"
#include "lib/json/json.hpp"

namespace skurd {

namespace {

Json number(const std::optional<Decimal>& value)
{
    return value ? Json(value->text()) : Json(nullptr);
}

Json words(const std::string& nb, const std::string& en)
{
    return {{"nb", nb}, {"en", en}};
}

Json change_of(const Verdict& verdict)
{
    return {{"from", verdict.from.text()},
            {"to", verdict.to.text()},
            {"per_year", verdict.comparison == Comparison::per_year},
            {"change", number(verdict.change)},
            {"unit", verdict.unit},
            {"verdict", std::string(to_string(verdict.outcome))},
            {"reason", verdict.reason},
            {"rule", verdict.rule},
            {"sentence", words(verdict.sentence_nb, verdict.sentence_en)}};
}

Json corrections_of(const StatusReport& report, const StatusReport::Row& row)
{
    Json corrections = Json::array();
    for (std::size_t i = 0; i < report.periods.size(); ++i)
        if (const auto* correction = correction_of(row, i))
            corrections.push_back({{"correction", correction->id},
                                   {"period", report.periods[i].text()},
                                   {"source_value", correction->expected.text()},
                                   {"corrected_value", correction->corrected.text()},
                                   {"applied", is_corrected({row.values[i], {}}, *correction)},
                                   {"reason", correction->reason},
                                   {"by", correction->person}});
    return corrections;
}

Json row_of(const StatusReport& report, const StatusReport::Row& row)
{
    const auto& indicator = *row.indicator;
    Json values = Json::object();
    for (std::size_t i = 0; i < report.periods.size(); ++i)
        values[report.periods[i].text()] = number(row.values[i]);
    Json changes = Json::array();
    for (const auto& change : row.changes)
        changes.push_back(change_of(change));
    return {{"indicator", indicator.number},
            {"number", row.number},
            {"table", row.table},
            {"part", indicator.part},
            {"label", words(row.label().nb, row.label().en)},
            {"kind", std::string(to_string(kind_of(report, row)))},
            {"direction", std::string(to_string(indicator.direction))},
            {"unit", definition_of(report, row).unit},
            {"trouble", row.trouble.en},
            {"values", std::move(values)},
            {"changes", std::move(changes)},
            {"corrections", corrections_of(report, row)}};
}

} // namespace

std::string json_report(const StatusReport& report)
{
    Json rows = Json::array();
    for (const auto& row : report.rows)
        rows.push_back(row_of(report, row));
    const Json root = {{"set", report.set->number},
                       {"period", report.period.text()},
                       {"as_of", report.as_of ? Json(format_time(*report.as_of)) : Json(nullptr)},
                       {"title", words(report.set->title.nb, report.set->title.en)},
                       {"rows", std::move(rows)}};
    return root.dump(2) + "\n";
}

} // namespace skurd
