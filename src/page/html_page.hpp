#pragma once

#include "lib/json/json.hpp"
#include "lib/microhttpd/http_service.hpp"
#include "page/page_request.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// A page before it is put into the frame that all have.
struct HtmlPage {
    std::string_view name; ///< of its template: "overview"
    std::string title;
    Json content; ///< what the template is filled with
    int status = 200;
    std::string_view section{};                   ///< the path of the entry of the menu that it belongs to; "" = none
    std::size_t unanswered = 0;                   ///< flags, for the menu
    bool has_day = false;                         ///< it can be seen as of another day
    std::optional<std::chrono::seconds> behind{}; ///< by how much a replica may lag; nothing where it is none
    bool is_awaited = false; ///< it will soon say something else: a browser without scripts asks again
};

/// The page as it is sent: escaped, with the headers that keep foreign scripts and frames away.
HttpResponse render(const PageRequest& request, const HtmlPage& page);

/// To another page, after a form was taken.
HttpResponse go_to(const std::string& link);

/// A page that says what is wrong, in a sentence.
HttpResponse problem_page(const PageRequest& request, int status, const std::string& sentence);

/// A template with its words in one language: in `[[Oversikt|Overview]]` those of that language stay. Throws Error
/// for a name that is none.
const std::string& page_template(const std::string& name, Language language);

} // namespace skurd
