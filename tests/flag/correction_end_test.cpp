#include "base/time_text.hpp"
#include "flag/correction_end.hpp"
#include "flag/flag_changes.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

const Time now = parse_time("2020-03-01").value();

Correction open_correction()
{
    Correction correction;
    correction.id = 3;
    correction.dataset = "drop/x";
    correction.codes = {{"nr", "9"}};
    correction.period = Period::year(2016);
    correction.expected = Decimal(2845, 1);
    correction.corrected = Decimal(285, 0);
    correction.reason = "skrivefeil";
    correction.actor = "Kåre";
    correction.made_at = parse_time("2020-02-01").value();
    return correction;
}

std::optional<Observation> state(const char* number, Symbol symbol = {})
{
    Observation observation;
    observation.value = {Decimal::parse(number), std::move(symbol)};
    observation.vintage = 7;
    return observation;
}

} // namespace

TEST_CASE("a correction stands while the source says the number it expects, with however many decimals")
{
    CHECK_FALSE(end_of(open_correction(), state("284.5"), 9, now));
    CHECK_FALSE(end_of(open_correction(), state("284.50"), 9, now));
    CHECK_FALSE(end_of(open_correction(), state("284.5", {"*", Meaning::provisional}), 9, now));
}

TEST_CASE("a correction ends by itself when the source says anything else")
{
    const struct {
        std::optional<Observation> now;
        const char* why = nullptr;
        std::int64_t vintage = 0;
    } rows[] = {
        {state("284.51"), "the source changed it to 284.51", 7},
        {state("285.0"), "the source changed it to 285.0, as the correction had it", 7},
        {state("", {":", Meaning::confidential}), "the source has no number any more (:)", 7},
        {state(""), "the source has no number any more", 7},
        {state("", {"", Meaning::withdrawn}), "the source withdrew it", 7},
        {std::nullopt, "the source withdrew it", 0},
    };
    for (const auto& row : rows) {
        const auto end = end_of(open_correction(), row.now, 0, now);
        REQUIRE(end);
        CHECK(end->why == row.why);
        CHECK(end->vintage == row.vintage);
    }
}

TEST_CASE("the flag of an ended correction says what, why and by whom in both languages")
{
    const auto flag = end_of(open_correction(), state("300.5"), 9, now).value().flag;
    CHECK(flag.kind == FlagKind::revision);
    CHECK(flag.state == FlagState::open);
    CHECK(flag.key == "correction/3");
    CHECK(flag.indicator == 9);
    CHECK(flag.period == "2016");
    CHECK(flag.raised_at == now);
    CHECK(flag.text_nb ==
          "Rettelse 3 av drop/x nr=9 2016 gjelder ikke lenger: kilden endret det til 300,5; tallet var "
          "rettet fra 284,5 til 285: skrivefeil (Kåre, 2020-02-01)");
    CHECK(flag.text_en == "Correction 3 of drop/x nr=9 2016 holds no longer: the source changed it to 300.5; it was "
                          "corrected from 284.5 to 285: skrivefeil (Kåre, 2020-02-01)");
}

TEST_CASE("evaluations leave the flag of an ended correction to people")
{
    Catalogue catalogue;
    catalogue.indicators.emplace_back().number = 9;
    auto flag = end_of(open_correction(), state("300"), 9, now).value().flag;
    flag.id = 1;
    CHECK(flag_changes(catalogue, {9}, {flag}, {}, {}, now).empty());
    flag = acknowledged(flag, "Kari", "seen", now);
    CHECK(flag_changes(catalogue, {9}, {flag}, {}, {}, now).empty());
}
