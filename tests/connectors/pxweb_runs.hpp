#pragma once

#include "connectors/connector.hpp"
#include "fetch/fetcher.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace skurd::test {

/// How a run of a connector ended.
struct SourceRun {
    std::optional<Decoded> decoded;
    std::string unchanged; ///< why
    std::string failure;   ///< why
    ConnectorState state;  ///< that the host keeps
    std::vector<SourceFinding> findings;
    std::vector<Response> responses;
};

/// What the host does for a run: asks the connector, fetches, decodes, keeps the state.
inline SourceRun run(const Connector& connector, const ConnectorState& state, Fetcher& fetcher)
{
    SourceRun run;
    fetcher.forget_answers(); // each is a poll of its own
    for (;;) {
        const auto step = connector.next(state, run.responses);
        if (const auto* unchanged = std::get_if<Unchanged>(&step)) {
            run.unchanged = unchanged->why;
            run.state = unchanged->state.value_or(state);
            run.findings = unchanged->findings;
            return run;
        }
        if (const auto* failure = std::get_if<Failure>(&step)) {
            run.failure = failure->why;
            run.state = failure->state.value_or(state);
            run.findings = failure->findings;
            return run;
        }
        if (std::holds_alternative<Ready>(step)) {
            run.decoded = connector.decode(state, run.responses);
            run.state = run.decoded->state;
            run.findings = run.decoded->findings;
            return run;
        }
        run.responses.push_back(fetcher.fetch(std::get<Request>(step), {}).value());
    }
}

/// Answers the same question again from what was answered, where the question allows it: as the host does.
class SharedResponses final : public Fetcher {
public:
    explicit SharedResponses(Fetcher& fetcher) : fetcher_(fetcher) {}

    std::optional<Response> fetch(const Request& request, std::stop_token stop) override
    {
        if (const auto kept = kept_.find(request.url); request.share.count() > 0 && kept != kept_.end())
            return kept->second;
        auto response = fetcher_.fetch(request, stop);
        if (response && request.share.count() > 0)
            kept_[request.url] = *response;
        return response;
    }

private:
    Fetcher& fetcher_;
    std::map<std::string, Response> kept_;
};

} // namespace skurd::test
