#include "order/signature_order.hpp"

#include <limits>

namespace skurd {

SignatureOrder SignatureOrder::read(JsonReader& json)
{
    return {json.integer("sign_off", 1, std::numeric_limits<std::int64_t>::max()), json.text("public_key"),
            json.text("signature"), json.text("actor", "")};
}

Json to_json(const SignatureOrder& order)
{
    return {{"sign_off", order.sign_off},
            {"public_key", order.public_key},
            {"signature", order.signature},
            {"actor", order.actor}};
}

} // namespace skurd
