// Every command of the program, on a store in a file and on one on PostgreSQL that have the same history: what it
// prints and how it ends is the same. What is of the moment or the machine is taken out first.
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/postgres_server.hpp"

#include <regex>
#include <set>

using namespace skurd;
using namespace skurd::test;
namespace fs = std::filesystem;

namespace {

constexpr auto sets = R"(
[[set]]
number = 1
title = { nb = "Sett 1", en = "Set 1" }
published = "2020-04-01"
baseline = "2018"
count = 1
members = ["7"]
)";

constexpr auto table = "nr;2018;2019;2020\n1;{};7;8\n2;20;21;22\n3;30;31;32\n4;40;41;{}\n";

/// A command line, FOLDER in it the installation's folder, and what of its answer is not held against the other's.
struct Question {
    std::vector<std::string> words;
    std::regex differs{"(?!)"}; ///< on either engine: nothing, unless told
};

/// What the history is made of, in this order, and what orders answer.
const std::vector<Question>& history()
{
    static const std::vector<Question> all = {
        {{"status"}},
        {{"get", "drop/tall"}},
        {{"verify"}},
        {{"reload"}},
        {{"drop", "FOLDER/tall-1.csv", "--job", "tall", "--json"}},
        {{"drop", "FOLDER/tall-2.csv", "--job", "tall", "--published", "2021-01-01"}},
        {{"drop", "FOLDER/tall-2.csv", "--job", "tall", "--published", "2021-01-01", "--json"}},
        {{"drop", "FOLDER/tall-4.csv", "--job", "tall", "--published", "2022-02-01", "--json"}},
        // after the last that becomes a vintage: a number that was given up leaves a gap on PostgreSQL
        {{"drop", "FOLDER/tall-3.csv", "--job", "tall", "--published", "2022-03-01"}},
        {{"drop", "FOLDER/nothing.csv", "--job", "tall", "--published", "2022-02-01"}},
        {{"harvest", "tall"}},
        {{"harvest", "--all", "--json"}},
        {{"harvest", "tal"}},
        {{"quarantine", "list", "--json"}},
        {{"quarantine", "show", "1"}},
        {{"quarantine", "discard", "1", "--by", "Kari", "--note", "a slip", "--json"}},
        {{"quarantine", "retry", "2", "--accept-drift", "--by", "Kari"}},
        {{"quarantine", "retry", "9"}},
        {{"annotate", "drop/tall{nr=2}", "--kind", "note", "--text", "as agreed", "--by", "Kari", "--json"}},
        {{"annotate", "drop/tall{nr=9}", "--kind", "note", "--text", "nobody", "--by", "Kari"}},
        {{"correct", "drop/tall{nr=3}", "--period", "2019", "--to", "33", "--reason", "a slip", "--by", "Ola"}},
        {{"flags", "ack", "1", "--note", "seen", "--by", "Kari", "--json"}},
        {{"flags", "ack", "99", "--by", "Kari"}},
        {{"signoff", "--set", "1", "--period", "2019", "--by", "Gunhild", "--note", "for the board"}},
        {{"replay", "tall", "--json"}},
        {{"notify", "--send"}},
        {{"notify", "--test", "desk"}},
        {{"cancel", "1"}},
        {{"forget", "Gunhild"}},
        {{"forget", "Gunhild", "--yes", "--by", "Kari"}},
    };
    return all;
}

/// Each is asked with and without --json.
const std::vector<Question>& readings()
{
    static const std::vector<Question> all = {
        {{"annotations"}},
        {{"annotations", "--all", "--lang", "no"}},
        {{"check"}},
        // the store's address is longer than none, and so the lines
        {{"config"}, std::regex(R"(url = [^\n]*| +# |\{[^{}]*"key": "url"[^{}]*\})")},
        {{"corrections"}},
        {{"decode", "FOLDER/tall-1.csv", "--layout", "tall"}},
        {{"describe", "FOLDER/tall-1.csv"}},
        {{"diff", "--from", "2020-06-01", "--to", "2021-06-01"}},
        {{"diff", "--signed", "1", "--now"}},
        {{"discover"}},
        {{"drift"}},
        {{"export", "get", "drop/tall", "--output", "FOLDER/out.csv"}},
        {{"export", "history", "drop/tall", "--output", "FOLDER/history.csv"}},
        {{"flags"}},
        {{"flags", "--all", "--lang", "no"}},
        {{"flags", "show", "1"}},
        {{"follow", "FOLDER/new.csv"}},
        {{"get"}},
        {{"get", "drop/tall"}},
        {{"get", "drop/tall", "--as-of", "2020-06-01"}},
        {{"get", "drop/tall{nr=1}", "--period", "2019", "--corrected"}},
        {{"get", "drop/nothing"}},
        {{"get", "drop/tall{nr=}"}},
        {{"history", "7"}},
        {{"history", "drop/tall{nr=1}"}},
        {{"indicators"}},
        {{"indicators", "7"}},
        {{"indicators", "--versions"}},
        {{"init", "FOLDER/new"}},
        {{"jobs"}},
        {{"notify"}},
        {{"orders"}},
        {{"quarantine", "list", "--all"}},
        {{"replay"}},
        {{"report"}},
        {{"report", "--set", "1", "--period", "2019"}},
        {{"report", "--signed", "1"}},
        {{"revisions"}},
        {{"revisions", "--by", "source"}},
        {{"runs"}},
        {{"runs", "tall", "--most", "2"}},
        {{"serve", "--read-only", "FOLDER/nothing.db"}},
        {{"signoff", "--list"}},
        {{"status"}},
        {{"status", "--lang", "no"}},
        {{"store", "copy", "FOLDER/nothing", "FOLDER/copied"}},
        {{"verdict", "--kind", "share", "40", "42"}},
        {{"verify"}},
        {{"verify", "--since", "2020-01-01"}},
        {{"verify", "--head", "0000000000000000000000000000000000000000000000000000000000000000"}},
        {{"why", "7"}},
        {{"why", "8"}},
        // the file of a backup is laid out as its engine lays it out
        {{"backup", "FOLDER/backup.db", "--replace"}, std::regex("[0-9]+ bytes|\"bytes\": [0-9]+")},
        // its files have times and pseudonyms in them, which are not compressed alike
        {{"publish", "--to", "FOLDER/published"}, std::regex("[0-9.]+ [kMG]?i?B|\"bytes\": [0-9]+")},
        {{"publish", "--to", "FOLDER/published"}, std::regex("\"bytes\": [0-9]+")},
    };
    return all;
}

/// An installation whose store is on one of the two engines.
struct Side : Installed {
    explicit Side(std::string store) : url(std::move(store))
    {
        write_file(folder / "skurd.toml", std::string(own_only) + "[notify.channels.desk]\nkind = \"command\"\n"
                                                                  "command = [\"/bin/true\"]\n");
        auto job = std::string(tall_job);
        job.insert(job.find("published"), "coverage = \"complete\"\n");
        write_file(folder / "schedules/tall.toml", job);
        write_file(folder / "indicators/one.toml", one_indicator);
        write_file(folder / "indicators/sets.toml", sets);
        write_file(folder / "tall-1.csv", fmt::format(fmt::runtime(table), 5, 42));
        write_file(folder / "tall-2.csv", fmt::format(fmt::runtime(table), 6, 43));
        write_file(folder / "tall-3.csv", "nr;2018;2019;2020\n1;0;0;0\n2;0;0;0\n3;0;0;0\n4;0;0;0\n");
        write_file(folder / "tall-4.csv", "nr;2018;2019;2020;2021\n1;6;7;8;9\n2;20;21;22;23\n3;30;31;32;33\n");
        write_file(folder / "new.csv", "year;number\n2019;1\n2020;2\n");
    }

    /// All that a command says, without what is of the moment and of this folder.
    std::string answer(const Question& question, bool as_json) const
    {
        auto words = question.words;
        for (auto& word : words)
            if (word.starts_with("FOLDER"))
                word = folder.path().string() + word.substr(6);
        if (as_json)
            words.emplace_back("--json");
        const auto ended = skurd::test::skurd(state, with_config(std::move(words)), "", {{"SKURD_STORE_URL", url}});
        return fmt::format("exit {}\n{}\n{}", ended.exit, without_moment(ended.out, question),
                           without_moment(ended.err, question));
    }

    std::string without_moment(std::string text, const Question& question) const
    {
        for (std::size_t at = 0; (at = text.find(folder.path().string(), at)) != std::string::npos;)
            text.replace(at, folder.path().string().size(), "FOLDER");
        // Nothing in this history was published after 2022.
        static const std::regex moment(R"(20(2[3-9]|[3-9]\d)-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?Z?)?)");
        // The log's chain has the times of what was done, and the order of a run's duration is chance.
        static const std::regex log(R"((log head: +|"log_head": ")[0-9a-f]{64})");
        static const std::regex duration(R"("duration_ms": \d+|\d+(\.\d+)? m?s\b)");
        static const std::regex place(R"(postgresql://\S*/d\d+)");
        text = std::regex_replace(text, place, "FOLDER/state");
        static const std::regex room(R"("free_bytes": \d+)");
        static const std::regex random(R"(person-[0-9a-f]{10}|"delivery": "[0-9a-f]{32}")");
        for (const auto* each : {&moment, &log, &duration, &room, &random, &question.differs})
            text = std::regex_replace(text, *each, "*");
        return text;
    }

    std::string url; ///< of the store; "" = it is in the state folder
};

std::string text_of(const std::vector<std::string>& words)
{
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::set<std::string> all_commands(const Installed& here)
{
    const auto help = here.run({"--help"}).out;
    const std::regex line("\n  ([a-z]+) ");
    std::set<std::string> found;
    for (std::sregex_iterator at(help.begin(), help.end(), line), end; at != end; ++at)
        found.insert((*at)[1]);
    return found;
}

} // namespace

TEST_CASE("every command answers the same, whether its store is a file or on PostgreSQL", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const Side file("");
    const Side other(server->new_database());
    auto unasked = all_commands(file);
    REQUIRE(unasked.size() > 35);
    unasked.erase("restore"); // into the place of a store: in a file alone (backup_test.cpp)
    const auto ask = [&](const Question& question, bool as_json) {
        const auto expected = file.answer(question, as_json);
        INFO(text_of(question.words) << (as_json ? " --json" : ""));
        CHECK(other.answer(question, as_json) == expected);
        unasked.erase(question.words.front());
    };
    for (const auto& question : history())
        ask(question, false);
    for (const auto& question : readings())
        for (const bool as_json : {false, true})
            ask(question, as_json);
    CHECK(unasked == std::set<std::string>());
}
