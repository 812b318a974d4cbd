#pragma once

#include "connectors/pxweb/decode.hpp"
#include "connectors/pxweb/settings.hpp"
#include "model/request.hpp"

#include <string>

namespace skurd {

constexpr int update_list_days = 7;  ///< how far back the question for changed tables goes
constexpr int long_list_days = 3650; ///< and the one whether lists of changes show anything

/// What is asked of a PxWebApi v2 server.
Request ask_config(const PxwebSettings& settings);
/// The tables that changed lately; one answer serves every job of the same base_url and language for ten minutes.
Request ask_update_list(const PxwebSettings& settings, std::uint64_t page);
/// The same list over many years, of which one item will do: where it is empty too, lists of changes show nothing
/// here.
Request ask_long_list(const PxwebSettings& settings);
Request ask_search(const PxwebSettings& settings, const std::string& words);
/// The same with discontinued ones, page by page; all tables for "".
Request ask_list(const PxwebSettings& settings, const std::string& words, std::uint64_t page);
Request ask_description(const PxwebSettings& settings, const std::string& table);
Request ask_metadata(const PxwebSettings& settings, const std::string& table);
Request ask_codelist(const PxwebSettings& settings, const std::string& id);
/// GET, or POST where the address would be too long or cannot say it.
Request ask_data(const PxwebSettings& settings, const std::string& table, const PxwebSelection& selection);

/// The same asked for once more in a run, to see whether the answer is still the same.
Request ask_again(Request request);

/// The same of v1.
Request ask_config_v1(const PxwebSettings& settings);
Request ask_search_v1(const PxwebSettings& settings, const std::string& words);
Request ask_metadata_v1(const PxwebSettings& settings, const std::string& table);
Request ask_data_v1(const PxwebSettings& settings, const std::string& table, const std::string& body,
                    const std::string& what);

/// The selection as the job states it: when it changes, an unchanged table is fetched again all the same.
std::string selection_text(const PxwebSettings& settings, const std::string& table);

/// The words to look for tables like that one: of its title the first ones, without number and periods.
std::string text_like(const std::string& title);

} // namespace skurd
