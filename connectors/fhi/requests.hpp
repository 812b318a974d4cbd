#pragma once

#include "connectors/fhi/decode.hpp"
#include "connectors/fhi/settings.hpp"
#include "model/request.hpp"

#include <string>

namespace skurd {

// Every request that is made of FHI. Those about a whole source are shared by its jobs.

Request fhi_sources_request(const std::string& base_url);
Request fhi_list_request(const std::string& base_url, const std::string& source);
/// The tables whose data, metadata or labels were modified since that day.
Request fhi_update_list_request(const std::string& base_url, const std::string& source, const std::string& day);
Request fhi_table_request(const std::string& base_url, const std::string& source, const std::string& table);
Request fhi_dimension_request(const std::string& base_url, const std::string& source, const std::string& table);
Request fhi_flag_request(const std::string& base_url, const std::string& source, const std::string& table);
Request fhi_data_request(const FhiSettings& settings, const std::string& table, const FhiSelection& selection);

} // namespace skurd
