#include "store/quarantine_store.hpp"
#include "base/text.hpp"
#include "store/columns.hpp"

namespace skurd {

namespace {

Quarantined read_quarantined(const Statement& row)
{
    Quarantined found{row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), time_from(row.view(5))};
    found.run = row.integer(6);
    found.kind = enum_from<QuarantineKind>(row.view(7));
    found.ended_at = optional_time(row, 8);
    if (found.ended_at)
        found.ended = enum_from<QuarantineEnd>(row.view(9));
    found.ended_by = row.text(10);
    found.ended_why = row.text(11);
    found.modified_at = optional_time(row, 12);
    if (const auto claimed = optional_time(row, 13))
        found.claim = PublicationClaim{*claimed, row.text(14), enum_from<Confidence>(row.view(15))};
    return found;
}

} // namespace

void QuarantineStore::add(const Quarantined& stated, const std::map<std::string, std::string>& state)
{
    constexpr std::size_t reason_size_max = 4096; // it may quote what was refused
    auto refused = stated;
    refused.reason = shortened(refused.reason, reason_size_max);
    StoreSession::Transaction transaction(session_);
    const auto claimed = refused.claim ? std::optional(refused.claim->published_at) : std::nullopt;
    const auto field = refused.claim ? std::optional(refused.claim->field) : std::nullopt;
    const auto confidence = refused.claim ? std::optional(to_string(refused.claim->confidence)) : std::nullopt;
    Statement known(session_.database(), R"(
        UPDATE quarantine SET modified_at = $4, claimed_at = $5, claim_field = $6, claim_confidence = $7
        WHERE job = $1 AND payload_hash = $2 AND reason = $3 AND ended_at IS NULL RETURNING id)");
    known.bind(refused.job, refused.payload_hash, refused.reason, optional_text(refused.modified_at),
               optional_text(claimed), field, confidence);
    if (known.step()) {
        known.step();
        return transaction.commit();
    }
    const auto id = Statement(session_.database(), R"(
        INSERT INTO quarantine (job, payload_hash, name, reason, at, run_id, kind, modified_at, claimed_at, claim_field,
            claim_confidence)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id)")
                        .insert(refused.job, refused.payload_hash, refused.name, refused.reason,
                                refused.at == Time() ? session_.now() : format_time(refused.at),
                                refused.run == 0 ? std::nullopt : std::optional(refused.run), to_string(refused.kind),
                                optional_text(refused.modified_at), optional_text(claimed), field, confidence);
    Statement insert(session_.database(),
                     "INSERT INTO quarantine_state (quarantine_id, name, value) VALUES ($1, $2, $3)");
    for (const auto& [name, value] : state)
        insert.run(id, name, value);
    transaction.commit();
}

std::map<std::string, std::string> QuarantineStore::connector_state(std::int64_t id) const
{
    Statement row(session_.database(), "SELECT name, value FROM quarantine_state WHERE quarantine_id = $1");
    row.bind(id);
    std::map<std::string, std::string> state;
    while (row.step())
        state.emplace(row.text(0), row.text(1));
    return state;
}

std::vector<Quarantined> QuarantineStore::select(std::int64_t id, const std::string& job, Ended ended) const
{
    Statement row(session_.database(), R"(
        SELECT id, job, payload_hash, name, reason, at, coalesce(run_id, 0), kind, ended_at, ended_how,
            coalesce(ended_by, ''), coalesce(ended_why, ''), modified_at,
            claimed_at, coalesce(claim_field, ''), coalesce(claim_confidence, '')
        FROM quarantine WHERE (CAST($1 AS BIGINT) = 0 OR id = $1) AND ($2 = '' OR job = $2)
          AND (CAST($3 AS BIGINT) <> 0 OR ended_at IS NULL)
        ORDER BY id DESC)");
    row.bind(id, job, ended == Ended::included);
    std::vector<Quarantined> found;
    while (row.step()) {
        found.push_back(read_quarantined(row));
        if (!session_.has_names())
            found.back().ended_by.clear();
    }
    return found;
}

std::vector<Quarantined> QuarantineStore::list(Ended ended) const
{
    return select(0, "", ended);
}

std::vector<Quarantined> QuarantineStore::of_job(const std::string& job) const
{
    return select(0, job, Ended::left_out);
}

std::optional<Quarantined> QuarantineStore::find(std::int64_t id) const
{
    auto found = select(id, "", Ended::included);
    return id == 0 || found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void QuarantineStore::end(std::int64_t id, QuarantineEnd how, const std::string& actor, const std::string& why)
{
    StoreSession::Transaction transaction(session_);
    Statement row(session_.database(), "SELECT ended_at FROM quarantine WHERE id = $1");
    if (!row.bind(id).step())
        throw usage_error("nothing in quarantine has the number {} (see `skurd quarantine list --all`)", id);
    if (!row.is_null(0))
        throw usage_error("{} in quarantine has ended already (see `skurd quarantine show {}`)", id, id);
    Statement(session_.database(),
              "UPDATE quarantine SET ended_at = $2, ended_how = $3, ended_by = $4, ended_why = $5"
              " WHERE id = $1")
        .run(id, session_.now(), to_string(how), actor, why);
    transaction.commit();
}

} // namespace skurd
