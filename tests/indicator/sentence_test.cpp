#include "indicator/sentence.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

LocalizedText sentence(Change change)
{
    return sentence_of(change, explain(change));
}

Decimal value(const char* text)
{
    return Decimal::parse(text).value();
}

} // namespace

TEST_CASE("a verdict reads as a sentence in both languages")
{
    using enum IndicatorKind;
    using enum Direction;
    const struct {
        Change change;
        const char* nb = nullptr;
        const char* en = nullptr;
    } rows[] = {
        {{share, up, value("46.2"), value("46.9")},
         "Gul: 46,2 → 46,9 % (+0,7 prosentpoeng, grense ±1,0)",
         "Yellow: 46.2 → 46.9% (+0.7 percentage points, limit ±1.0)"},
        {{IndicatorKind::number, down, value("284"), value("247")},
         "Grønn: 284 → 247 (−13,0 %, grense ±2,5 %)",
         "Green: 284 → 247 (−13.0%, limit ±2.5%)"},
        {{amount, up, value("13936"), value("15894"), 2},
         "Grønn: 13\u00a0936 → 15\u00a0894 (+6,8 % per år, grense ±2,5 %)",
         "Green: 13,936 → 15,894 (+6.8% per year, limit ±2.5%)"},
        {{share, up, value("66"), value("61"), 2},
         "Rød: 66 → 61 % (−2,5 prosentpoeng per år, grense ±1,0)",
         "Red: 66 → 61% (−2.5 percentage points per year, limit ±1.0)"},
        {{share, up, value("3.9"), value("4.8")},
         "Gul: 3,9 → 4,8 % (+0,9 prosentpoeng, grense ±1,0; 0,1 prosentpoeng fra grønn)",
         "Yellow: 3.9 → 4.8% (+0.9 percentage points, limit ±1.0; 0.1 percentage points from green)"},
        {{share, up, value("3.90"), value("4.94")},
         "Grønn: 3,90 → 4,94 % (+1,04 prosentpoeng, grense ±1,0)",
         "Green: 3.90 → 4.94% (+1.04 percentage points, limit ±1.0)"},
        {{share, up, value("3.9"), value("4.9")},
         "Gul: 3,9 → 4,9 % (+1,0 prosentpoeng, grense ±1,0; på grensen til grønn)",
         "Yellow: 3.9 → 4.9% (+1.0 percentage points, limit ±1.0; at the limit to green)"},
        {{IndicatorKind::number, neutral, value("1252"), value("1499")},
         "Økt: 1252 → 1499 (+19,7 %, grense ±2,5 %)",
         "Increased: 1252 → 1499 (+19.7%, limit ±2.5%)"},
        {{IndicatorKind::number, neutral, value("100"), value("100")},
         "Uendret: 100 → 100 (0,0 %, grense ±2,5 %)",
         "Unchanged: 100 → 100 (0.0%, limit ±2.5%)"},
        {{share, up, std::nullopt, value("24")},
         "Grå: – → 24 % (ingen data: den gamle verdien mangler)",
         "Grey: – → 24% (no data: the old value is missing)"},
        {{share, up, value("24"), std::nullopt},
         "Grå: 24 → – (ingen data: den nye verdien mangler)",
         "Grey: 24 → – (no data: the new value is missing)"},
        {{IndicatorKind::number, up, value("0"), value("3")},
         "Grå: 0 → 3 (ikke sammenlignbar: den gamle verdien er null: prosent kan ikke beregnes)",
         "Grey: 0 → 3 (not comparable: the old value is zero: percent is not computable)"},
        {{.kind = ratio, .old_value = value("2.0"), .new_value = value("-3.1"), .target = value("1")},
         "Rød: 2,0 → −3,1 (nivået skal være over 1)",
         "Red: 2.0 → −3.1 (the level should be above 1)"},
    };
    for (const auto& row : rows) {
        const auto words = sentence(row.change);
        CHECK(words.nb == row.nb);
        CHECK(words.en == row.en);
    }
}
