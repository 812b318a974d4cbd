#pragma once

#include "lib/json/json.hpp"

#include <map>
#include <string>

namespace skurd {

/// Fills a mustache template (mustache.github.io/mustache.5.html). `{{name}}` is a text, escaped for HTML, in
/// attributes too; `{{{name}}}` is one that is HTML already; `{{#name}}` a list, an object or a truth; `{{>name}}` a
/// part. What a name does not find within a section it finds outside it. A text that is empty, null and false are no
/// truth.
std::string fill_template(const std::string& text, const Json& with, const std::map<std::string, std::string>& parts);

} // namespace skurd
