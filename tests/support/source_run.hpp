#pragma once

#include "connectors/exchange.hpp"
#include "fetch/fetcher.hpp"

#include <optional>
#include <string>
#include <vector>

namespace skurd::test {

/// Fetches all that an exchange asks for. What it asks for must be there.
inline std::vector<Response> fetch_all(Exchange exchange, Fetcher& fetcher)
{
    while (const auto* request = exchange.next())
        exchange.answer(fetcher.fetch(*request, {}).value());
    return exchange.take_responses();
}

/// How a run of a connector ended.
struct SourceRun {
    std::optional<Decoded> decoded;
    std::string unchanged; ///< why
    std::string failure;   ///< why
    ConnectorState state;  ///< to remember
    std::vector<SourceFinding> findings;
    std::vector<Response> responses;
};

/// A poll of its own: no answer is shared with an earlier one.
inline SourceRun run(const Connector& connector, const ConnectorState& state, Fetcher& fetcher)
{
    SourceRun run;
    fetcher.forget_answers();
    Exchange exchange(connector, state);
    while (const auto* request = exchange.next())
        exchange.answer(fetcher.fetch(*request, {}).value());
    run.responses = exchange.responses();
    if (const auto* unchanged = std::get_if<Unchanged>(&exchange.end())) {
        run.unchanged = unchanged->why;
        run.state = unchanged->state.value_or(state);
        run.findings = unchanged->findings;
    } else if (const auto* failure = std::get_if<Failure>(&exchange.end())) {
        run.failure = failure->why;
        run.state = failure->state.value_or(state);
        run.findings = failure->findings;
    } else {
        run.decoded = connector.decode(state, run.responses);
        run.state = run.decoded->state;
        run.findings = run.decoded->findings;
    }
    return run;
}

} // namespace skurd::test
