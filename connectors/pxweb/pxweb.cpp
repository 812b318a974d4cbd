#include "connectors/pxweb/pxweb.hpp"

#include "connectors/offer.hpp"
#include "connectors/pxweb/check.hpp"
#include "connectors/pxweb/flow.hpp"

namespace skurd {

namespace {

class Pxweb final : public Connector {
public:
    explicit Pxweb(PxwebSettings settings) : settings_(std::move(settings)) {}

    Step next(const ConnectorState& state, std::span<const Response> responses) const override;
    Decoded decode(const ConnectorState& state, std::span<const Response> responses) const override;
    Guarantee guarantee() const override;
    std::optional<DatasetOffer> offer() const override;
    Step next_check(std::span<const Response> responses) const override;
    std::vector<CheckResult> check(std::span<const Response> responses) const override;

private:
    PxwebSettings settings_;
};

Step Pxweb::next(const ConnectorState& state, std::span<const Response> responses) const
{
    const auto flow = make_flow(settings_, state, responses);
    switch (flow.index.version) {
    case PxwebVersion::v1:
        return next_v1(flow);
    case PxwebVersion::v2:
        return next_v2(flow);
    case PxwebVersion::unknown:
        break;
    }
    return probe_version(flow);
}

Decoded Pxweb::decode(const ConnectorState& state, std::span<const Response> responses) const
{
    const auto flow = make_flow(settings_, state, responses);
    return flow.index.version == PxwebVersion::v1 ? decode_v1(flow) : decode_v2(flow);
}

std::optional<DatasetOffer> Pxweb::offer() const
{
    if (settings_.dataset.empty())
        return std::nullopt;
    DatasetOffer offer{settings_.dataset, {}, false};
    for (const auto& wanted : settings_.wanted) {
        if (wanted.dimension == "*" || wanted.dimension.starts_with("label("))
            offer.may_have_others = true;
        else if (!wanted.codelist.empty())
            offer.dimensions[wanted.dimension];
        else if (!wanted.expressions.empty())
            offer.dimensions[wanted.dimension] = codes_offered(wanted.expressions);
    }
    return offer;
}

Guarantee Pxweb::guarantee() const
{
    return {Coverage::complete_selection, // of all periods where the selection has them: see Decoded::coverage
            "the table's own 'updated', in the source's time where it states no other",
            settings_.blackout,
            {settings_.host()}};
}

Step Pxweb::next_check(std::span<const Response> responses) const
{
    const ConnectorState nothing;
    const auto flow = make_flow(settings_, nothing, responses);
    const auto version = flow.index.version;
    return version == PxwebVersion::unknown ? probe_version(flow) : next_check_of(flow, version == PxwebVersion::v1);
}

std::vector<CheckResult> Pxweb::check(std::span<const Response> responses) const
{
    const ConnectorState nothing;
    const auto flow = make_flow(settings_, nothing, responses);
    return check_job(flow, flow.index.version == PxwebVersion::v1);
}

} // namespace

std::unique_ptr<Connector> make_pxweb(PxwebSettings settings)
{
    return std::make_unique<Pxweb>(std::move(settings));
}

std::unique_ptr<Connector> create_pxweb(JobSections& sections)
{
    return make_pxweb(PxwebSettings::read(sections.source, any_pxweb()));
}

std::unique_ptr<Connector> create_ssb(JobSections& sections)
{
    return make_pxweb(PxwebSettings::read(sections.source, statistics_norway()));
}

} // namespace skurd
