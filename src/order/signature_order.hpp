#pragma once

#include "order/results.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace skurd {

/// Keep a signature over a sign-off's statement (store/sign_off_store.hpp), made with a key that skurd never sees.
struct SignatureOrder {
    static constexpr std::string_view name = "add signature";
    using Result = RecordedResult;

    std::int64_t sign_off = 0;
    std::string public_key; ///< of Ed25519, PEM
    std::string signature;  ///< base64
    std::string actor;      ///< who gives it; may be empty

    static SignatureOrder read(JsonReader& json);
};
Json to_json(const SignatureOrder& order); ///< {"sign_off": id, "public_key": text, "signature": text, "actor": name}

} // namespace skurd
