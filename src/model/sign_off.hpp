#pragma once

#include "model/report_difference.hpp"

#include <string>
#include <vector>

namespace skurd {

/// One form of a signed report, kept byte for byte.
struct SignedRendering {
    std::string format;   ///< "text", "md", "html", "csv", "xlsx", "json"
    std::string language; ///< "nb", "en"
    std::string payload_hash;
};

/// A person's word that a report stands as it was: what it said, and its very bytes in all forms. Kept for ever.
struct SignOff {
    std::int64_t id = 0;
    SaidReport said; ///< rows are read with Store::sign_off() only
    AsOf as_of;      ///< of the report; its second clock is set to the moment of signing where none was asked for
    Time signed_at{};
    std::string person;
    std::string note; ///< mostly empty
    std::string catalogue_hash;
    std::vector<SignedRendering> renderings;
};

} // namespace skurd
