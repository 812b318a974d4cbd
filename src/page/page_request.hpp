#pragma once

#include "base/number_text.hpp"
#include "lib/microhttpd/http_service.hpp"
#include "model/vintage.hpp"
#include "page/page_host.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace skurd {

/// What a browser asks for, beside what the page itself reads from the query.
struct PageRequest {
    /// Throws Error (usage) for a day that is none.
    PageRequest(const HttpRequest& its_request, const PageHost& host);

    std::string query(const char* name) const; ///< "" where it is missing
    std::string field(const char* name) const; ///< of the form
    std::string say(std::string_view nb, std::string_view en) const
    {
        return std::string(language == Language::nb ? nb : en);
    }

    /// A path with a query; language and day go with it where they were chosen. Parameters that are empty are left
    /// out.
    std::string link(std::string_view path,
                     const std::vector<std::pair<std::string_view, std::string>>& parameters = {}) const;
    /// The same of the read API, which has no language.
    std::string api_link(std::string_view path,
                         const std::vector<std::pair<std::string_view, std::string>>& parameters) const;
    /// The page itself with one parameter another one.
    std::string link_with(std::string_view name, const std::string& value) const;

    const HttpRequest& request;
    Language language = Language::nb;
    std::string chosen_language; ///< "" = the browser's wish, else Norwegian
    std::string chosen_day;      ///< of as_of, as it was given; "" = now
    AsOf as_of;
    std::string session;     ///< "" = the browser may read, no more
    std::string secret;      ///< of its forms; "" without a session
    bool can_log_in = false; ///< there is a token
    bool names_are_told = false;
    Time now{};
};

/// What had been published by a day or an instant, as a person writes it; "" = now. Throws Error (usage).
AsOf published_by(const std::string& text);

/// The first of the languages in Accept-Language that is Norwegian or English; Norwegian where none is.
Language wished_language(const std::string& accept_language);

} // namespace skurd
