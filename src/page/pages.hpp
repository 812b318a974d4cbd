#pragma once

#include "api/store_reader.hpp"
#include "order/order_desk.hpp"
#include "page/html_page.hpp"
#include "page/page_host.hpp"
#include "page/page_request.hpp"
#include "serve/daemon_view.hpp"

#include <string>

namespace skurd {

/// What a page is made from.
struct PageSources {
    const PageRequest& request;
    const StoreReading& reading;
    const PageHost& host;
    const DaemonView& view;
    OrderDesk& desk;
    const std::string& id; ///< of the path
};

// One line for each page. All throw Error (usage) for what is asked for and cannot be, and NothingThereError for what
// is not there.

HtmlPage overview_page(const PageSources& from);
HtmlPage indicators_page(const PageSources& from); ///< all there are
HtmlPage indicator_page(const PageSources& from);
HtmlPage flags_page(const PageSources& from);
HtmlPage flag_page(const PageSources& from); ///< one flag and what happened to it
HtmlPage changes_page(const PageSources& from);
HtmlPage data_page(const PageSources& from); ///< all datasets, or one
HtmlPage sources_page(const PageSources& from);
HtmlPage order_page(const PageSources& from); ///< how an order goes

// And for each form, which a session is needed for; where the browser goes next.

std::string acknowledge(const PageSources& from);
std::string harvest(const PageSources& from);
std::string answer_quarantine(const PageSources& from); ///< tries it again, or is done with it

} // namespace skurd
