#include "connectors/pxweb/pxweb.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/pxweb/flow.hpp"
#include "connectors/pxweb/requests.hpp"

#include <algorithm>

namespace skurd {

namespace {

class Pxweb final : public Connector {
public:
    explicit Pxweb(PxwebSettings settings) : settings_(std::move(settings)) {}

    Step next(const ConnectorState& state, std::span<const Response> responses) const override;
    Decoded decode(const ConnectorState& state, std::span<const Response> responses) const override;
    Guarantee guarantee() const override;

private:
    PxwebSettings settings_;
};

/// Which version the server speaks: as the job says, as its /config tells, as it was the last time.
PxwebVersion version_of(const Flow& flow)
{
    if (flow.settings.version != PxwebVersion::unknown)
        return flow.settings.version;
    const auto tells = [](const Response* answer, bool v2) {
        const auto config = answer && answer->status == 200 ? decode_pxweb_config(answer->body) : std::nullopt;
        return config && config->is_v2 == v2;
    };
    if (tells(flow.heard.config, true))
        return PxwebVersion::v2;
    if (tells(flow.heard.config_v1, false))
        return PxwebVersion::v1;
    const auto kept = flow.memory.text("api");
    return kept == "v2" ? PxwebVersion::v2 : kept == "v1" ? PxwebVersion::v1 : PxwebVersion::unknown;
}

Step probe_version(const Flow& flow)
{
    if (!flow.heard.config)
        return ask_config(flow.settings);
    if (!flow.heard.config_v1)
        return ask_config_v1(flow.settings);
    throw error("neither {0}/config (PxWebApi v2) nor {0}/?config (v1) answers as such a server does: check "
                "'base_url', or set 'version' to \"v1\" or \"v2\"",
                flow.settings.base_url);
}

Step Pxweb::next(const ConnectorState& state, std::span<const Response> responses) const
{
    const Flow flow{settings_, Memory(state), Heard(settings_, responses)};
    switch (version_of(flow)) {
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
    const Flow flow{settings_, Memory(state), Heard(settings_, responses)};
    return flow.heard.v1.empty() ? decode_v2(flow) : decode_v1(flow);
}

Guarantee Pxweb::guarantee() const
{
    const bool all_periods = std::any_of(settings_.wanted.begin(), settings_.wanted.end(), [&](const Wanted& one) {
        const auto& asked = one.expressions;
        return one.dimension == settings_.time && std::find(asked.begin(), asked.end(), "*") != asked.end();
    });
    return {all_periods ? Coverage::whole : Coverage::complete,
            "the table's own 'updated', to the second in UTC",
            settings_.quiet,
            {settings_.host()}};
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
