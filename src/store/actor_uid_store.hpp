#pragma once

#include "base/enum_words.hpp"
#include "store/engine/statement.hpp"
#include "store/store_session.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace skurd {

/// What a person did that is stored under a claimed name.
enum class ActorDeed { annotation, withdrawal, correction, correction_end, acknowledgement, sign_off, quarantine };
template <>
inline constexpr auto enum_words<ActorDeed> = word_table<ActorDeed>({
    {ActorDeed::annotation, "annotation"},
    {ActorDeed::withdrawal, "withdrawal"},
    {ActorDeed::correction, "correction"},
    {ActorDeed::correction_end, "correction end"},
    {ActorDeed::acknowledgement, "acknowledgement"},
    {ActorDeed::sign_off, "sign-off"},
    {ActorDeed::quarantine, "quarantine"},
});

/// Which user of the system stood behind the names that people claimed: by the kernel's word, of the process that
/// gave the order. Append-only.
class ActorUidStore {
public:
    explicit ActorUidStore(const StoreSession& session) : session_(session) {}

    /// `item` is the id of what was done, in the table of its kind. Nothing is recorded of a user nobody knows.
    void record(ActorDeed deed, std::int64_t item, const std::string& actor, std::optional<std::uint32_t> uid);

private:
    const StoreSession& session_;
};

/// The uid that a statement selected, in that column; nothing for NULL, and for somebody who was forgotten.
std::optional<std::uint32_t> uid_or_nothing(const Statement& row, int column);

} // namespace skurd
