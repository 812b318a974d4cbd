#pragma once

#include "lib/json/json.hpp"

#include <memory>
#include <string>
#include <vector>

namespace skurd::test {

/// A JSON Schema to hold JSON against. (valijson)
class JsonSchema {
public:
    explicit JsonSchema(const Json& schema); ///< its references are into itself
    ~JsonSchema();
    JsonSchema(JsonSchema&&) noexcept;
    JsonSchema(const JsonSchema&) = delete;
    JsonSchema& operator=(const JsonSchema&) = delete;

    /// "/rows/0/value: …" for each breach; none when the value fits.
    std::vector<std::string> errors(const Json& value) const;

private:
    struct Parsed;
    std::unique_ptr<const Parsed> parsed_;
};

/// A schema of schema/json/.
Json shipped_schema(const std::string& name);

/// Holds what `skurd ARGUMENTS… --json` printed against schema/json/commands.schema.json. Throws std::runtime_error
/// for a command that has no schema, and for what does not fit.
void check_answer(const std::vector<std::string>& arguments, const std::string& out);

} // namespace skurd::test
