// One definition for each municipality: what an evaluation after one vintage and a report cost for 357 places of ten
// indicators each, against the evaluation of 85 indicators that stand in the catalogue one by one.
#include "evaluate/evaluation.hpp"
#include "indicator/catalogue.hpp"
#include "query/catalogue.hpp"
#include "query/reports.hpp"
#include "report/report.hpp"
#include "store/catalogue_store.hpp"
#include "store/payload_store.hpp"
#include "store/vintage_store.hpp"
#include "tests/bench/questions.hpp"
#include "tests/support/manual_clock.hpp"

#include <fmt/format.h>

#include <random>

namespace skurd::bench {

namespace {

constexpr int measures = 10;
constexpr int years_each = 20;
constexpr int year_first = 2000;
constexpr double report_max = 2000;

/// Measures 1 to `count` of the dataset: for each place, or of the first place alone.
Catalogue measured(const std::string& dataset, int count, bool for_each)
{
    std::string text = "[part]\nid = \"places\"\n";
    for (int number = 1; number <= count; ++number) {
        const auto* kind = number % 3 == 0 ? "number" : "share";
        text += fmt::format("[[indicator]]\nnumber = {}\n{}label = \"Measure {}\"\ntype = \"effect\"\nkind = \"{}\"\n"
                            "unit = \"things\"\ndirection = \"up\"\nbaseline = \"{}\"\nsource = \"bench\"\n"
                            "[[indicator.definition]]\nfrom = \"1990-01-01\"\n"
                            "formula = \"{}{{place={},nr={}}}\"\n",
                            number, for_each ? "for_each = \"place\"\n" : "", number, kind,
                            year_first + years_each / 2, dataset, for_each ? "*" : "0001", number);
    }
    text += fmt::format("[[set]]\nnumber = 1\ntitle = \"Places\"\nbaseline = \"{}\"\nparts = [\"places\"]\n",
                        year_first + years_each / 2);
    auto catalogue = read_catalogue({{"places.toml", text}}, dataset);
    catalogue.files_hash = dataset;
    return catalogue;
}

/// A store with one dataset, of which every release says other numbers than the one before.
class Measured {
public:
    Measured(const std::filesystem::path& state, const std::string& dataset, int places, int count, bool for_each)
        : store_(state, StoreSession::Access::write, clock_), catalogue_(measured(dataset, count, for_each))
    {
        release_.dataset = dataset;
        release_.time_dimension = "Tid";
        release_.coverage = Coverage::complete_selection;
        Dimension place;
        place.id = "place";
        for (int i = 1; i <= places; ++i)
            place.categories.push_back({fmt::format("{:04}", i), fmt::format("Place {}", i), "", std::nullopt});
        Dimension number;
        number.id = "nr";
        for (int i = 1; i <= count; ++i)
            number.categories.push_back({std::to_string(i), fmt::format("Measure {}", i), "", std::nullopt});
        release_.dimensions = {place, number};
        for (int year = 0; year < years_each; ++year)
            release_.periods.push_back(Period::year(year_first + year));
        cells_ = static_cast<std::size_t>(places) * static_cast<std::size_t>(count * years_each);
        publish();
        expand_catalogue(catalogue_, store_);
        CatalogueStore(store_).store(catalogue_);
        evaluate();
    }

    void publish()
    {
        release_.cells.clear();
        for (std::size_t i = 0; i < cells_; ++i)
            release_.cells.push_back(Cell::of(Decimal(400 + 2 * static_cast<int>(random_() % 20) + odd_, 1)));
        odd_ = 1 - odd_;
        clock_.advance(std::chrono::days(1));
        const auto payload =
            PayloadStore(store_).store(fmt::format("{} {}", release_.dataset, ++count_), "text/csv", "bench");
        VintageStore(store_).ingest(release_, {clock_.now(), "bench", Confidence::stated}, Origin::drop, payload, 0);
    }

    void evaluate() { skurd::evaluate(store_, catalogue_, clock_); }
    Catalogue& catalogue() { return catalogue_; }
    StoreSession& store() { return store_; }

private:
    test::ManualClock clock_{"2020-01-01"};
    StoreSession store_;
    Catalogue catalogue_;
    Release release_;
    std::size_t cells_ = 0;
    std::mt19937 random_{2026};
    int odd_ = 0;
    int count_ = 0;
};

/// As `skurd report` makes and prints it.
std::size_t report_of(Measured& measured)
{
    const auto period = newest_period(measured.store(), measured.catalogue(), 1, {});
    const auto report =
        status_report(measured.store(), measured.catalogue(), {1, period.value()}, {}, Numbers::published);
    return find_report_format("text")->render({report, measured.catalogue(), Language::nb, Colour::off}).size();
}

} // namespace

void ask_places(const Setup& setup, const Sheet& sheet)
{
    const int places = setup.vintages < 50 ? 20 : 357;
    const int few = setup.vintages < 50 ? 20 : 85;
    const auto folder = setup.folder / "places";
    std::filesystem::remove_all(folder);
    Measured each(folder / "each", "drop/places", places, measures, true);
    Measured plain(folder / "plain", "drop/plain", 1, few, false);
    const double scale = static_cast<double>(few) / (places * measures);
    Pairs pairs;
    std::vector<double> reports;
    for (std::size_t i = 0; i < setup.repetitions; ++i) {
        each.publish();
        auto ours = cost_of([&] { each.evaluate(); });
        plain.publish();
        const auto theirs = cost_of([&] { plain.evaluate(); });
        ours = {ours.wall * scale, ours.cpu * scale};
        pairs.add(ours, theirs);
        reports.push_back(1000 * cost_of([&] { report_of(each); }).wall);
    }
    sheet.pair("places.ratio", pairs, 1);
    sheet.figure("places.after_a_vintage", 1000 * pairs.our_wall() / scale, "ms");
    sheet.at_most("places.report", median(reports), "ms", report_max);
}

} // namespace skurd::bench
