#pragma once

#include "model/vintage.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace skurd {

/// How an indicator's values are made from series and from other indicators: a tree. The grammar is in
/// schema/indicators/README.md; indicator/formula.hpp reads and checks it.
struct Formula {
    enum class Kind {
        number,
        series,    ///< of a dataset; more than one only inside sum() and mean()
        indicator, ///< another indicator's values
        negate,
        add,
        subtract,
        multiply,
        divide,
        sum,
        mean,
        share,    ///< (part, whole), in percent
        growth,   ///< (x), from the period before, in percent
        deflate,  ///< (amount, price index, base = year)
        previous, ///< (x): the value of the period before
        next,     ///< (x): the value of the period after
        coalesce, ///< (a, b, …): for each period the first that states it; a whole formula, never a part of one
        earlier,  ///< (): what the definition before this one gives; an argument of coalesce()
    };

    Kind kind = Kind::series;
    std::size_t at = 0; ///< where it begins in the text it was read from, in bytes
    Decimal number{};
    Selector selector{};
    int indicator = 0;
    int base_year = 0;
    std::vector<Formula> operands{};

    /// One series and nothing more.
    static Formula of(Selector selector);
    /// The selector of a formula that is nothing but one; else nullptr.
    const Selector* plain() const { return kind == Kind::series ? &selector : nullptr; }

    /// Written in one way: "share(drop/x{nr=1}, drop/x{nr=2})", with the brackets it needs and no others.
    std::string text() const;
};

/// The selectors of a formula, from left to right, each once.
std::vector<Selector> selectors_of(const Formula& formula);
/// The indicators a formula names itself, ascending.
std::vector<int> indicators_of(const Formula& formula);
/// Whether it goes on from the definition before it.
bool reads_earlier(const Formula& formula);

} // namespace skurd
