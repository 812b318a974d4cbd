#include "base/error.hpp"
#include "base/text.hpp"
#include "tests/bench/harvest.hpp"
#include "tests/bench/process.hpp"
#include "tests/bench/questions.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>

namespace {

using namespace skurd;
using namespace skurd::bench;

constexpr auto help =
    R"(skurd_bench: what skurd costs, side by side with the least it could cost (tests/bench/README.md).

  skurd_bench QUESTION... [--small] [--cells N] [--repetitions N] [--vintages N] [--folder DIR] [--modules DIR]
  skurd_bench all ...                  every question but `postgres` and `others`
  skurd_bench load FILE STATE          take the synthetic table into a store, as `others` and `memory` do
  skurd_bench grow STATE [--vintages N]   make a store of a table that is revised whole again and again, N times said
  skurd_bench hold FILE                read it and do nothing, as `memory` compares with
  skurd_bench write FILE [--cells N]   write the synthetic table

Questions: first, same-bytes, other-bytes, revised, vintages, revisions, read, decode, memory, verdicts, places, views,
postgres, others

  --small          a table of 2 000 cells, in memory where the machine has /dev/shm: seconds, and no figure to go by
  --cells N        another size of the table, in steps of 2 000; default 800 000
  --repetitions N  default 5
  --vintages N     default 100
  --folder DIR     where stores are made; default: the system's folder for temporary files
  --modules DIR    where npm installed what `others` needs; default /tmp/bench-others
)";

struct Question {
    std::string_view name;
    void (*ask)(const Setup&, const Sheet&);
    bool in_all = true;
};

constexpr Question questions[] = {
    {"first", ask_first},
    {"same-bytes", ask_same_bytes},
    {"other-bytes", ask_other_bytes},
    {"revised", ask_revised},
    {"vintages", ask_vintages},
    {"revisions", ask_revisions},
    {"read", ask_read},
    {"decode", ask_decode},
    {"memory", ask_memory},
    {"verdicts", ask_verdicts},
    {"places", ask_places},
    {"views", ask_views},
    {"postgres", ask_postgres, false},
    {"others", ask_others, false},
};

struct Arguments {
    std::vector<std::string> words;
    Setup setup;
    bool small = false;
};

std::size_t number(const std::string& text, std::size_t least)
{
    if (!all_digits(text) || text.size() > 8 || std::stoul(text) < least)
        throw usage_error("'{}' is not a whole number of at least {}", text, least);
    return std::stoul(text);
}

void make_small(Setup& setup)
{
    setup.shape = {20, 5, 4, 5};
    setup.repetitions = 2;
    setup.vintages = 4;
    setup.few_series = 40;
}

void set(Setup& setup, const std::string& option, const std::string& value)
{
    constexpr std::size_t cells_a_region = 20UL * 4 * 25;
    if (option == "--cells")
        setup.shape = {number(value, cells_a_region) / cells_a_region};
    else if (option == "--repetitions")
        setup.repetitions = number(value, 1);
    else if (option == "--vintages")
        setup.vintages = number(value, 2);
    else if (option == "--folder")
        setup.folder = value;
    else if (option == "--modules")
        setup.modules = value;
    else
        throw usage_error("unknown option '{}'; see skurd_bench --help", option);
}

Arguments read_arguments(const std::vector<std::string>& words)
{
    Arguments arguments;
    auto& setup = arguments.setup;
    setup.program = std::filesystem::read_symlink("/proc/self/exe");
    setup.others = std::filesystem::path(SKURD_SOURCE_DIR) / "tests/bench/others";
    setup.modules = "/tmp/bench-others";
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--small") {
            arguments.small = true;
            make_small(setup);
        } else if (!words[i].starts_with("--")) {
            arguments.words.push_back(words[i]);
        } else {
            if (i + 1 == words.size())
                throw usage_error("'{}' needs a value; see skurd_bench --help", words[i]);
            set(setup, words[i], words[i + 1]);
            ++i;
        }
    }
    if (arguments.words.empty())
        throw usage_error("no question; see skurd_bench --help");
    return arguments;
}

void ask(const Arguments& arguments, const Setup& setup)
{
    const Sheet sheet;
    for (const auto& word : arguments.words) {
        bool known = false;
        for (const auto& question : questions)
            if (word == question.name || (word == "all" && question.in_all)) {
                known = true;
                question.ask(setup, sheet);
            }
        if (!known)
            throw usage_error("unknown question '{}'; see skurd_bench --help", word);
    }
}

/// The bytes of a file and no more: a string that grows would leave memory behind that a harvest then has for
/// nothing.
std::string read_exactly(const std::filesystem::path& file)
{
    std::string bytes(std::filesystem::file_size(file), '\0');
    std::ifstream in(file, std::ios::binary);
    if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
        throw error("{}: cannot be read", file.string());
    return bytes;
}

int load(const std::vector<std::string>& words)
{
    const auto bytes = read_exactly(words.at(1));
    const auto accepted = Harvest(StorePlace(words.at(2))).ingest(bytes);
    fmt::print("{} rows, peak {:.0f} bytes\n", accepted.counts.rows, peak_memory());
    return 0;
}

int grow(const std::filesystem::path& state, const Setup& setup)
{
    Table table(setup.shape);
    const auto numbers = static_cast<std::size_t>(
        std::count_if(table.cells().begin(), table.cells().end(), [](const auto& cell) { return cell.symbol == 0; }));
    Harvest harvest(state);
    std::int64_t rows = 0;
    for (std::size_t i = 0; i < setup.vintages; ++i) {
        if (i > 0)
            table.revise(numbers);
        rows += harvest.ingest(table.json(harvest.published())).counts.rows;
    }
    fmt::print("{} rows in {} vintages\n", rows, setup.vintages);
    return 0;
}

int hold(const std::vector<std::string>& words)
{
    const auto bytes = read_exactly(words.at(1));
    fmt::print("{} bytes read, peak {:.0f} bytes\n", bytes.size(), peak_memory());
    return 0;
}

int run_program(const std::vector<std::string>& words)
{
    if (words.empty() || words[0] == "--help" || words[0] == "-h") {
        std::cout << help;
        return 0;
    }
    auto arguments = read_arguments(words);
    const auto& command = arguments.words.front();
    if (command == "load" && arguments.words.size() == 3)
        return load(arguments.words);
    if (command == "hold" && arguments.words.size() == 2)
        return hold(arguments.words);
    auto& setup = arguments.setup;
    if (command == "grow" && arguments.words.size() == 2)
        return grow(arguments.words[1], setup);
    if (command == "write" && arguments.words.size() == 2) {
        test::write_file(arguments.words[1], Table(setup.shape).json("2020-01-01T07:00:00Z"));
        return 0;
    }
    if (setup.folder.empty() && !arguments.small)
        setup.folder = std::filesystem::temp_directory_path();
    const auto own = setup.folder.empty() ? test::TempDir() : test::TempDir(setup.folder);
    setup.folder = own.path();
    ask(arguments, setup);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run_program({argv + 1, argv + argc});
    } catch (const std::exception& failure) {
        std::cerr << "skurd_bench: " << skurd::full_message(failure) << '\n';
        return static_cast<int>(skurd::exit_code(failure));
    }
}
