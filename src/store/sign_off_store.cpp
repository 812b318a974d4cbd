#include "store/sign_off_store.hpp"
#include "lib/openssl/base64.hpp"
#include "lib/openssl/ed25519.hpp"
#include "store/actor_uid_store.hpp"
#include "store/chain/log_chain.hpp"
#include "store/chain/signed_statement.hpp"
#include "store/columns.hpp"
#include "store/numbers.hpp"

namespace skurd {

namespace {

/// Writes what a signed report said.
class SignOffWriter {
public:
    SignOffWriter(Database& database, std::int64_t id)
        : id_(id), row_(database, "INSERT INTO signed_row VALUES ($1, $2, $3, $4, $5, $6, $7)"),
          value_(database, "INSERT INTO signed_value VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
          verdict_(database,
                   "INSERT INTO signed_verdict VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"),
          rendering_(database, "INSERT INTO signed_rendering VALUES ($1, $2, $3, $4)")
    {
    }

    void write(const SnapshotRow& row)
    {
        row_.run(id_, row.number, row.indicator, row.merged_into, row.label.nb, row.label.en, row.unit);
        for (const auto& [period, value] : row.values)
            value_.run(id_, row.number, period.text(), exact_text(value.value.number), value.value.symbol.text,
                       to_string(value.value.symbol.meaning), value.definition,
                       value.vintage == 0 ? std::nullopt : std::optional(value.vintage),
                       format_time(value.published_at));
        for (const auto& v : row.changes)
            verdict_.run(id_, row.number, to_string(v.comparison), v.from.text(), v.to.text(),
                         exact_text(v.old_value), exact_text(v.new_value), to_string(v.outcome), exact_text(v.change),
                         v.unit, v.rule, v.reason, v.sentence.nb, v.sentence.en);
    }

    void write(const SignedRendering& rendering)
    {
        rendering_.run(id_, rendering.format, rendering.language, rendering.payload_hash);
    }

private:
    std::int64_t id_;
    Statement row_;
    Statement value_;
    Statement verdict_;
    Statement rendering_;
};

Period period_of(std::string_view text)
{
    return Period::from_text(text);
}

/// Reads what a signed report said, row by row.
class SignOffReader {
public:
    SignOffReader(Database& database, std::int64_t id)
        : id_(id), value_(database, "SELECT period, value, status, meaning, definition, vintage_id, published_at"
                                    " FROM signed_value WHERE sign_off_id = $1 AND number = $2"),
          verdict_(database,
                   "SELECT comparison, from_period, to_period, old_value, new_value, outcome, change, unit, rule,"
                   " reason, sentence_nb, sentence_en FROM signed_verdict WHERE sign_off_id = $1 AND number = $2")
    {
    }

    void read(SnapshotRow& row)
    {
        value_.bind(id_, row.number);
        while (value_.step())
            read_value(row);
        verdict_.bind(id_, row.number);
        while (verdict_.step())
            read_verdict(row);
    }

private:
    void read_value(SnapshotRow& row) const
    {
        auto& value = row.values[period_of(value_.view(0))];
        value.value = {exact_number(value_, 1), {value_.text(2), meaning_from(value_.view(3))}};
        value.definition = static_cast<int>(value_.integer(4));
        value.vintage = value_.is_null(5) ? 0 : value_.integer(5);
        value.published_at = time_from(value_.view(6));
    }

    void read_verdict(SnapshotRow& row) const
    {
        auto& verdict = row.changes.emplace_back();
        verdict.indicator = row.indicator;
        verdict.comparison = enum_from<Comparison>(verdict_.view(0));
        verdict.from = period_of(verdict_.view(1));
        verdict.to = period_of(verdict_.view(2));
        verdict.old_value = exact_number(verdict_, 3);
        verdict.new_value = exact_number(verdict_, 4);
        verdict.outcome = enum_from<Outcome>(verdict_.view(5));
        verdict.change = exact_number(verdict_, 6);
        verdict.unit = verdict_.text(7);
        verdict.rule = verdict_.text(8);
        verdict.reason = verdict_.text(9);
        verdict.sentence.nb = verdict_.text(10);
        verdict.sentence.en = verdict_.text(11);
    }

    std::int64_t id_;
    Statement value_;
    Statement verdict_;
};

SignOff read_sign_off(const Statement& row)
{
    SignOff found;
    found.id = row.integer(0);
    found.snapshot.set = static_cast<int>(row.integer(1));
    found.snapshot.period = period_of(row.view(2));
    found.as_of = {optional_time(row, 3), optional_time(row, 4)};
    found.snapshot.as_of = found.as_of.published;
    found.snapshot.name = {row.text(5), row.text(6)};
    found.signed_at = time_from(row.view(7));
    found.actor = row.text(8);
    found.note = row.text(9);
    found.catalogue_hash = row.text(10);
    found.uid = uid_or_nothing(row, 11);
    return found;
}

/// For who is to have none.
void leave_out_names(const StoreSession& session, SignOff& signing)
{
    if (session.has_names())
        return;
    signing.actor.clear();
    signing.uid.reset();
}

std::vector<SignOffSignature> read_signatures(Database& database, std::int64_t id)
{
    std::vector<SignOffSignature> found;
    Statement row(database, "SELECT statement, public_key, signature, at FROM sign_off_signature"
                            " WHERE sign_off_id = $1 ORDER BY id");
    row.bind(id);
    while (row.step())
        found.push_back({row.text(0), row.text(1), row.text(2), time_from(row.view(3))});
    return found;
}

/// Of one signing, or of all where the id is 0.
constexpr auto select_sign_offs = R"(
    SELECT id, set_number, period, as_of, known_at, name_nb, name_en, signed_at, actor, note, catalogue_hash,
        (SELECT max(u.uid) FROM actor_uid AS u WHERE u.kind = 'sign-off' AND u.item = sign_off.id)
    FROM sign_off WHERE CAST($1 AS BIGINT) = 0 OR id = $1 ORDER BY id)";

} // namespace

std::int64_t SignOffStore::store(const SignOff& signing)
{
    StoreSession::Transaction transaction(session_);
    const auto& snapshot = signing.snapshot;
    const auto id =
        Statement(
            session_.database(),
            "INSERT INTO sign_off (set_number, period, as_of, known_at, name_nb, name_en, signed_at, actor,"
            " note, catalogue_hash, ingest_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id")
            .insert(snapshot.set, snapshot.period.text(), optional_text(signing.as_of.published),
                    optional_text(signing.as_of.known), snapshot.name.nb, snapshot.name.en,
                    format_time(signing.signed_at), signing.actor, signing.note, signing.catalogue_hash,
                    transaction.record(CommitKind::sign_off));
    SignOffWriter writer(session_.database(), id);
    for (const auto& row : snapshot.rows)
        writer.write(row);
    for (const auto& rendering : signing.renderings)
        writer.write(rendering);
    transaction.commit();
    return id;
}

std::vector<SignOff> SignOffStore::list() const
{
    Statement row(session_.database(), select_sign_offs);
    row.bind(0);
    std::vector<SignOff> found;
    while (row.step()) {
        found.push_back(read_sign_off(row));
        found.back().signatures = read_signatures(session_.database(), found.back().id);
        leave_out_names(session_, found.back());
    }
    return found;
}

SignOff SignOffStore::find(std::int64_t id) const
{
    Statement signing(session_.database(), select_sign_offs);
    if (id == 0 || !signing.bind(id).step())
        throw usage_error("there is no sign-off {}: see skurd signoff --list", id);
    auto found = read_sign_off(signing);
    leave_out_names(session_, found);
    Statement row(session_.database(),
                  "SELECT number, indicator, merged_into, label_nb, label_en, unit FROM signed_row"
                  " WHERE sign_off_id = $1 ORDER BY number");
    row.bind(id);
    SignOffReader reader(session_.database(), id);
    while (row.step()) {
        SnapshotRow snapshot_row;
        snapshot_row.number = static_cast<int>(row.integer(0));
        snapshot_row.indicator = static_cast<int>(row.integer(1));
        snapshot_row.merged_into = static_cast<int>(row.integer(2));
        snapshot_row.label = {row.text(3), row.text(4)};
        snapshot_row.unit = row.text(5);
        reader.read(snapshot_row);
        found.snapshot.rows.push_back(std::move(snapshot_row));
    }
    Statement rendering(session_.database(),
                        "SELECT format, language, payload_hash FROM signed_rendering WHERE sign_off_id = $1");
    rendering.bind(id);
    while (rendering.step())
        found.renderings.push_back({rendering.text(0), rendering.text(1), rendering.text(2)});
    return found;
}

std::string SignOffStore::statement(std::int64_t id) const
{
    const auto text = sign_off_statement(session_.database(), id);
    if (!text)
        throw usage_error("there is no sign-off {}: see skurd signoff --list", id);
    return *text;
}

std::int64_t SignOffStore::add_signature(std::int64_t id, const std::string& public_key, const std::string& signature)
{
    const auto text = statement(id);
    const auto key = same_form_ed25519(public_key);
    if (!is_signed_ed25519(key, text, signature))
        throw usage_error("that is no signature of this key over the statement of sign-off {} (skurd signoff "
                          "--statement {})",
                          id, id);
    StoreSession::Transaction transaction(session_);
    const auto added = Statement(session_.database(),
                                 "INSERT INTO sign_off_signature (sign_off_id, statement, public_key, signature, at)"
                                 " VALUES ($1, $2, $3, $4, $5) RETURNING id")
                           .insert(id, text, key, to_base64(signature), session_.now());
    LogChain(session_.database()).add(LogItem::signature, added);
    transaction.commit();
    return added;
}

} // namespace skurd
