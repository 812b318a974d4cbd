#pragma once

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "lib/sqlite/database.hpp"
#include "lib/sqlite/statement.hpp"
#include "store/lock.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <utility>

namespace skurd {

/// What a Store holds; private to src/store.
struct Store::Impl {
    /// `file` is the database; payloads are in the folder beside it, or in it.
    Impl(const std::filesystem::path& file, Access access, const Clock& clock);

    /// An instant as the store writes it.
    std::string now() const { return format_time(clock.now()); }
    std::filesystem::path payload_file(const std::string& hash) const;
    /// A kept payload as it is kept, compressed: from its file or, in a backup, from the database.
    std::string payload_frame(const std::string& hash) const;
    /// Why and when (as the store writes it) the payload was let go; also when that was since this transaction began.
    std::optional<std::pair<std::string, std::string>> payload_removal(const std::string& hash) const;

    std::filesystem::path folder;
    const Clock& clock;
    std::optional<FolderLock> lock; ///< of a writer
    mutable Database db;            ///< reading steps statements, which SQLite counts as a change of the handle
};

/// An instant read from the store. Throws Error when the text is none.
Time time_from(std::string_view text);

/// An instant, or NULL, as the store writes it.
std::optional<std::string> optional_text(const std::optional<Time>& time);

/// A column that may be NULL.
std::optional<Time> optional_time(const Statement& row, int column);

/// The enumerator whose word (to_string) this is, among the first `count`. Throws Error for a word of none: the
/// store was not written by skurd.
template <typename Enum>
Enum enum_from(std::string_view word, int count)
{
    for (int i = 0; i < count; ++i)
        if (to_string(static_cast<Enum>(i)) == word)
            return static_cast<Enum>(i);
    throw error("the store holds '{}' where another word belongs: use a newer skurd, or put back a backup", word);
}

} // namespace skurd
