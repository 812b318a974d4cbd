// A first harvest, and harvests after it with little or nothing new in them.
#include "base/error.hpp"
#include "tests/bench/harvest.hpp"
#include "tests/bench/plain_loop.hpp"
#include "tests/bench/questions.hpp"

namespace skurd::bench {

namespace {

constexpr double first_max = 1.5;
constexpr double same_bytes_max = 0.03;
constexpr double other_bytes_max = 0.25;
constexpr double revised_max = 0.3;
constexpr std::size_t one_percent = 100; ///< of the cells: divided by this

/// Takes the bytes in, for the first time or as a later payload.
Cost cost_of_taking(Harvest& harvest, const std::string& bytes, IngestResult& accepted)
{
    return cost_of([&] { accepted = harvest.ingest(bytes); });
}

void require(bool as_expected, const std::string& what)
{
    if (!as_expected)
        throw error("the bench itself is wrong, or the store: {}", what);
}

/// A first harvest and a second one into the same store.
struct Two {
    Pairs pairs; ///< the second against the first
    IngestResult last;
    Stages stages; ///< of the last
};

Two first_and_second(const Setup& setup, const Table& table, const std::string& first,
                     const std::function<std::string(const std::string& published)>& second)
{
    Two two;
    for (std::size_t i = 0; i < setup.repetitions; ++i) {
        std::filesystem::remove_all(setup.folder / "state");
        Harvest harvest(setup.folder / "state");
        const auto whole = cost_of_taking(harvest, first, two.last);
        require(static_cast<std::size_t>(two.last.counts.rows) == table.cells().size(),
                "a first harvest did not write every cell");
        const auto bytes = second(harvest.published());
        const auto again = cost_of_taking(harvest, bytes, two.last);
        two.pairs.add(again, whole);
        two.stages = harvest.stages();
    }
    return two;
}

} // namespace

void ask_first(const Setup& setup, const Sheet& sheet)
{
    const Table table(setup.shape);
    const auto bytes = table.json("2020-01-01T07:00:00Z");
    Pairs pairs;
    Pairs kept_before;
    Stages stages;
    for (std::size_t i = 0; i < setup.repetitions; ++i) {
        IngestResult accepted;
        const auto plain = plain_loop(table, setup.folder / "plain.db");
        std::filesystem::remove_all(setup.folder / "state");
        Harvest harvest(setup.folder / "state");
        const auto cost = cost_of_taking(harvest, bytes, accepted);
        require(static_cast<std::size_t>(accepted.counts.rows) == table.cells().size(),
                "a first harvest did not write every cell");
        stages = harvest.stages();
        pairs.add(cost, plain);
        kept_before.add({cost.wall - stages.keep.wall, cost.cpu - stages.keep.cpu}, plain);
    }
    sheet.pair("first.ratio", pairs, first_max);
    sheet.figure("first.ratio_payload_kept", kept_before.wall_ratio(), "x");
    sheet.figure("first.harvest", pairs.our_wall() * 1e3, "ms");
    sheet.figure("first.plain_loop", pairs.their_wall() * 1e3, "ms");
    print_stages(sheet, "first", stages);
}

void ask_same_bytes(const Setup& setup, const Sheet& sheet)
{
    const Table table(setup.shape);
    const auto bytes = table.json("2020-01-01T07:00:00Z");
    const auto two = first_and_second(setup, table, bytes, [&](auto&) -> const std::string& { return bytes; });
    sheet.pair("same_bytes.ratio", two.pairs, same_bytes_max);
    sheet.exactly("same_bytes.rows", static_cast<double>(two.last.counts.rows), "rows", 0);
}

void ask_other_bytes(const Setup& setup, const Sheet& sheet)
{
    const Table table(setup.shape);
    const auto two = first_and_second(setup, table, table.json("2020-01-01T07:00:00Z"),
                                      [&](auto& published) { return table.json(published, Table::Form::rewritten); });
    sheet.pair("other_bytes.ratio", two.pairs, other_bytes_max);
    sheet.exactly("other_bytes.rows", static_cast<double>(two.last.counts.rows), "rows", 0);
}

void ask_revised(const Setup& setup, const Sheet& sheet)
{
    const Table table(setup.shape);
    Table revised = table;
    const auto count = table.cells().size() / one_percent;
    revised.revise(count);
    const auto two = first_and_second(setup, table, table.json("2020-01-01T07:00:00Z"),
                                      [&](auto& published) { return revised.json(published); });
    sheet.pair("revised.ratio", two.pairs, revised_max);
    sheet.exactly("revised.rows", static_cast<double>(two.last.counts.rows), "rows", static_cast<double>(count));
    sheet.exactly("revised.revised", static_cast<double>(two.last.counts.revised), "cells",
                  static_cast<double>(count));
    print_stages(sheet, "revised", two.stages);
}

} // namespace skurd::bench
