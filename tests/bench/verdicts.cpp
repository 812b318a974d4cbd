// Judging: every verdict as of every vintage, and what a new vintage sets off.
#include "evaluate/evaluation.hpp"
#include "indicator/formula.hpp"
#include "query/indicators.hpp"
#include "store/catalogue_store.hpp"
#include "store/payload_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/bench/questions.hpp"
#include "tests/support/manual_clock.hpp"

#include <fmt/format.h>

#include <random>

namespace skurd::bench {

namespace {

constexpr double all_max = 1000;
constexpr int years = 20;
constexpr int first_year = 2000;

/// Indicators of all kinds, each of a series of its own; every tenth is a share of two series, every fifth in another
/// dataset, so that a vintage of that concerns a fifth of them.
Catalogue catalogue_of(int indicators)
{
    Catalogue catalogue;
    catalogue.hash = "bench";
    catalogue.parts["goal 1"] = {"Mål 1", "Goal 1"};
    for (int number = 1; number <= indicators; ++number) {
        const auto* dataset = number % 5 == 0 ? "drop/fifth" : "drop/rest";
        Indicator indicator;
        indicator.number = number;
        indicator.label = {fmt::format("Indikator {}", number), fmt::format("Indicator {}", number)};
        indicator.part = "goal 1";
        indicator.kind = number % 3 == 0 ? IndicatorKind::number : IndicatorKind::share;
        indicator.direction = number % 2 == 0 ? Direction::up : Direction::down;
        indicator.baseline = Period::year(first_year + years / 2);
        Definition definition;
        definition.id = 1;
        definition.formula = parse_formula(
            number % 10 == 0 ? fmt::format("share({0}{{nr={1}}}, {0}{{nr={2}}})", dataset, number, number - 5)
                             : fmt::format("{}{{nr={}}}", dataset, number));
        indicator.definitions = {definition};
        catalogue.indicators.push_back(indicator);
    }
    return catalogue;
}

/// A release of a dataset in which every number is another than in the one before.
class Releases {
public:
    Releases(StoreSession& store, test::ManualClock& clock, const char* dataset, int series)
        : store_(store), clock_(clock), series_(series)
    {
        release_.dataset = dataset;
        release_.time_dimension = "Tid";
        release_.coverage = Coverage::complete_selection;
        Dimension dimension;
        dimension.id = "nr";
        for (int number = 1; number <= series; ++number)
            dimension.categories.push_back({std::to_string(number), std::to_string(number), "", std::nullopt, ""});
        release_.dimensions = {dimension};
        for (int year = 0; year < years; ++year)
            release_.periods.push_back(Period::year(first_year + year));
    }

    void publish()
    {
        release_.cells.clear();
        for (int i = 0; i < series_ * years; ++i)
            release_.cells.push_back(Cell::of(Decimal(400 + 2 * static_cast<int>(random_() % 20) + odd_, 1)));
        odd_ = 1 - odd_;
        clock_.advance(std::chrono::days(1));
        const auto payload =
            PayloadStore(store_).store(fmt::format("{} {}", release_.dataset, ++count_), "text/csv", "bench");
        VintageStore(store_).ingest(release_, {clock_.now(), "bench", Confidence::stated}, Origin::drop, payload, 0);
    }

private:
    StoreSession& store_;
    test::ManualClock& clock_;
    int series_;
    Release release_;
    std::mt19937 random_{2026};
    int odd_ = 0;
    int count_ = 0;
};

/// Every verdict as of every publication; how many there are.
std::size_t judge_all(const StoreSession& store, const Catalogue& catalogue)
{
    std::size_t made = 0;
    for (const auto& indicator : catalogue.indicators)
        for (const auto& then : indicator_over_time(store, catalogue, indicator))
            made += Judge(indicator, then.values, {}, &catalogue).all().size();
    return made;
}

} // namespace

void ask_verdicts(const Setup& setup, const Sheet& sheet)
{
    const auto state = setup.folder / "judged";
    std::filesystem::remove_all(state);
    test::ManualClock clock("2020-01-01");
    StoreSession store(state, StoreSession::Access::write, clock);
    const int indicators = setup.vintages < 50 ? 20 : 85;
    const auto catalogue = catalogue_of(indicators);
    Releases rest(store, clock, "drop/rest", indicators);
    Releases fifth(store, clock, "drop/fifth", indicators);
    for (std::size_t i = 0; i < std::min<std::size_t>(setup.vintages, 50); ++i) {
        rest.publish();
        fifth.publish();
    }
    CatalogueStore(store).store(catalogue);

    std::vector<double> all;
    std::size_t made = 0;
    for (std::size_t i = 0; i < setup.repetitions; ++i)
        all.push_back(1000 * cost_of([&] { made = judge_all(store, catalogue); }).wall);
    sheet.at_most("verdicts.all", median(all), "ms", all_max);
    sheet.figure("verdicts.count", static_cast<double>(made), "verdicts");

    // In turn: a vintage that a fifth of the indicators depend on, and one for the rest.
    evaluate(store, catalogue, clock);
    Pairs pairs;
    for (std::size_t i = 0; i < setup.repetitions; ++i) {
        fifth.publish();
        const auto few = cost_of([&] { evaluate(store, catalogue, clock); });
        rest.publish();
        fifth.publish();
        pairs.add(few, cost_of([&] { evaluate(store, catalogue, clock); }));
    }
    sheet.figure("verdicts.fifth_to_all", pairs.wall_ratio(), "x");
    sheet.figure("verdicts.after_a_vintage", 1000 * pairs.their_wall(), "ms");
}

} // namespace skurd::bench
