// What comes without a network: files in a folder, what a program prints.
#include "base/time_text.hpp"
#include "tests/conformance/subject.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

namespace skurd::test {

namespace {

const std::string page = "<!DOCTYPE html><html><body>Vedlikehold</body></html>";

/// Numbers of four cells, of which two may be revised.
class LocalSource : public Source {
public:
    explicit LocalSource(SharedClock& clock) : clock_(clock) {}

    void revise(int cells) override
    {
        ++release_;
        for (int i = 0; i < cells; ++i)
            numbers_[static_cast<std::size_t>(i)] = std::to_string(30'000 + 10 * release_ + i);
        mend();
    }
    void touch() override
    {
        space_ += " ";
        mend();
    }
    int asked() const override { return 1; }
    void limit(int, std::chrono::seconds) override {}

protected:
    SharedClock& clock_;
    TempDir folder_;
    std::string space_; ///< that means nothing
    std::vector<std::string> numbers_ = {"1204", "980"};

private:
    int release_ = 0;
};

/// A folder with one file in it; it is gone once it is taken.
class Folder : public LocalSource {
public:
    Folder(SharedClock& clock, std::string lines) : LocalSource(clock), lines_(std::move(lines)) { put(csv()); }

    std::string job() const override
    {
        return fmt::format(R"([job]
{}
files = "figures*.csv"
folder = "{}"
[layout]
periods = '^\d{{4}}$'
[[layout.series]]
column = "Region"
)",
                           lines_, folder_.path().string());
    }
    void spoil(Trouble trouble, int) override
    {
        if (trouble == Trouble::truncated)
            put(csv().substr(0, csv().size() / 2));
        else if (trouble == Trouble::html)
            put(page);
        else if (trouble == Trouble::empty)
            put("");
        else
            std::filesystem::remove(file());
    }
    void mend() override { put(csv()); }

private:
    std::filesystem::path file() const { return folder_ / "figures.csv"; }
    std::string csv() const
    {
        return "Region;2013;2015\nOslo;" + numbers_[0] + ";17\nBergen;" + space_ + numbers_[1] + ";18\n";
    }
    void put(const std::string& bytes) const
    {
        write_file(file(), bytes);
        std::filesystem::last_write_time(file(),
                                         std::chrono::file_clock::from_sys(clock_.now() - std::chrono::seconds(10)));
    }

    std::string lines_;
};

class Drop final : public Folder {
public:
    explicit Drop(SharedClock& clock) : Folder(clock, "connector = \"drop\"\n[source]") {}
};

class NifuDrop final : public Folder {
public:
    explicit NifuDrop(SharedClock& clock) : Folder(clock, "connector = \"nifu\"\n[source]\nroute = \"drop\"") {}
};

/// A script that prints JSON-stat.
class Program final : public LocalSource {
public:
    explicit Program(SharedClock& clock) : LocalSource(clock)
    {
        ::chmod(folder_.path().c_str(), 0755);
        mend();
    }

    std::string job() const override
    {
        return fmt::format("[job]\nconnector = \"exec\"\n[source]\nprogram = \"{}\"\ndataset = \"survey\"\n",
                           file().string());
    }
    void spoil(Trouble trouble, int) override
    {
        const auto half = json().substr(0, json().size() / 2);
        if (trouble == Trouble::storm)
            write(json(), "exit 3");
        else if (trouble == Trouble::reset)
            write(half, "kill -9 $$");
        else if (trouble == Trouble::truncated)
            write(half);
        else if (trouble == Trouble::html)
            write(page);
        else if (trouble == Trouble::empty)
            write("");
        else
            std::filesystem::remove(file());
    }
    void mend() override { write(json()); }

private:
    std::filesystem::path file() const { return folder_ / "survey"; }
    std::string json() const
    {
        return fmt::format(R"({{"version":"2.0","class":"dataset","label":"Survey","updated":"{}","id":["sex","year"],
"size":[2,2],"role":{{"time":["year"]}},"dimension":{{"sex":{{"category":{{"index":["1","2"]}}}},
"year":{{"category":{{"index":["2020","2021"]}}}}}},"value":[{},null,{}{},4]}})",
                           format_time(clock_.now()), numbers_[0], space_, numbers_[1]);
    }
    /// A script that prints the text and then goes on with the line.
    void write(const std::string& text, const std::string& then = "")
    {
        write_file(file(), "#!/bin/sh\ncat <<'END'\n" + text + (text.empty() ? "" : "\n") + "END\n" + then + "\n");
        ::chmod(file().c_str(), 0755);
    }
};

template <typename Kind>
std::unique_ptr<Source> start(SharedClock& clock)
{
    return std::make_unique<Kind>(clock);
}

/// What cannot happen to a source that is not asked over a network.
std::map<std::string, std::string> without_network(const std::vector<std::string>& troubles)
{
    std::map<std::string, std::string> left_out = {
        {"discovery", "a source without a list of tables to browse"},
        {"pace", "no host is called, so there is no pace to keep"},
    };
    for (const auto& trouble : troubles)
        left_out[trouble] = "nothing comes over HTTP, so no status and no length can be wrong";
    return left_out;
}

} // namespace

std::vector<Subject> local_subjects()
{
    const std::vector<std::string> of_files = {"storm", "too many", "too many for a day",
                                               "reset", "too long", "too short"};
    const std::vector<Mistake> of_folders = {
        {"figures*.csv", "in/figures.csv", "'files' is a pattern of file names such as '*.csv', without '/'"},
        {"periods = '^\\d{4}$'", "", "exactly one of 'periods'"}};
    return {
        {"drop", "drop", &start<Drop>, 4, of_folders, "", "", without_network(of_files)},
        {"nifu drop", "nifu", &start<NifuDrop>, 4, of_folders, "", "", without_network(of_files)},
        {"exec",
         "exec",
         &start<Program>,
         4,
         {{"\"/", "\"", "job.toml:4: 'program' is the absolute path of a program"},
          {"\"survey\"", "\"a/b\"", "job.toml:5: 'dataset' must be"}},
         "",
         "",
         without_network({"too many", "too many for a day", "too long", "too short"})},
    };
}

} // namespace skurd::test
