// A full disk, I/O errors and kills at the n-th write of a run, for every n, and what is left after each.
#include "base/error.hpp"
#include "base/file_system.hpp"
#include "tests/crash/campaigns.hpp"
#include "tests/crash/soundness.hpp"

#include <algorithm>
#include <csignal>
#include <iostream>

namespace skurd::crash {

namespace {

constexpr unsigned revised_share = 10;

/// What a run meets, and in what state of the store.
struct Case {
    const char* kind; ///< as fault_preload.cpp takes it
    bool new_store;
    Way way;
    bool folder; ///< the file lies in the drop folder, rather than being given by hand
};

/// The tally of one case.
struct Tally {
    std::size_t calls = 0; ///< in a whole run
    std::size_t met = 0;
    std::size_t harmless = 0; ///< the run ended well all the same
    std::map<std::string, std::size_t> places;
};

class FaultLoop {
public:
    explicit FaultLoop(const Options& options)
        : options_(options), random_(options.seed), scene_(options.folder, options.cells), sound_(scene_)
    {
    }

    void run()
    {
        std::cout << fmt::format("seed {}; {} cells a table\n", options_.seed, scene_.served(Way::drop).cells());
        for (const char* kind : {"full lasting", "full once", "I/O lasting", "I/O once", "kill"})
            for (const bool new_store : {true, false})
                for (const auto& [way, folder] :
                     {std::pair(Way::harvest, false), {Way::drop, false}, {Way::drop, true}})
                    run({kind, new_store, way, folder});
        std::cout << fmt::format("faults {}, all sound\n", faults_);
    }

private:
    void run(const Case& which)
    {
        begin(which);
        Tally tally;
        // A run that is not disturbed says how many calls there are; a stride keeps within the time there is.
        tally.calls = calls_of_a_run(which);
        const auto stride = options_.most == 0 ? 1 : std::max<std::size_t>(tally.calls / options_.most, 1);
        for (std::size_t at = 1 + random_() % stride; meets(which, at, tally); at += stride)
            ;
        faults_ += tally.met;
        std::string places;
        for (const auto& [place, count] : tally.places)
            places += fmt::format(" {} {}", count, place);
        std::cout << fmt::format("{:12} {} {:9}: {} calls, {} faults (every {}), {} harmless; in{}\n", which.kind,
                                 which.new_store ? "new store " : "next vintage",
                                 which.folder ? "folder" : Scene::dataset(which.way), tally.calls, tally.met, stride,
                                 tally.harmless, places)
                  << std::flush;
    }

    void begin(const Case& which)
    {
        scene_.begin_anew();
        sound_.forget();
        if (which.new_store)
            return;
        if (which.folder)
            scene_.put_in_folder();
        scene_.run(words(which));
        scene_.publish(which.way, random_, revised_share);
    }

    std::vector<std::string> words(const Case& which) const
    {
        return which.folder ? scene_.words_for_folder() : scene_.words(which.way);
    }

    Environment environment(const Case& which, std::size_t at) const
    {
        return {{"LD_PRELOAD", scene_.fault_library().string()},
                {"SKURD_FAULT", which.kind},
                {"SKURD_FAULT_UNDER", scene_.state().string()},
                {"SKURD_FAULT_AT", std::to_string(at)},
                {"SKURD_FAULT_REPORT", report().string()}};
    }

    std::filesystem::path report() const { return scene_.folder() / "faults"; }

    std::size_t calls_of_a_run(const Case& which)
    {
        // A fault that lasts from the first call on, of a kind that does none: each call is reported.
        std::filesystem::remove(report());
        if (which.folder)
            scene_.put_in_folder();
        const auto child =
            scene_.start(words(which), environment({"count", which.new_store, which.way, which.folder}, 0));
        if (const int exit = child->wait(); exit != 0)
            throw error("a run under the fault library ended with {}: {}", exit, child->err());
        const auto lines = test::read_file(report());
        begin(which);
        return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
    }

    /// A run with the fault at that call, and the next without it; false when the run did not come so far.
    bool meets(const Case& which, std::size_t at, Tally& tally)
    {
        if (which.new_store)
            begin(which);
        std::filesystem::remove(report());
        const auto before = Visible::in(scene_);
        if (which.folder)
            scene_.put_in_folder();
        const auto child = scene_.start(words(which), environment(which, at));
        const int exit = child->wait();
        const bool met = std::filesystem::exists(report());
        try {
            judge(which, exit, met, child->err());
            sound_.check(before);
            if (exit == 0)
                sound_.check_taken_in(which.way);
            scene_.run(words(which)); // what lay in the folder must still be there, or be ingested
            sound_.check(Visible::in(scene_));
            sound_.check_taken_in(which.way);
            if (!scene_.is_folder_empty())
                throw error("a file that was ingested stays in the drop folder");
        } catch (const Error&) {
            std::throw_with_nested(error("'{}' at call {} ({})", which.kind, at, first_fault()));
        }
        if (!which.new_store)
            scene_.publish(which.way, random_, revised_share);
        if (!met)
            return false;
        ++tally.met;
        tally.harmless += exit == 0 ? 1 : 0;
        ++tally.places[place_of(first_fault())];
        return true;
    }

    std::string first_fault() const
    {
        const auto lines = test::read_file(report());
        return lines.substr(0, lines.find('\n'));
    }

    std::string place_of(const std::string& fault) const
    {
        const auto path = fault.substr(fault.find(' ') + 1 + scene_.state().string().size());
        for (const char* known : {"/skurd.db-wal", "/skurd.db", "/payloads"})
            if (path.starts_with(known))
                return known + 1;
        return "others";
    }

    /// Whether the program ended as it should, and told the operator which file system it is about.
    void judge(const Case& which, int exit, bool met, const std::string& said) const
    {
        const bool killed = std::string_view(which.kind) == "kill" && met;
        if (killed ? exit != 128 + SIGKILL : exit != 0 && !(met && exit == 1))
            throw error("the run ended with {}: {}", exit, said);
        if (exit != 1)
            return;
        const auto named = fmt::format("the file system mounted at {} (", mount_point(scene_.state()).string());
        // SQLite does not tell a full disk from other trouble where it opens or syncs a file.
        const bool at_write =
            std::string_view(which.kind).starts_with("full") && first_fault().find("write") != std::string::npos;
        if (said.find(named) == std::string::npos ||
            (at_write && said.find("is full; make room on it") == std::string::npos))
            throw error("the message does not say which file system is in trouble: {}", said);
    }

    const Options& options_;
    std::mt19937_64 random_;
    Scene scene_;
    Soundness sound_;
    std::size_t faults_ = 0;
};

} // namespace

void inject_faults(const Options& options)
{
    FaultLoop(options).run();
}

} // namespace skurd::crash
