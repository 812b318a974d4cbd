#pragma once

#include "base/enum_words.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/microhttpd/http_service.hpp"
#include "model/vintage.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// The parameters of a request's query, each by the type it must have. All throw Error (usage) that names the
/// parameter and says what it may be. The request outlives it.
class QueryReader {
public:
    /// Throws for a parameter that is none of the known.
    QueryReader(const HttpRequest& request, const std::vector<std::string>& known);

    std::string text(const char* name) const;         ///< "" where it is missing
    std::string required(const char* name) const;     ///< throws where it is missing
    std::optional<Time> time(const char* name) const; ///< a date is the end of that day in UTC
    std::optional<Period> period(const char* name) const;
    std::int64_t number(const char* name, std::int64_t otherwise, std::int64_t most) const; ///< from 1
    AsOf as_of() const;                                                                     ///< of as_of and known_at
    /// One of the words; the first one where it is missing.
    std::string choice(const char* name, const std::vector<std::string>& words) const;
    /// The enumerator of that word; nothing where it is missing.
    template <HasWords Enum>
    std::optional<Enum> word(const char* name) const
    {
        const auto given = text(name);
        if (given.empty())
            return std::nullopt;
        return from_word<Enum>(choice(name, {enum_words<Enum>.begin(), enum_words<Enum>.end()}));
    }

private:
    const HttpRequest& request_;
};

} // namespace skurd
