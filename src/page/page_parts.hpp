#pragma once

#include "lib/json/json.hpp"
#include "model/flag.hpp"
#include "model/verdict.hpp"
#include "model/vintage.hpp"
#include "page/page_request.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace skurd {

// What several pages show, as their templates are filled with it.

/// The class of an outcome in the style sheet: "improved", "no-data".
std::string outcome_class(Outcome outcome);

/// {"sentence", "class", "sign", "word", "between": "2016 → 2017", "caveat", "near_miss", "rule", "is_provisional"};
/// the first is without the word and colon that it begins with.
Json verdict_json(const PageRequest& request, const Verdict& verdict, Direction direction);

/// {"id", "link", "kind", "state", "is_open", "text", "indicator", "indicator_link", "raised", "note", "actor"}
Json flag_line(const PageRequest& request, const Flag& flag);

/// {"when", "dataset", "link", "origin", "vintage"}
Json vintage_line(const PageRequest& request, const Vintage& vintage);

/// A moment for people: "2026-11-28 08:21". UTC, as headings say.
std::string moment(Time at);

/// The link of an indicator's page.
std::string indicator_link(const PageRequest& request, int number);

/// "datasets": of a table that is cut, how many rows it has beyond; null where it is whole.
Json cut_json(std::size_t all, std::size_t shown);

} // namespace skurd
