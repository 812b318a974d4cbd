#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"
#include "lib/json/json.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// Reads JSON that came from outside: at most 64 levels of objects and arrays, and 1 000
/// members in one object. Throws Error that says what is wrong.
Json parse_json(std::string_view text);

/// Reads the members of one object of outside JSON, each by the type it must have; a list of texts or
/// numbers has at most 10 000. What is missing, of another type or out of range is refused by an Error (usage) that
/// says what and where; so are members that nobody asked for. null is as good as missing.
class JsonReader {
public:
    /// `where` names the object in messages ("order harvest"). Throws for anything but an object. The object outlives
    /// the reader.
    JsonReader(const Json& object, std::string where);

    bool has(const char* name); ///< neither missing nor null
    std::string text(const char* name);
    std::string text(const char* name, std::string_view otherwise); ///< the latter where it is missing
    std::int64_t integer(const char* name, std::int64_t least, std::int64_t most);
    std::optional<std::int64_t> optional_integer(const char* name, std::int64_t least, std::int64_t most);
    bool flag(const char* name); ///< false where it is missing
    std::optional<bool> optional_flag(const char* name);
    Time time(const char* name); ///< an instant or a date, as parse_time() reads it
    std::optional<Time> optional_time(const char* name);
    /// The enumerator whose word the text is; the first one where it is missing.
    template <HasWords Enum>
    Enum choice(const char* name)
    {
        return static_cast<Enum>(position(name, enum_words<Enum>));
    }

    std::vector<std::string> texts(const char* name); ///< empty where it is missing
    std::vector<std::int64_t> integers(const char* name, std::int64_t least, std::int64_t most);
    std::vector<std::pair<std::string, std::string>> text_members(const char* name); ///< of an object, in its order
    JsonReader object(const char* name);
    std::vector<JsonReader> objects(const char* name); ///< empty where it is missing

    /// Throws where there are members that were not asked for, with the name that was meant.
    void reject_unknown() const;
    [[noreturn]] void fail(const char* name, std::string_view what) const;

private:
    const Json* find(const char* name); ///< nullptr where it is missing or null
    const Json& array(const char* name);
    const Json& values(const char* name); ///< the same, with at most so many as an order may name
    std::size_t position(const char* name, std::span<const std::string_view> words);

    const Json* object_;
    std::string where_;
    std::vector<std::string> asked_for_;
};

} // namespace skurd
