// Eight programs that read over and over while a harvest writes.
#include "base/error.hpp"
#include "base/text.hpp"
#include "tests/crash/campaigns.hpp"
#include "tests/crash/soundness.hpp"

#include <iostream>
#include <map>
#include <set>

namespace skurd::crash {

namespace {

constexpr unsigned revised_share = 10;
constexpr int regions_read = 40;

/// Gives nothing in a store of whole vintages.
constexpr auto half_vintages = R"(SELECT 'half', o.vintage_id, v.rows, o.rows
FROM (SELECT vintage_id, count(*) AS rows FROM observation GROUP BY vintage_id) AS o
FULL JOIN vintage AS v ON v.id = o.vintage_id WHERE v.rows IS NOT o.rows;)";

/// Changes with each vintage as a whole.
constexpr auto numbers = R"(SELECT count(*), count(value), sum(value), max(vintage_id) FROM current_observation
WHERE series_id % 1000 < 2;)";

/// Prints a line a read: what was read, so that the driver can tell what it must have been.
constexpr auto shell_reader = R"script(#!/bin/sh
# Arguments: database, file that ends it.
while :; do
    read=$(sqlite3 "file:$1?mode=ro" "$(cat "$(dirname "$0")/query.sql")") || exit 1
    echo $read
    [ ! -e "$2" ] || exit 0
done
)script";

constexpr auto python_reader = R"script(import os, sqlite3, sys
database, end = sys.argv[1:]
queries = open(os.path.join(os.path.dirname(sys.argv[0]), "query.sql")).read().split(";")[:2]
lasting = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
while True:
    for connection in (lasting, sqlite3.connect(f"file:{database}?mode=ro", uri=True)):
        connection.execute("BEGIN")
        rows = [row for query in queries for row in connection.execute(query)]
        connection.execute("COMMIT")
        print(" ".join("|".join(format(field, ".0f") if isinstance(field, float) else str(field) for field in row)
                       for row in rows), flush=True)
        if connection is not lasting:
            connection.close()
    if os.path.exists(end):
        break
)script";

constexpr auto get_reader = R"script(#!/bin/sh
# Arguments: file for what is read, file that ends it, then the command.
read=$1 end=$2
shift 2
while :; do
    "$@" >"$read" || exit 1
    cksum <"$read"
    [ ! -e "$end" ] || exit 0
done
)script";

class Readers {
public:
    explicit Readers(const Options& options)
        : options_(options), random_(options.seed), scene_(options.folder, options.cells), sound_(scene_)
    {
        test::write_file(scene_.folder() / "query.sql", std::string(half_vintages) + numbers);
        test::write_file(scene_.folder() / "shell.sh", shell_reader);
        test::write_file(scene_.folder() / "reader.py", python_reader);
        test::write_file(scene_.folder() / "get.sh", get_reader);
    }

    void run()
    {
        for (const char* program : {"sqlite3", "python3"})
            if (Child({"/bin/sh", "-c", std::string("command -v ") + program}, scene_.folder() / "child").wait()) {
                std::cout << "skipped: " << program << " is not installed (deploy/install-packages)\n";
                return;
            }
        for (const auto way : {Way::harvest, Way::drop})
            scene_.run(scene_.words(way));
        for (std::size_t round = 0; round < options_.times; ++round)
            take_in(round % 2 == 0 ? Way::harvest : Way::drop);
        sound_.check_all(Visible::in(scene_));
        std::cout << fmt::format("{} reads while {} vintages of {} cells were ingested, all whole, no error\n",
                                 reads_, options_.times, scene_.served(Way::harvest).cells());
    }

private:
    struct Reader {
        std::string kind;
        std::unique_ptr<Child> child;
    };

    std::filesystem::path end() const { return scene_.folder() / "end"; }

    /// The words of a reader, and a folder of its own for what it prints.
    std::vector<std::string> words_of(const std::string& kind, Way way, const std::filesystem::path& own) const
    {
        const auto database = (scene_.state() / "skurd.db").string();
        if (kind == "sqlite3")
            return {"/bin/sh", (scene_.folder() / "shell.sh").string(), database, end().string()};
        if (kind == "python3")
            return {"/usr/bin/env", "python3", (scene_.folder() / "reader.py").string(), database, end().string()};
        std::vector<std::string> regions;
        for (int i = 0; i < regions_read; ++i)
            regions.push_back(Served::region(static_cast<std::size_t>(i)));
        const auto selector = fmt::format("{}{{Region={}}}", Scene::dataset(way), join(regions, "|"));
        std::vector<std::string> words = {"/bin/sh", (scene_.folder() / "get.sh").string(), (own / "read").string(),
                                          end().string()};
        const auto command = scene_.words({"get", selector, "--format", "csv"});
        words.insert(words.end(), command.begin(), command.end());
        return words;
    }

    Reader start(const std::string& kind, Way way, int number) const
    {
        const auto own = scene_.folder() / fmt::format("{}-{}", kind, number);
        std::filesystem::create_directories(own);
        return {kind, std::make_unique<Child>(words_of(kind, way, own), own)};
    }

    /// What the reader printed, line by line; its end must have been a good one.
    static std::vector<std::string> lines_of(const Reader& reader)
    {
        const int exit = reader.child->wait();
        if (exit != 0 || !reader.child->err().empty())
            throw error("{} ended with {}: {}", reader.kind, exit, reader.child->err());
        const auto out = reader.child->out();
        std::vector<std::string> lines;
        for (const auto line : split(out, '\n'))
            if (!line.empty())
                lines.emplace_back(trim(line));
        return lines;
    }

    /// What each kind of reader reads when nobody writes: these are the whole vintages.
    void note_whole(Way way)
    {
        test::write_file(end(), "");
        for (const auto* kind : kinds)
            for (const auto& line : lines_of(start(kind, way, 0)))
                whole_[kind].insert(line);
        std::filesystem::remove(end());
    }

    void take_in(Way way)
    {
        whole_.clear();
        note_whole(way);
        scene_.publish(way, random_, revised_share);
        std::vector<Reader> readers;
        for (int i = 0; i < 8; ++i)
            readers.push_back(start(kinds[static_cast<std::size_t>(i) % kinds.size()], way, i + 1));
        scene_.run(scene_.words(way));
        test::write_file(end(), "");
        std::map<std::string, std::vector<std::string>> read;
        for (const auto& reader : readers)
            for (auto& line : lines_of(reader))
                read[reader.kind].push_back(std::move(line));
        note_whole(way);
        for (const auto& [kind, lines] : read)
            judge(kind, lines);
        sound_.check(Visible::in(scene_));
        sound_.check_taken_in(way);
    }

    void judge(const std::string& kind, const std::vector<std::string>& lines)
    {
        std::map<std::string, std::size_t> distinct;
        for (const auto& line : lines)
            ++distinct[line];
        reads_ += lines.size();
        std::cout << fmt::format("{}: {} reads, {} different\n", kind, lines.size(), distinct.size()) << std::flush;
        for (const auto& [line, count] : distinct)
            if (!whole_[kind].contains(line) || line.find("half") != std::string::npos)
                throw error("{} read what was never whole, {} times: {}", kind, count, line);
    }

    static constexpr std::array kinds = {"sqlite3", "python3", "get"};

    const Options& options_;
    std::mt19937_64 random_;
    Scene scene_;
    Soundness sound_;
    std::map<std::string, std::set<std::string>> whole_; ///< by kind
    std::size_t reads_ = 0;
};

} // namespace

void read_while_harvesting(const Options& options)
{
    Readers(options).run();
}

} // namespace skurd::crash
