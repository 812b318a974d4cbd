#include "model/formula.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

std::string_view name_of(Formula::Kind kind)
{
    switch (kind) {
    case Formula::Kind::sum:
        return "sum";
    case Formula::Kind::mean:
        return "mean";
    case Formula::Kind::share:
        return "share";
    case Formula::Kind::growth:
        return "growth";
    case Formula::Kind::deflate:
        return "deflate";
    case Formula::Kind::previous:
        return "previous";
    case Formula::Kind::next:
        return "next";
    case Formula::Kind::coalesce:
        return "coalesce";
    case Formula::Kind::earlier:
        return "earlier";
    default:
        return "";
    }
}

/// How tightly an expression binds; a looser one inside a tighter one needs brackets.
int binding_of(const Formula& formula)
{
    switch (formula.kind) {
    case Formula::Kind::add:
    case Formula::Kind::subtract:
        return 1;
    case Formula::Kind::multiply:
    case Formula::Kind::divide:
        return 2;
    case Formula::Kind::negate:
        return 3;
    default:
        return 4;
    }
}

std::string_view sign_of(Formula::Kind kind)
{
    switch (kind) {
    case Formula::Kind::add:
        return "+";
    case Formula::Kind::subtract:
        return "-";
    case Formula::Kind::multiply:
        return "*";
    default:
        return "/";
    }
}

std::string bound(const Formula& operand, int binding)
{
    return binding_of(operand) < binding ? "(" + operand.text() + ")" : operand.text();
}

void collect(const Formula& formula, std::vector<Selector>& selectors, std::vector<int>& indicators)
{
    if (formula.kind == Formula::Kind::series) {
        const auto text = formula.selector.text();
        if (std::none_of(selectors.begin(), selectors.end(), [&](const auto& s) { return s.text() == text; }))
            selectors.push_back(formula.selector);
    }
    if (formula.kind == Formula::Kind::indicator)
        indicators.push_back(formula.indicator);
    for (const auto& operand : formula.operands)
        collect(operand, selectors, indicators);
}

} // namespace

Formula Formula::of(Selector selector)
{
    Formula formula;
    formula.selector = std::move(selector);
    return formula;
}

std::string Formula::text() const
{
    switch (kind) {
    case Kind::number:
        return number.text();
    case Kind::series:
        return selector.text();
    case Kind::indicator:
        return fmt::format("indicator({})", indicator);
    case Kind::negate:
        return "-" + bound(operands.front(), 3);
    case Kind::add:
    case Kind::subtract:
    case Kind::multiply:
    case Kind::divide: {
        const int binding = binding_of(*this);
        // a - (b - c) keeps its brackets; (a - b) - c needs none.
        return fmt::format("{} {} {}", bound(operands[0], binding), sign_of(kind), bound(operands[1], binding + 1));
    }
    default:
        break;
    }
    std::vector<std::string> arguments;
    for (const auto& operand : operands)
        arguments.push_back(operand.text());
    if (kind == Kind::deflate)
        arguments.push_back(fmt::format("base = {}", base_year));
    return fmt::format("{}({})", name_of(kind), join(arguments, ", "));
}

bool reads_earlier(const Formula& formula)
{
    return std::any_of(formula.operands.begin(), formula.operands.end(),
                       [](const Formula& operand) { return operand.kind == Formula::Kind::earlier; });
}

std::vector<Selector> selectors_of(const Formula& formula)
{
    std::vector<Selector> selectors;
    std::vector<int> indicators;
    collect(formula, selectors, indicators);
    return selectors;
}

std::vector<int> indicators_of(const Formula& formula)
{
    std::vector<Selector> selectors;
    std::vector<int> indicators;
    collect(formula, selectors, indicators);
    std::sort(indicators.begin(), indicators.end());
    indicators.erase(std::unique(indicators.begin(), indicators.end()), indicators.end());
    return indicators;
}

} // namespace skurd
