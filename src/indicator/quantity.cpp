#include "indicator/quantity.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace skurd {

namespace {

struct KnownUnit {
    std::string_view name;
    std::string_view nb;
    std::string_view en;
};

/// The units of the catalogue and of its sources, in both languages. "Antall" alone says nothing.
constexpr std::array<KnownUnit, 19> known_units = {{{"percent", "prosent", "percent"},
                                                    {"percent", "%", "per cent"},
                                                    {"percentage points", "prosentpoeng", "percentage points"},
                                                    {"index", "indeks", "index"},
                                                    {"ratio", "forholdstall", "ratio"},
                                                    {"deaths", "dødsfall", "deaths"},
                                                    {"persons", "personer", "persons"},
                                                    {"persons", "innbyggere", "inhabitants"},
                                                    {"man-years", "årsverk", "man-years"},
                                                    {"man-years", "avtalte årsverk", "fte"},
                                                    {"days", "dager", "days"},
                                                    {"places", "plasser", "places"},
                                                    {"cases", "saker", "cases"},
                                                    {"sentences", "dommer", "sentences"},
                                                    {"sanctions", "reaksjoner", "sanctions"},
                                                    {"reports", "meldinger", "reports"},
                                                    {"centres", "sentre", "centres"},
                                                    {"municipalities", "kommuner", "municipalities"},
                                                    {"beds", "døgnplasser", "beds"}}};

struct MoneyWord {
    std::string_view text;
    int power;
};
constexpr std::array<MoneyWord, 14> money_words = {{{"mnok", 6},
                                                    {"tnok", 3},
                                                    {"bnok", 9},
                                                    {"nok", 0},
                                                    {"mill. kr", 6},
                                                    {"mill. kroner", 6},
                                                    {"millioner kroner", 6},
                                                    {"nok million", 6},
                                                    {"1 000 kr", 3},
                                                    {"1000 kr", 3},
                                                    {"1 000 kroner", 3},
                                                    {"nok 1 000", 3},
                                                    {"kr", 0},
                                                    {"kroner", 0}}};

/// ASCII and Æ Ø Å to lower case, the kinds of space to one.
std::string plain(std::string_view unit)
{
    auto text = to_lower(replace_all(replace_all(std::string(unit), "\u00A0", " "), "\u202F", " "));
    for (const auto& [upper, lower] : {std::pair("Æ", "æ"), std::pair("Ø", "ø"), std::pair("Å", "å")})
        text = replace_all(text, upper, lower);
    return std::string(trim(text));
}

/// The name in Norwegian, for a sentence.
std::string_view in_norwegian(std::string_view name)
{
    const auto found =
        std::find_if(known_units.begin(), known_units.end(), [&](const auto& u) { return u.name == name; });
    return found == known_units.end() ? name : found->nb;
}

/// Works out what a formula's result is, from the leaves up. Stops at the first clash.
class UnitCheck {
public:
    explicit UnitCheck(const QuantityOf& quantity_of_leaf) : quantity_of_leaf_(quantity_of_leaf) {}

    Quantity quantity(const Formula& formula)
    {
        using Kind = Formula::Kind;
        switch (formula.kind) {
        case Kind::number:
            return {"", std::nullopt, "", true};
        case Kind::series:
        case Kind::indicator:
        case Kind::earlier:
            return quantity_of_leaf_(formula);
        case Kind::negate:
        case Kind::previous:
        case Kind::next:
            return quantity(formula.operands.front());
        case Kind::add:
        case Kind::subtract:
        case Kind::sum:
        case Kind::mean:
        case Kind::coalesce:
            return same(formula);
        case Kind::multiply:
            return product(formula);
        case Kind::divide:
            return quotient(formula);
        case Kind::share:
            same(formula);
            return {"percent", std::nullopt, "", false};
        case Kind::growth:
            quantity(formula.operands.front());
            return {"percent", std::nullopt, "", false};
        case Kind::deflate:
            return deflated(formula);
        }
        return {};
    }

    /// Whether the two can be the same thing; if not, why is noted at that place.
    void compare(const Quantity& a, const Quantity& b, std::size_t at)
    {
        if (clash || a.is_plain_number || b.is_plain_number)
            return;
        if (!a.name.empty() && !b.name.empty() && a.name != b.name)
            note(at, {fmt::format("{} er ikke {}", in_norwegian(b.name), in_norwegian(a.name)),
                      fmt::format("{} are not {}", b.name, a.name)});
        else if (a.power && b.power && *a.power != *b.power)
            note(at, {fmt::format("kroner i 10^{} er ikke kroner i 10^{}: gang med 1000 først", *b.power, *a.power),
                      fmt::format("kroner in 10^{} are not kroner in 10^{}: multiply by 1000 first", *b.power,
                                  *a.power)});
        else if (!a.price_base.empty() && !b.price_base.empty() && a.price_base != b.price_base)
            note(at, {fmt::format("{}-kroner er ikke {}-kroner: bruk deflate(…)", b.price_base, a.price_base),
                      fmt::format("kroner of {} are not kroner of {}: use deflate(…)", b.price_base, a.price_base)});
    }

    std::optional<UnitClash> clash;

private:
    Quantity same(const Formula& formula)
    {
        Quantity found{"", std::nullopt, "", true};
        for (const auto& operand : formula.operands) {
            const auto next = quantity(operand);
            compare(found, next, operand.at);
            if (next.is_plain_number)
                continue;
            found.is_plain_number = false;
            if (found.name.empty())
                found.name = next.name;
            if (!found.power)
                found.power = next.power;
            if (found.price_base.empty())
                found.price_base = next.price_base;
        }
        return found;
    }

    /// A number times something is more of it, in thousands perhaps; anything else is not known.
    Quantity product(const Formula& formula)
    {
        auto left = quantity(formula.operands[0]);
        auto right = quantity(formula.operands[1]);
        if (left.is_plain_number && right.is_plain_number)
            return left;
        if (!left.is_plain_number && !right.is_plain_number)
            return {};
        auto& thing = left.is_plain_number ? right : left;
        thing.power.reset();
        return thing;
    }

    Quantity quotient(const Formula& formula)
    {
        auto above = quantity(formula.operands[0]);
        const auto below = quantity(formula.operands[1]);
        if (below.is_plain_number) {
            above.power.reset();
            return above;
        }
        if (above.name.empty() || above.name != below.name)
            return {};
        compare(above, below, formula.operands[1].at);
        return {"ratio", std::nullopt, "", false};
    }

    Quantity deflated(const Formula& formula)
    {
        auto amount = quantity(formula.operands[0]);
        const auto index = quantity(formula.operands[1]);
        const auto at = formula.operands[0].at;
        if (!amount.name.empty() && amount.name != "kroner")
            note(at, {fmt::format("{} er ikke et beløp", in_norwegian(amount.name)),
                      fmt::format("{} are not an amount", amount.name)});
        if (!amount.price_base.empty())
            note(at, {fmt::format("beløpet er i {}-kroner allerede", amount.price_base),
                      fmt::format("the amount is in kroner of {} already", amount.price_base)});
        if (!index.name.empty() && index.name != "index")
            note(formula.operands[1].at, {fmt::format("{} er ingen prisindeks", in_norwegian(index.name)),
                                          fmt::format("{} are no price index", index.name)});
        amount.name = "kroner";
        amount.price_base = std::to_string(formula.base_year);
        return amount;
    }

    void note(std::size_t at, LocalizedText words)
    {
        if (!clash)
            clash = UnitClash{at, std::move(words)};
    }

    const QuantityOf& quantity_of_leaf_;
};

} // namespace

Quantity quantity_of(std::string_view unit)
{
    const auto text = plain(unit);
    if (text.find(" per ") != std::string::npos)
        return {};
    for (const auto& known : known_units)
        if (text == known.nb || text == known.en)
            return {std::string(known.name), std::nullopt, "", false};
    for (const auto& money : money_words)
        if (text == money.text || (text.starts_with(money.text) && text[money.text.size()] == ' '))
            return {"kroner", money.power, "", false};
    return {};
}

Quantity quantity_of(const Definition& definition)
{
    auto quantity = quantity_of(std::string_view(definition.unit));
    quantity.price_base = definition.price_base;
    return quantity;
}

std::optional<UnitClash> unit_clash(const Formula& formula, const QuantityOf& quantity_of_leaf,
                                    const Quantity& wanted)
{
    UnitCheck check(quantity_of_leaf);
    const auto found = check.quantity(formula);
    check.compare(wanted, found, formula.at);
    return std::move(check.clash);
}

} // namespace skurd
