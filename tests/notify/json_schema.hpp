#pragma once

#include "lib/json/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

namespace skurd::test {

/// Holds JSON against a JSON Schema, as far as ours use it; throws for a keyword it does not know, so that none goes
/// unread.
class SchemaReader {
public:
    explicit SchemaReader(const Json& root) : root_(root) {}

    void check(const Json& schema, const Json& value, const std::string& where)
    {
        for (const auto& [keyword, rule] : schema.items())
            check_keyword(keyword, rule, schema, value, where);
    }

    std::vector<std::string> errors;

private:
    void fail(const std::string& where, const std::string& what) { errors.push_back(where + ": " + what); }

    static bool is_of_type(const std::string& type, const Json& value)
    {
        return type == "object"    ? value.is_object()
               : type == "array"   ? value.is_array()
               : type == "string"  ? value.is_string()
               : type == "integer" ? value.is_number_integer()
               : type == "boolean" ? value.is_boolean()
                                   : type == "null" && value.is_null();
    }

    void check_keyword(const std::string& keyword, const Json& rule, const Json& schema, const Json& value,
                       const std::string& where)
    {
        if (keyword == "type") {
            const auto types = rule.is_array() ? rule : Json::array({rule});
            if (std::none_of(types.begin(), types.end(), [&](const auto& one) { return is_of_type(one, value); }))
                fail(where, "is no " + rule.dump());
        } else if (keyword == "$ref") {
            check(root_.at(Json::json_pointer(rule.get<std::string>().substr(1))), value, where);
        } else if (keyword == "const") {
            if (value != rule)
                fail(where, "is not " + rule.dump());
        } else if (keyword == "enum") {
            if (std::find(rule.begin(), rule.end(), value) == rule.end())
                fail(where, "is none of " + rule.dump());
        } else if (keyword == "pattern") {
            if (value.is_string() &&
                !std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>())))
                fail(where, "does not fit " + rule.dump());
        } else if (keyword == "minimum") {
            if (value.is_number() && value < rule)
                fail(where, "is less than " + rule.dump());
        } else if (keyword == "anyOf") {
            check_any(rule, value, where);
        } else {
            check_members(keyword, rule, schema, value, where);
        }
    }

    void check_any(const Json& rules, const Json& value, const std::string& where)
    {
        for (const auto& rule : rules) {
            SchemaReader one(root_);
            one.check(rule, value, where);
            if (one.errors.empty())
                return;
        }
        fail(where, "fits none of " + rules.dump());
    }

    void check_members(const std::string& keyword, const Json& rule, const Json& schema, const Json& value,
                       const std::string& where)
    {
        if (keyword == "required") {
            for (const auto& name : rule)
                if (value.is_object() && !value.contains(name.get<std::string>()))
                    fail(where, "lacks " + name.dump());
        } else if (keyword == "properties") {
            for (const auto& [name, one] : rule.items())
                if (value.is_object() && value.contains(name))
                    check(one, value.at(name), where + "/" + name);
        } else if (keyword == "additionalProperties" && rule == false) {
            for (const auto& [name, one] : value.items())
                if (value.is_object() && !schema.at("properties").contains(name))
                    fail(where, "has '" + name + "' too");
        } else if (keyword == "items") {
            for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
                check(rule, value[i], fmt::format("{}/{}", where, i));
        } else if (keyword == "maxItems") {
            if (value.is_array() && value.size() > rule.get<std::size_t>())
                fail(where, "has too many");
        } else if (keyword != "$schema" && keyword != "title" && keyword != "description" && keyword != "$defs") {
            throw std::runtime_error("unknown keyword " + keyword);
        }
    }

    const Json& root_;
};

inline std::vector<std::string> schema_errors(const Json& schema, const Json& value)
{
    SchemaReader reader(schema);
    reader.check(schema, value, "");
    return reader.errors;
}

} // namespace skurd::test
