#include "connectors/exec/exec.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "connectors/job_keys.hpp"
#include "connectors/offer.hpp"
#include "decode/csv/long_csv.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "decode/layout/read_layout.hpp"
#include "decode/table/decode_table.hpp"

#include <algorithm>
#include <cassert>

namespace skurd {

namespace {

constexpr std::size_t mebibyte = std::size_t(1) << 20;

struct ExecConfig {
    std::string dataset;
    Request program;
    bool is_csv = false;
    std::optional<FileLayout> layout; ///< of CSV; without one it is long CSV
    std::map<std::string, Meaning, std::less<>> symbols;
    Coverage coverage = Coverage::partial;
};

class ExecConnector final : public Connector {
public:
    explicit ExecConnector(ExecConfig config) : config_(std::move(config)) {}

    Step next(const ConnectorState&, std::span<const Response> responses) const override
    {
        if (!responses.empty())
            return Ready{};
        return config_.program;
    }

    Decoded decode(const ConnectorState& state, std::span<const Response> responses) const override
    {
        assert(responses.size() == 1); // next() asks for one
        const auto& output = responses.front();
        Decoded decoded;
        decoded.dataset = config_.dataset;
        decoded.conventions.symbols = config_.symbols;
        decoded.cubes.push_back(read(output.body, decoded));
        decoded.claim = claim_of(decoded.cubes.front(), output, decoded.notes);
        decoded.state = state;
        return decoded;
    }

    Guarantee guarantee() const override
    {
        return {config_.coverage, config_.is_csv ? "when the program printed it"
                                                 : "'updated' of the JSON-stat, else when the program printed it"};
    }

    std::optional<DatasetOffer> offer() const override
    {
        return config_.layout ? layout_offer(config_.dataset, config_.layout->table)
                              : DatasetOffer{config_.dataset, {}, true};
    }

private:
    Cube read(const std::string& body, Decoded& decoded) const
    {
        if (config_.layout) {
            auto file = decode_table(body, config_.layout->table);
            decoded.conventions = file.conventions(config_.layout->conventions);
            decoded.notes = std::move(file.notes);
            return std::move(file.cube);
        }
        if (config_.is_csv)
            return decode_long_csv(body);
        auto cubes = decode_jsonstat(body);
        if (cubes.size() != 1)
            throw error("the program printed {} datasets; a job takes one", cubes.size());
        return std::move(cubes.front());
    }

    static PublicationClaim claim_of(const Cube& cube, const Response& output, std::vector<std::string>& notes)
    {
        PublicationClaim arrival{output.received_at, "time of printing", Confidence::arrival};
        if (cube.updated.empty())
            return arrival;
        const auto updated = parse_time(cube.updated);
        if (!updated) {
            notes.push_back(fmt::format("'updated' is '{}', which is no date or instant", excerpt(cube.updated)));
            return arrival;
        }
        const bool whole_day = cube.updated.size() == std::string_view("2018-04-01").size();
        return {*updated, "updated", whole_day ? Confidence::day : Confidence::stated};
    }

    ExecConfig config_;
};

Request read_program(Section& source)
{
    Request request;
    request.kind = Request::Kind::program;
    request.arguments = source.get_strings("arguments");
    request.arguments.insert(request.arguments.begin(), source.require_string("program"));
    if (!request.arguments.front().starts_with('/'))
        source.fail("program", fmt::format("'program' is the absolute path of a program, not '{}'; arguments stand "
                                           "in 'arguments', and no shell reads them",
                                           excerpt(request.arguments.front())));
    for (const auto& argument : request.arguments)
        if (argument.find('\0') != std::string::npos)
            source.fail("arguments", "no argument can hold a NUL character");
    request.time_max = std::chrono::seconds(source.get_integer("timeout", 60, 1, 3600));
    request.memory_max = static_cast<std::size_t>(source.get_integer("memory_mib", 512, 8, 65'536)) * mebibyte;
    request.output_max = static_cast<std::size_t>(source.get_integer("output_mib", 64, 1, 256)) * mebibyte;
    return request;
}

} // namespace

std::unique_ptr<Connector> create_exec(JobSections& sections)
{
    auto& source = sections.source;
    ExecConfig config;
    config.dataset = read_dataset(source, "exec", sections.job_id);
    config.program = read_program(source);
    config.program.purpose = "output of " + config.program.arguments.front() + " for " + config.dataset;
    config.is_csv = source.get_choice("format", "jsonstat", {"jsonstat", "csv"}) == "csv";
    config.symbols = read_symbols(
        source, {Meaning::not_applicable, Meaning::not_available, Meaning::preliminary_missing, Meaning::confidential,
                 Meaning::nil, Meaning::not_computable, Meaning::provisional, Meaning::estimated, Meaning::revised,
                 Meaning::break_in_series, Meaning::low_reliability, Meaning::footnote, Meaning::suppressed,
                 Meaning::withdrawn, Meaning::not_asked});
    config.coverage = source.get_choice("coverage", "partial", {"partial", "complete"}) == "complete"
                          ? Coverage::complete_selection
                          : Coverage::partial;
    if (sections.layout && !config.is_csv)
        source.fail("format", "a table [layout] says where things are in CSV: give format = \"csv\" with it");
    if (sections.layout && !config.symbols.empty())
        source.fail("symbols", "with a table [layout], marks stand in [layout.missing], not in [source.symbols]");
    if (sections.layout)
        config.layout = read_layout(*sections.layout);
    return std::make_unique<ExecConnector>(std::move(config));
}

} // namespace skurd
