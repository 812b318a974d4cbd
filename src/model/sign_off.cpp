#include "model/sign_off.hpp"

#include "base/time_text.hpp"

namespace skurd {

LocalizedText signed_title(const SignOff& signing)
{
    const auto day = format_date(signing.signed_at);
    return {signing.snapshot.name.nb + ", godkjent " + day, signing.snapshot.name.en + ", signed off " + day};
}

} // namespace skurd
