#include "connectors/drop/drop.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "connectors/job_keys.hpp"
#include "connectors/offer.hpp"
#include "decode/layout/read_layout.hpp"
#include "decode/table/decode_table.hpp"

#include <algorithm>
#include <cassert>

namespace skurd {

namespace {

struct DropConfig {
    std::string dataset;
    std::string folder;
    std::string files;
    std::optional<PublicationClaim> published;
    Coverage coverage = Coverage::partial;
    FileLayout layout;
};

/// A file's time that lies ahead of its arrival is the work of a wrong clock.
PublicationClaim arrival_of(const Response& file)
{
    const bool usable = file.modified_at != Time{} && file.modified_at <= file.received_at;
    return {usable ? file.modified_at : file.received_at, "file time", Confidence::arrival};
}

class DropConnector final : public Connector {
public:
    explicit DropConnector(DropConfig config) : config_(std::move(config)) {}

    Step next(const ConnectorState&, std::span<const Response> responses) const override
    {
        if (!responses.empty())
            return Ready{};
        Request request;
        request.kind = Request::Kind::file;
        request.url = config_.folder;
        request.pattern = config_.files;
        request.purpose = "next file for " + config_.dataset;
        return request;
    }

    Decoded decode(const ConnectorState& state, std::span<const Response> responses) const override
    {
        assert(responses.size() == 1); // next() asks for one
        const auto& file = responses.front();
        Decoded decoded;
        decoded.dataset = config_.dataset;
        auto read = decode_table(file.body, config_.layout.table);
        decoded.conventions = read.conventions(config_.layout.conventions);
        decoded.cubes.push_back(std::move(read.cube));
        decoded.claim = config_.published.value_or(arrival_of(file));
        decoded.state = state;
        decoded.notes = std::move(read.notes);
        return decoded;
    }

    Guarantee guarantee() const override
    {
        return {config_.coverage,
                config_.published ? "the job states it (source.published)" : "the time the file was last changed"};
    }

    std::optional<DatasetOffer> offer() const override { return layout_offer(config_.dataset, config_.layout.table); }

private:
    DropConfig config_;
};

std::string read_files(Section& source)
{
    auto files = source.require_string("files");
    if (files.empty() || files.find('/') != std::string::npos)
        source.fail("files",
                    fmt::format("'files' is a pattern of file names such as '*.csv', without '/': '{}'", files));
    return files;
}

std::optional<PublicationClaim> read_published(Section& source)
{
    const auto text = source.get_string("published", "");
    const bool whole_day = text.size() == std::string_view("2018-04-01").size();
    const auto word =
        source.get_choice("published_confidence", whole_day ? "day" : "stated", {"stated", "day", "month"});
    if (text.empty()) {
        if (source.has("published_confidence"))
            source.fail("published_confidence",
                        "'published_confidence' says how sure 'published' is, which is missing");
        return std::nullopt;
    }
    const auto time = parse_time(text);
    if (!time)
        source.fail(
            "published",
            fmt::format("'{}' is not a date or instant such as '2018-04-01' or '2018-04-01T08:00:00Z'", text));
    return PublicationClaim{*time, "job: source.published", from_word<Confidence>(word).value()};
}

} // namespace

std::unique_ptr<Connector> create_drop(JobSections& sections)
{
    auto& source = sections.source;
    DropConfig config;
    config.dataset = read_dataset(source, "drop", sections.job_id);
    config.files = read_files(source);
    config.folder = source.get_string("folder", sections.drop_folder);
    config.published = read_published(source);
    config.coverage = source.get_choice("coverage", "partial", {"partial", "complete"}) == "complete"
                          ? Coverage::complete_selection
                          : Coverage::partial;
    if (!sections.layout)
        source.fail("", "a file drop needs a table [layout] that says where things are in the file");
    config.layout = read_layout(*sections.layout);
    return std::make_unique<DropConnector>(std::move(config));
}

} // namespace skurd
