#pragma once

namespace skurd {

/// Whether a list holds what has come to its end too: a closed flag, a withdrawn annotation, an ended correction, an
/// answered entry of quarantine.
enum class Ended { left_out, included };

inline Ended ended_if(bool included)
{
    return included ? Ended::included : Ended::left_out;
}

} // namespace skurd
