#pragma once

#include "model/report_difference.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// One form of a signed report, kept byte for byte.
struct SignedRendering {
    std::string format;   ///< "text", "md", "html", "csv", "xlsx", "json"
    std::string language; ///< "nb", "en"
    std::string payload_hash;
};

/// A signature of an Ed25519 key over a sign-off.
struct SignOffSignature {
    std::string statement;  ///< what it is over
    std::string public_key; ///< PEM
    std::string signature;  ///< base64
    Time at{};              ///< when skurd was given it
};

/// A person's word that a report stands as it was: what it said, and its very bytes in all forms. Kept for ever.
struct SignOff {
    std::int64_t id = 0;
    ReportSnapshot snapshot; ///< rows are read with StoreSession::sign_off() only
    AsOf as_of;              ///< the clocks the report was asked by; nothing for one of the present
    Time signed_at{};
    std::string actor;
    std::optional<std::uint32_t> uid{}; ///< of the user who claimed that name; nothing where nobody knows
    std::string note;                   ///< mostly empty
    std::string catalogue_hash;
    std::vector<SignedRendering> renderings;
    std::vector<SignOffSignature> signatures; ///< mostly none
};

/// "Third status report (Fafo 2019:33), signed off 2026-11-22".
LocalizedText signed_title(const SignOff& signing);

} // namespace skurd
