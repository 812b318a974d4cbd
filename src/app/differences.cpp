#include "app/differences.hpp"

#include "app/table.hpp"
#include "model/verdict.hpp"

#include <map>

namespace skurd {

Json number_json(const std::optional<Decimal>& number)
{
    return number ? Json(number->text()) : Json(nullptr);
}

Json verdict_json(const Verdict& verdict)
{
    return {{"comparison", to_string(verdict.comparison)},
            {"from", verdict.from.text()},
            {"to", verdict.to.text()},
            {"years", verdict.years},
            {"old", number_json(verdict.old_value)},
            {"new", number_json(verdict.new_value)},
            {"verdict", to_string(verdict.outcome)},
            {"change", number_json(verdict.change)},
            {"unit", verdict.unit},
            {"rule", verdict.rule},
            {"reason", verdict.reason},
            {"near_miss", verdict.near_miss.en},
            {"allowance_nb", verdict.caveat.nb},
            {"allowance_en", verdict.caveat.en},
            {"margin", number_json(verdict.margin)},
            {"within_margin", verdict.within_margin},
            {"provisional", verdict.provisional},
            {"vintages", verdict.vintages},
            {"sentence_nb", verdict.sentence_nb},
            {"sentence_en", verdict.sentence_en}};
}

Json to_json(const ReportDifference& difference)
{
    const auto number = [](int one) { return one == 0 ? Json(nullptr) : Json(one); };
    const auto period = [](const auto& one) { return one ? Json(one->text()) : Json(nullptr); };
    return {{"kind", to_string(difference.kind)},
            {"indicator", difference.indicator},
            {"number_before", number(difference.number_before)},
            {"number_now", number(difference.number_now)},
            {"period_before", period(difference.period_before)},
            {"period_now", period(difference.period_now)},
            {"before", number_json(difference.before)},
            {"now", number_json(difference.now)},
            {"comparable", difference.comparable},
            {"text_nb", difference.text.nb},
            {"text_en", difference.text.en}};
}

std::string differences_text(const std::vector<ReportDifference>& differences, Language language)
{
    const bool en = language == Language::en;
    Table table({{en ? "before" : "før", Table::Align::right},
                 {en ? "now" : "nå", Table::Align::right},
                 {en ? "kind" : "slag"},
                 {en ? "what" : "hva"}});
    std::map<DifferenceKind, int> counts;
    for (const auto& one : differences) {
        ++counts[one.kind];
        const auto kind = words_of(one.kind);
        table.add({one.number_before ? std::to_string(one.number_before) : "–",
                   one.number_now ? std::to_string(one.number_now) : "–", en ? kind.en : kind.nb,
                   en ? one.text.en : one.text.nb});
    }
    if (table.empty())
        return en ? "no differences\n" : "ingen forskjeller\n";
    auto text = table.text() + fmt::format("\n{} {}: ", differences.size(), en ? "differences" : "forskjeller");
    const char* separator = "";
    for (const auto& [kind, count] : counts) {
        const auto words = words_of(kind);
        text += fmt::format("{}{} {}", separator, count, en ? words.en : words.nb);
        separator = ", ";
    }
    return text + "\n";
}

} // namespace skurd
