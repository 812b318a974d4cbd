#include "connectors/nifu/nifu.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/web_page.hpp"
#include "connectors/address.hpp"
#include "connectors/drop/drop.hpp"
#include "connectors/offer.hpp"
#include "connectors/pxweb/decode.hpp"
#include "connectors/pxweb/pxweb.hpp"
#include "decode/layout/read_layout.hpp"
#include "decode/table/decode_table.hpp"

#include <algorithm>
#include <exception>

namespace skurd {

namespace {

constexpr std::size_t addresses_max = 50;

std::unique_ptr<Connector> create_ssb_route(JobSections& sections)
{
    if (sections.layout)
        sections.source.fail("",
                             "route \"ssb\" takes no table [layout]: Statistics Norway's tables describe themselves");
    auto profile = statistics_norway();
    profile.name = "nifu";
    return make_pxweb(PxwebSettings::read(sections.source, profile));
}

/// File drops under the source's own name.
class DropRoute final : public Connector {
public:
    explicit DropRoute(std::unique_ptr<Connector> drop) : drop_(std::move(drop)) {}

    Step next(const ConnectorState& state, std::span<const Response> responses) const override
    {
        return drop_->next(state, responses);
    }
    Decoded decode(const ConnectorState& state, std::span<const Response> responses) const override
    {
        auto decoded = drop_->decode(state, responses);
        decoded.dataset.replace(0, decoded.dataset.find('/'), "nifu");
        return decoded;
    }
    Guarantee guarantee() const override { return drop_->guarantee(); }
    std::optional<DatasetOffer> offer() const override
    {
        auto offer = drop_->offer();
        offer->dataset.replace(0, offer->dataset.find('/'), "nifu");
        return offer;
    }

private:
    std::unique_ptr<Connector> drop_;
};

struct ExportSettings {
    std::string dataset;
    std::vector<std::string> addresses; ///< of the files, which together are one release
    Coverage coverage = Coverage::partial;
    FileLayout layout;

    static ExportSettings read(JobSections& sections);
};

ExportSettings ExportSettings::read(JobSections& sections)
{
    auto& source = sections.source;
    ExportSettings settings;
    settings.dataset = "nifu/" + source.get_string("dataset", sections.job_id);
    settings.addresses = source.get_strings("addresses");
    for (const auto& address : settings.addresses)
        if (host_of(address).empty() || address.find_first_of("# ") != std::string::npos)
            source.fail("addresses", fmt::format("'{}' is not the address of a file", excerpt(address)));
    if (settings.addresses.empty() || settings.addresses.size() > addresses_max)
        source.fail("addresses", fmt::format("'addresses' must list 1 to {} addresses of files", addresses_max));
    if (source.get_choice("coverage", "partial", {"partial", "complete"}) == "complete")
        settings.coverage = Coverage::complete_selection;
    if (!sections.layout)
        source.fail("", "route \"http\" needs a table [layout] that says where things are in the file");
    settings.layout = read_layout(*sections.layout);
    return settings;
}

/// Exported files over HTTP.
class HttpRoute final : public Connector {
public:
    explicit HttpRoute(ExportSettings settings) : settings_(std::move(settings)) {}

    Step next(const ConnectorState& state, std::span<const Response> responses) const override;
    Decoded decode(const ConnectorState& state, std::span<const Response> responses) const override;
    Guarantee guarantee() const override;
    std::optional<DatasetOffer> offer() const override
    {
        return layout_offer(settings_.dataset, settings_.layout.table);
    }

private:
    ExportSettings settings_;
};

void check_file(const Response& response)
{
    constexpr auto by_hand = "fetch the file by hand and use route = \"drop\"";
    if (response.status == 401 || response.status == 403)
        throw error("{} answered {}: its owner does not want programs there; {}", excerpt(response.url, 200),
                    response.status, by_hand);
    if (response.status != 200)
        throw error("{} answered {}: is the address in 'addresses' still right?", excerpt(response.url, 200),
                    response.status);
    if (is_web_page(response.body, response.media_type))
        throw error("{}: a web page instead of a file; if the address is right, {}", excerpt(response.url, 200),
                    by_hand);
}

Step HttpRoute::next(const ConnectorState&, std::span<const Response> responses) const
{
    if (!responses.empty())
        check_file(responses.back());
    if (responses.size() == settings_.addresses.size())
        return Ready{};
    Request request;
    request.url = settings_.addresses[responses.size()];
    request.purpose = "file for " + settings_.dataset;
    return request;
}

Decoded HttpRoute::decode(const ConnectorState& state, std::span<const Response> responses) const
{
    Decoded decoded;
    decoded.dataset = settings_.dataset;
    decoded.conventions = settings_.layout.conventions;
    for (const auto& response : responses) {
        try {
            auto read = decode_table(response.body, settings_.layout.table);
            decoded.conventions = read.conventions(std::move(decoded.conventions));
            decoded.cubes.push_back(std::move(read.cube));
            decoded.notes.insert(decoded.notes.end(), read.notes.begin(), read.notes.end());
        } catch (const Error&) {
            std::throw_with_nested(error("{}", excerpt(response.url, 200)));
        }
    }
    decoded.claim = {responses.back().received_at, "received", Confidence::arrival};
    decoded.state = state;
    return decoded;
}

Guarantee HttpRoute::guarantee() const
{
    Guarantee guarantee;
    guarantee.coverage = settings_.coverage;
    guarantee.publication = "the time of arrival: files do not say when they were published";
    for (const auto& address : settings_.addresses)
        guarantee.hosts.push_back(host_of(address));
    return guarantee;
}

} // namespace

std::unique_ptr<Connector> create_nifu(JobSections& sections)
{
    auto& source = sections.source;
    if (!source.has("route"))
        source.fail("route", R"('route' must be "ssb", "http" or "drop")");
    const auto route = source.get_choice("route", "", {"ssb", "http", "drop"});
    if (route == "ssb")
        return create_ssb_route(sections);
    if (route == "http")
        return std::make_unique<HttpRoute>(ExportSettings::read(sections));
    return std::make_unique<DropRoute>(create_drop(sections));
}

} // namespace skurd
