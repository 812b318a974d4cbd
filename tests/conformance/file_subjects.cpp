// Files over HTTP: quality indicators, the state accounts, exports of NIFU.
#include "tests/conformance/http_source.hpp"
#include "tests/sim/archive.hpp"
#include "tests/sim/sim_files.hpp"
#include "tests/sim/sim_nki.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

namespace skurd::test {

namespace {

class Nki final : public HttpSource<sim::SimNki> {
public:
    explicit Nki(SharedClock& clock) : HttpSource(clock)
    {
        write_file(folder_ / "key", std::string(sim::SimNki::key) + "\n");
        std::filesystem::permissions(folder_ / "key", std::filesystem::perms::owner_read);
        for (auto& indicator : sim::nki_samples())
            sim_.put(indicator);
    }

    std::string base_url() const override { return through(sim_.base_url()); }
    void adjust(FetchSettings& settings) const override
    {
        settings.keys["127.0.0.1"] = {"Ocp-Apim-Subscription-Key", folder_ / "key"};
    }
    std::string job() const override
    {
        return fmt::format("[job]\nconnector = \"nki\"\n[source]\nbase_url = \"{}\"\ntitle = \"rusbehandling\"\n",
                           base_url());
    }
    void touch() override
    {
        sim::NkiHabits habits;
        habits.numbers_as_text = true;
        sim_.habits(habits);
    }
    void revise(int cells) override
    {
        ++release_;
        auto indicator = sim::nki_samples().front();
        indicator.rows[1].value = number(0);
        indicator.rows[2].value = cells > 1 ? number(1) : second_;
        second_ = indicator.rows[2].value;
        sim_.put(indicator);
    }

private:
    TempDir folder_;
    std::string second_ = sim::nki_samples().front().rows[2].value;
};

/// Two years of one chapter; the second may be revised.
class Dfo final : public HttpSource<sim::SimFiles> {
public:
    explicit Dfo(SharedClock& clock) : HttpSource(clock)
    {
        put(2023, {"100", "200"});
        put(2024, amounts_);
    }

    std::string job() const override
    {
        return fmt::format("[job]\nconnector = \"dfo\"\n[source]\nbase_url = \"{}/nedlasting\"\nfirst_year = 2023\n"
                           "chapters = [\"0765\"]\n",
                           proxy_.host_url());
    }
    void touch() override
    {
        account_ += "x";
        put(2024, amounts_);
    }
    void revise(int cells) override
    {
        ++release_;
        for (int i = 0; i < cells; ++i)
            amounts_[static_cast<std::size_t>(i)] = number(i);
        put(2024, amounts_);
    }

private:
    void put(int year, const std::vector<std::string>& amounts)
    {
        std::vector<std::vector<std::string>> rows;
        for (const auto& amount : amounts) {
            std::vector<std::string> row(28, account_);
            row[0] = std::to_string(year);
            row[1] = fmt::format("{}03", year);
            row[10] = "0765";
            row[11] = "Psykisk helse";
            row[12] = fmt::format("07652{}", rows.size());
            row[13] = "Post";
            row[27] = amount + ",500";
            rows.push_back(row);
        }
        const auto name = fmt::format("statsregnskapet_aar_{}", year);
        sim_.put("/nedlasting/" + name + ".zip", {sim::dfo_zip(name + ".csv", rows), "application/zip", "", ""});
    }

    std::string account_ = "x";
    std::vector<std::string> amounts_ = {"300", "400"};
};

/// Two files that are one release; the first may be revised.
class NifuExport final : public HttpSource<sim::SimFiles> {
public:
    explicit NifuExport(SharedClock& clock) : HttpSource(clock)
    {
        sim_.put("/old.csv", {"Helseforetak;2007;2009\nOslo;1101;1150\n", "text/csv", "", ""});
        put();
    }

    std::string job() const override
    {
        return fmt::format(R"([job]
connector = "nifu"
[source]
route = "http"
addresses = ["{0}/fou.csv", "{0}/old.csv"]
[layout]
periods = '^\d{{4}}$'
[[layout.series]]
column = "Helseforetak"
[layout.missing]
".." = "not available"
)",
                           proxy_.host_url());
    }
    void touch() override
    {
        line_end_ = line_end_ == "\n" ? "\r\n" : "\n";
        put();
    }
    void revise(int cells) override
    {
        ++release_;
        for (int i = 0; i < cells; ++i)
            numbers_[static_cast<std::size_t>(i)] = number(i);
        put();
    }

private:
    void put()
    {
        const auto csv = "Helseforetak;2013;2015" + line_end_ + "Oslo;" + numbers_[0] + ";.." + line_end_ +
                         "Bergen;" + numbers_[1] + ";17,5" + line_end_;
        sim_.put("/fou.csv", {csv, "text/csv", "", ""});
    }

    std::string line_end_ = "\n";
    std::vector<std::string> numbers_ = {"1204", "980"};
};

template <typename Kind>
std::unique_ptr<Source> start(SharedClock& clock)
{
    return std::make_unique<Kind>(clock);
}

} // namespace

std::vector<Subject> file_subjects()
{
    const std::string no_list = "a source without a list of tables to browse";
    return {
        {"nki",
         "nki",
         &start<Nki>,
         4,
         {{"\"rusbehandling\"", "\"(\"", "job.toml:5: '(' is not a regular expression"},
          {"title = \"rusbehandling\"", "", "job.toml:3: [source] names no indicator"}},
         "",
         "",
         {{"discovery", no_list}}},
        {"dfo",
         "dfo",
         &start<Dfo>,
         4,
         {{"2023", "1999", "job.toml:5: 'first_year' must be a whole number from 2014 to 2100"},
          {"\"0765\"", "\"765\"", "job.toml:6: 'chapters' lists codes of 4 digits in quotes, and '765' is none"}},
         "",
         "",
         {{"discovery", no_list},
          {"not found",
           "404 is how the files of past years end; a later run has the rest (tests/connectors has more)"}}},
        {"nifu export",
         "nifu",
         &start<NifuExport>,
         6,
         {{"[\"http", "[\"fou", "job.toml:5: 'fou"},
          {"periods = '^\\d{4}$'", "", "job.toml:6: exactly one of 'periods'"}},
         "",
         "",
         {{"discovery", no_list}}},
    };
}

} // namespace skurd::test
