#include "flag/revision_text.hpp"

#include "base/text.hpp"
#include "flag/size_text.hpp"
#include "model/release.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// The words around what a flag keeps of the verdict before.
struct Frame {
    std::string_view before;
    std::string_view now;
    std::string_view contradicts;
    std::string_view redefined;
};
constexpr Frame nb = {"; før: ", "; nå: ", "; motsier ", " (ny definisjon)"};
constexpr Frame en = {"; before: ", "; now: ", "; contradicts ", " (new definition)"};

std::string value_text(const std::optional<Decimal>& value)
{
    return value ? value->normalised().text() : "";
}

std::string kept_sentence(const std::string& text, const Frame& frame)
{
    const auto begin = text.find(frame.before);
    const auto end = text.find(frame.now);
    if (begin == std::string::npos || end == std::string::npos || end < begin)
        return "";
    return text.substr(begin + frame.before.size(), end - begin - frame.before.size());
}

std::string kept_contradiction(const std::string& text, const Frame& frame)
{
    const auto begin = text.find(frame.contradicts);
    return begin == std::string::npos ? "" : text.substr(begin);
}

} // namespace

TurnedVerdict turned_verdict(const Verdict& before, const Verdict& now, const PrintRecord& printed)
{
    TurnedVerdict turned{
        before.old_value, before.new_value, before.sentence, {}, before.definition != now.definition};
    if (const auto* report = contradicted(printed, before, now)) {
        const auto day = published_day(report->published, report->published_known);
        const int number = report->numbers.at(before.indicator);
        turned.contradicts = {
            fmt::format("{}{}, {}, der den er nummer {}", nb.contradicts, report->title.nb, day, number),
            fmt::format("{}{}, {}, where it is number {}", en.contradicts, report->title.en, day, number)};
    }
    return turned;
}

TurnedVerdict turned_verdict(const Flag& flag)
{
    const auto parts = split(std::string_view(flag.inputs).substr(0, flag.inputs.find(turn_arrow)), '|');
    TurnedVerdict turned;
    if (parts.size() == 3) {
        turned.old_value = Decimal::parse(parts[1]);
        turned.new_value = Decimal::parse(parts[2]);
    }
    turned.sentence = {kept_sentence(flag.text_nb, nb), kept_sentence(flag.text_en, en)};
    turned.contradicts = {kept_contradiction(flag.text_nb, nb), kept_contradiction(flag.text_en, en)};
    turned.redefined = flag.text_en.find(en.redefined) != std::string::npos;
    return turned;
}

LocalizedText revision_text(const LocalizedText& name, const TurnedVerdict& before, const Verdict& now,
                            IndicatorKind kind)
{
    LocalizedText sizes;
    for (const auto& size : {size_text(kind, now.from.text(), before.old_value, now.old_value),
                             size_text(kind, now.to.text(), before.new_value, now.new_value)})
        if (!size.en.empty()) {
            sizes.nb += "; " + size.nb;
            sizes.en += "; " + size.en;
        }
    const auto from = now.from.text();
    const auto to = now.to.text();
    return {fmt::format("{}: dommen for {} til {} er snudd{}{}{}{}{}{}{}", name.nb, from, to,
                        before.redefined ? nb.redefined : "", nb.before, before.sentence.nb, nb.now, now.sentence.nb,
                        sizes.nb, before.contradicts.nb),
            fmt::format("{}: the verdict on {} to {} has turned{}{}{}{}{}{}{}", name.en, from, to,
                        before.redefined ? en.redefined : "", en.before, before.sentence.en, en.now, now.sentence.en,
                        sizes.en, before.contradicts.en)};
}

std::string state_text(const Verdict& verdict)
{
    return fmt::format("{}|{}|{}", to_string(verdict.outcome), value_text(verdict.old_value),
                       value_text(verdict.new_value));
}

} // namespace skurd
