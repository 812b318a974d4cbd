#include "view/store_json.hpp"

#include "base/time_text.hpp"
#include "view/value_json.hpp"

namespace skurd {

Json to_json(const Quarantined& quarantined)
{
    return {{"quarantine", quarantined.id},
            {"job", quarantined.job},
            {"kind", to_string(quarantined.kind)},
            {"name", quarantined.name},
            {"payload", quarantined.payload_hash},
            {"run", id_json(quarantined.run)},
            {"reason", quarantined.reason},
            {"at", format_time(quarantined.at)},
            {"modified_at", time_json(quarantined.modified_at)},
            {"ended", quarantined.ended ? Json(to_string(*quarantined.ended)) : Json(nullptr)},
            {"ended_at", time_json(quarantined.ended_at)},
            {"ended_by", quarantined.ended_by},
            {"ended_why", quarantined.ended_why}};
}

Json to_json(const RecordedDrift& drift)
{
    return {{"dataset", drift.dataset},           {"seen", format_time(drift.seen_at)},
            {"run", id_json(drift.run)},          {"severity", to_string(drift.drift.severity)},
            {"dimension", drift.drift.dimension}, {"text_nb", drift.drift.text_nb},
            {"text_en", drift.drift.text_en}};
}

Json to_json(const SignOff& signing)
{
    auto signatures = Json::array();
    for (const auto& each : signing.signatures)
        signatures.push_back({{"statement", each.statement},
                              {"public_key", each.public_key},
                              {"signature", each.signature},
                              {"at", format_time(each.at)}});
    return {{"sign_off", signing.id},
            {"set", signing.snapshot.set},
            {"period", signing.snapshot.period.text()},
            {"signed", format_time(signing.signed_at)},
            {"actor", signing.actor},
            {"uid", uid_json(signing.uid)},
            {"catalogue", signing.catalogue_hash},
            {"note", signing.note},
            {"signatures", signatures}};
}

Json to_json(const Verification& verification)
{
    return {{"ok", verification.wrong.empty()},    {"wrong", verification.wrong},
            {"vintages", verification.vintages},   {"cells", verification.cells},
            {"payloads", verification.payloads},   {"payloads_removed", verification.payloads_removed},
            {"unchecked", verification.unchecked}, {"content_head", verification.content_head},
            {"log_head", verification.log_head},   {"kept_head", verification.kept_head}};
}

} // namespace skurd
