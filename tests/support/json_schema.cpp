#include "tests/support/json_schema.hpp"

#include "base/text.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <map>
#include <stdexcept>

namespace skurd::test {

namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

/// As the library reads it: members in no order.
nlohmann::json unordered(const Json& json)
{
    return nlohmann::json::parse(json.dump());
}

/// Which command's answer it is: the first word that is none of the options all commands have.
std::string command_of(const std::vector<std::string>& arguments)
{
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--config" || arguments[i] == "--state" || arguments[i] == "--log")
            ++i;
        else if (!arguments[i].starts_with("--"))
            return arguments[i];
    }
    throw std::runtime_error("no command in " + join(arguments, " "));
}

const JsonSchema& schema_of_command(const std::string& command)
{
    static const auto all = shipped_schema("commands");
    static std::map<std::string, JsonSchema> parsed;
    if (const auto known = parsed.find(command); known != parsed.end())
        return known->second;
    if (!all.at("commands").contains(command))
        throw std::runtime_error(command + " --json has no schema in schema/json/commands.schema.json");
    auto schema = all.at("commands").at(command);
    schema["$defs"] = all.at("$defs");
    return parsed.emplace(command, JsonSchema(schema)).first->second;
}

} // namespace

struct JsonSchema::Parsed {
    valijson::Schema schema;
};

JsonSchema::JsonSchema(const Json& schema)
{
    auto parsed = std::make_unique<Parsed>();
    const auto document = unordered(schema);
    valijson::SchemaParser().populateSchema(Adapter(document), parsed->schema);
    parsed_ = std::move(parsed);
}

JsonSchema::~JsonSchema() = default;
JsonSchema::JsonSchema(JsonSchema&&) noexcept = default;

std::vector<std::string> JsonSchema::errors(const Json& value) const
{
    const auto document = unordered(value);
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    valijson::ValidationResults results;
    if (validator.validate(parsed_->schema, Adapter(document), &results))
        return {};
    std::vector<std::string> found;
    for (valijson::ValidationResults::Error error; results.popError(error);) {
        std::string place;
        for (const auto& step : error.context)
            place += step;
        found.push_back(fmt::format("{}: {}", place, error.description));
    }
    return found;
}

Json shipped_schema(const std::string& name)
{
    return Json::parse(read_file(fmt::format("{}/schema/json/{}.schema.json", SKURD_SOURCE_DIR, name)));
}

void check_answer(const std::vector<std::string>& arguments, const std::string& out)
{
    const auto errors = schema_of_command(command_of(arguments)).errors(Json::parse(out));
    if (!errors.empty())
        throw std::runtime_error(
            fmt::format("skurd {}\ndoes not fit its schema:\n{}\n{}", join(arguments, " "), join(errors, "\n"), out));
}

} // namespace skurd::test
