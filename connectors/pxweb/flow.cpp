#include "connectors/pxweb/flow.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "connectors/pxweb/requests.hpp"
#include "connectors/pxweb/responses.hpp"
#include "connectors/pxweb/stamps.hpp"
#include "connectors/pxweb/time_dimension.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::uint64_t cells_max_unsaid = 100'000; ///< what servers of this kind answer when nobody set it higher

std::vector<PxwebTable> fitting(const PxwebSettings& settings, const std::vector<PxwebTable>& hits)
{
    std::vector<PxwebTable> fits;
    for (const auto& hit : hits) {
        const bool is_known =
            std::any_of(fits.begin(), fits.end(), [&](const PxwebTable& other) { return other.id == hit.id; });
        if (!is_known && !hit.label.empty() && settings.expects(hit.label))
            fits.push_back(hit);
    }
    return fits;
}

/// What to search for candidates with: the job's words, else those of the last title, else those of `expect`.
std::string words_for(const Flow& flow)
{
    if (!flow.settings.search.empty())
        return flow.settings.search;
    const auto title = flow.memory.text("title");
    return text_like(title.empty() ? flow.settings.expect : title);
}

Request ask_candidates(const Flow& flow, bool is_v1)
{
    const auto words = words_for(flow);
    return is_v1 ? ask_search_v1(flow.settings, words) : ask_search(flow.settings, words);
}

/// What the server's /config says in this run; nothing = it was not asked.
std::optional<std::uint64_t> limit_told(const ResponseIndex& index)
{
    const auto* answer = index.config_v1 ? index.config_v1 : index.config;
    if (!answer)
        return std::nullopt;
    const auto config = decode_pxweb_config(answer->body);
    return config && config->cells_max > 0 ? config->cells_max : cells_max_unsaid;
}

std::optional<std::uint64_t> limit_remembered(const Memory& memory)
{
    const auto known = memory.text("cells_max");
    return all_digits(known) && known.size() < 16 ? std::optional<std::uint64_t>(std::stoull(known)) : std::nullopt;
}

} // namespace

Flow make_flow(const PxwebSettings& settings, const ConnectorState& state, std::span<const Response> responses)
{
    const Memory memory(state);
    const auto known = memory.text("api");
    const auto remembered = known == "v2"   ? PxwebVersion::v2
                            : known == "v1" ? PxwebVersion::v1
                                            : PxwebVersion::unknown;
    return {settings, memory, ResponseIndex(settings, responses, remembered)};
}

Step probe_version(const Flow& flow)
{
    if (!flow.index.config)
        return ask_config(flow.settings);
    if (!flow.index.config_v1)
        return ask_config_v1(flow.settings);
    throw error("neither {0}/config (PxWebApi v2) nor {0}/?config (v1) answers as such a server does: check "
                "'base_url', or set 'version' to \"v1\" or \"v2\"",
                flow.settings.base_url);
}

std::string found_table(const PxwebSettings& settings, const std::vector<PxwebTable>& hits)
{
    const auto fits = fitting(settings, hits);
    if (fits.size() == 1)
        return fits.front().id;
    const auto search = fmt::format("{}: the search for '{}' finds", settings.table_where, settings.search);
    if (hits.empty())
        throw error("{} nothing at all: check 'search'", search);
    if (fits.empty())
        throw error("{} no table whose title matches '{}'; it finds {}: change 'search' or 'expect'", search,
                    settings.expect, candidates_text(hits, ""));
    throw error("{} {} tables whose title matches '{}': {}; make 'expect' fit the one", search, fits.size(),
                settings.expect, candidates_text(fits, ""));
}

std::string rivals(const PxwebSettings& settings, const std::vector<PxwebTable>& hits, const std::string& table)
{
    return settings.search.empty() ? "" : candidates_text(fitting(settings, hits), table);
}

std::vector<PxwebTable> search_hits(const Flow& flow)
{
    const auto* response = flow.index.search;
    if (!response || response->status != 200)
        return {};
    try {
        return trim(response->body).starts_with('[') ? decode_pxweb_v1_hits(response->body)
                                                     : decode_pxweb_tables(response->body).tables;
    } catch (const Error&) {
        return {};
    }
}

bool selection_is_same(const Flow& flow, const std::string& table)
{
    return flow.memory.text("selection") == selection_text(flow.settings, table);
}

GoneCodes gone_codes(const Flow& flow, const std::string& table)
{
    return selection_is_same(flow, table) ? GoneCodes::leave_out : GoneCodes::refuse;
}

std::optional<std::uint64_t> cells_max(const Flow& flow, const std::string& table, std::uint64_t wanted)
{
    const auto& index = flow.index;
    const auto told = limit_told(index);
    auto first = told && !index.limit_is_late ? told : limit_remembered(flow.memory);
    if (flow.settings.cells_max > 0)
        first = flow.settings.cells_max;
    if (index.refusals == 0 || !told)
        return index.refusals == 0 ? first : std::nullopt;
    auto most = std::min(first.value_or(cells_max_unsaid), wanted);
    for (std::size_t refusal = 0; refusal < index.refusals; ++refusal)
        most = refusal == 0 && *told < most ? *told : most / 2;
    if (most == 0 || index.refusals > refusals_max)
        check_answer(flow.settings, table, *index.refusal, "data");
    return std::max<std::uint64_t>(most, 1);
}

Step table_not_there(const Flow& flow, const std::string& table, const Response& response, bool is_v1)
{
    const auto& memory = flow.memory;
    if (memory.text("updated").empty())
        throw error("table {} is not at {}: check 'table' in [source] ({})", table, flow.settings.base_url,
                    flow.settings.table_where);
    const auto today = format_date(response.received_at);
    const auto since = memory.text("gone_since");
    if (since.empty() || since == today) {
        auto state = memory.state();
        state["gone_since"] = today;
        return Failure{fmt::format("table {} ('{}') is not there today; it counts as gone when it is not there on a "
                                   "later day either",
                                   table, memory.text("title")),
                       state, memory.findings(flow.settings, table, response.received_at)};
    }
    if (!flow.index.search)
        return ask_candidates(flow, is_v1);
    const auto finding = gone_finding(table, memory.text("title"), since, candidates_text(search_hits(flow), table));
    return Failure{finding.text_en + "; nothing was put in its place: change the job", memory.state(), {finding}};
}

Step table_retitled(const Flow& flow, const std::string& table, const std::string& title, bool is_v1)
{
    const auto& memory = flow.memory;
    const auto message = wrong_title(flow.settings, title);
    if (memory.text("updated").empty())
        throw error("description of table {}: {}", table, message);
    if (!flow.index.search)
        return ask_candidates(flow, is_v1);
    const auto finding =
        retitled_finding(table, memory.text("title"), title, candidates_text(search_hits(flow), table));
    return Failure{fmt::format("description of table {}: {}", table, message), memory.state(), {finding}};
}

Decoded decoded_with(const Flow& flow, const std::string& table, const Plan& plan, std::size_t parts,
                     ConnectorState state, Time now)
{
    Decoded decoded;
    decoded.dataset = flow.settings.dataset;
    decoded.is_past = !flow.settings.as_of.empty();
    decoded.conventions.symbols = {{".", Meaning::not_applicable},
                                   {"..", Meaning::not_available},
                                   {"...", Meaning::preliminary_missing},
                                   {":", Meaning::confidential},
                                   {"-", Meaning::nil},
                                   {"*", Meaning::provisional}};
    for (const auto& [symbol, meaning] : flow.settings.symbols)
        decoded.conventions.symbols[symbol] = meaning;
    decoded.claim = publication_claim(flow.settings, state["updated"], now);
    decoded.findings = Memory(state).findings(flow.settings, table, now);
    if (!plan.left_out.empty())
        decoded.notes.push_back(
            fmt::format("not selected, so the response is for their total: {}", join(plan.left_out, ", ")));
    if (parts > 1 && (state.contains("cells_max") || flow.index.refusals > 0))
        decoded.notes.push_back(
            fmt::format("asked for in {} parts, since the server answers at most {} cells at a time{} ('cells_max')",
                        parts, cells_max(flow, table, plan.cells()).value_or(plan.cells()),
                        flow.index.refusals > 0 ? ", fewer than it was asked for first" : ""));
    for (const auto& one : plan.dimensions)
        if (!one.gone.empty()) {
            decoded.gone[one.ask.dimension] = one.gone;
            decoded.notes.push_back(text_on_gone(one.ask.dimension, one.gone));
        }
    decoded.state = std::move(state);
    return decoded;
}

void decode_time(const PxwebSettings& settings, const Cube& metadata, const TimeSelection& time, Decoded& decoded)
{
    decoded.conventions.time_dimension = time_of(metadata);
    decoded.conventions.periods = time.periods;
    decoded.coverage =
        selects_every_period(settings, metadata) ? Coverage::full_history : Coverage::complete_selection;
    for (const auto& dimension : metadata.dimensions) {
        const bool by_codelist = std::any_of(settings.wanted.begin(), settings.wanted.end(), [&](const Wanted& one) {
            return !one.codelist.empty() && require_dimension(metadata, one.dimension).id == dimension.id;
        });
        if (by_codelist)
            continue;
        if (dimension.id == decoded.conventions.time_dimension)
            decoded.conventions.described_periods = dimension.categories;
        else
            decoded.listed.push_back(dimension);
    }
}

} // namespace skurd
