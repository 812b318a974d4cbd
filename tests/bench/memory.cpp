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
    const auto payload = setup.folder / "payload.json";
    const auto state = setup.folder / "state";
    test::write_file(payload, Table(setup.shape).json("2020-01-01T07:00:00Z"));
    std::vector<double> beyond;
    std::vector<double> all;
    for (std::size_t i = 0; i < setup.repetitions; ++i) {
        const auto alone = peak_of({setup.program, "hold", payload});
        all.push_back(peak_of({setup.program, "load", payload, state}));
        beyond.push_back(all.back() - alone);
    }
    const auto cells = static_cast<double>(setup.shape.cells());
    sheet.at_most("memory.beyond_payload", median(beyond) / cells, "bytes/cell", memory_max);
    sheet.figure("memory.peak", median(all) / 1e6, "MB");
    sheet.figure("memory.payload", static_cast<double>(std::filesystem::file_size(payload)) / cells, "bytes/cell");
}

} // namespace skurd::bench
