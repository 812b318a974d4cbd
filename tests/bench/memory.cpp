// What a harvest needs beside the payload, in processes of their own.
#include "base/error.hpp"
#include "tests/bench/process.hpp"
#include "tests/bench/questions.hpp"
#include "tests/support/temp_dir.hpp"

namespace skurd::bench {

namespace {

constexpr double memory_max = 40;

double peak_of(const std::vector<std::string>& command)
{
    const auto ended = run(command);
    const auto at = ended.out.find("peak ");
    if (ended.exit != 0 || at == std::string::npos)
        throw error("{} {} ended with {}", command[0], command[1], ended.exit);
    return std::stod(ended.out.substr(at + 5));
}

} // namespace

void ask_memory(const Setup& setup, const Sheet& sheet)
{
    const auto first_file = setup.folder / "payload.json";
    const auto later_file = setup.folder / "later.json";
    const auto state = setup.folder / "state";
    Table table(setup.shape);
    test::write_file(first_file, table.json("2020-01-01T07:00:00Z"));
    table.revise(setup.shape.cells() / 100);
    test::write_file(later_file, table.json("2020-01-02T07:00:00Z", Table::Form::rewritten));
    std::vector<double> first;
    std::vector<double> later;
    std::vector<double> all;
    for (std::size_t i = 0; i < setup.repetitions; ++i) {
        std::filesystem::remove_all(state);
        all.push_back(peak_of({setup.program, "load", first_file, state}));
        first.push_back(all.back() - peak_of({setup.program, "hold", first_file}));
        const auto revised = peak_of({setup.program, "load", later_file, state});
        later.push_back(revised - peak_of({setup.program, "hold", later_file}));
    }
    const auto cells = static_cast<double>(setup.shape.cells());
    sheet.at_most("memory.beyond_payload", median(first) / cells, "bytes/cell", memory_max);
    sheet.at_most("memory.beyond_later_payload", median(later) / cells, "bytes/cell", memory_max);
    sheet.figure("memory.peak", median(all) / 1e6, "MB");
    sheet.figure("memory.payload", static_cast<double>(std::filesystem::file_size(first_file)) / cells, "bytes/cell");
}

} // namespace skurd::bench
