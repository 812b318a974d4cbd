#include "view/configuration_json.hpp"

#include "view/value_json.hpp"

namespace skurd {

Json to_json(const ConfigurationKey& key)
{
    const auto value = std::visit([](const auto& one) -> Json { return one; }, key.value);
    return {{"table", text_json(key.table)},
            {"key", key.key},
            {"value", value},
            {"from", to_string(key.origin)},
            {"where", text_json(key.where)}};
}

Json to_json(const ConfiguredFile& file)
{
    return {{"name", file.name}, {"role", to_string(file.role)}, {"file", file.file}};
}

Json to_json(const Configuration& configuration)
{
    return {{"file", text_json(configuration.file)},
            {"keys", json_list(configuration.keys)},
            {"jobs", json_list(configuration.jobs)},
            {"jobs_left_out", configuration.jobs_left_out},
            {"catalogue", json_list(configuration.catalogue)}};
}

Json to_json(const ConfigurationVersion& version)
{
    return {{"version", version.hash},
            {"in_force_since", time_json(version.at)},
            {"host", version.host},
            {"program", version.program},
            {"texts", version.texts}};
}

Json to_json(const ConfigurationText& text)
{
    return {{"kind", to_string(text.kind)}, {"name", text.name}, {"text", text.text}};
}

} // namespace skurd
