#include "base/log_scope.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// From the outermost to the innermost.
std::vector<const LogFields*>& scopes()
{
    thread_local std::vector<const LogFields*> all;
    return all;
}

} // namespace

LogScope::LogScope(LogFields fields) : fields_(std::move(fields))
{
    scopes().push_back(&fields_);
}

LogScope::~LogScope()
{
    scopes().pop_back();
}

LogFields log_fields()
{
    LogFields found;
    for (const auto* scope : scopes())
        for (const auto& field : *scope) {
            const auto known =
                std::find_if(found.begin(), found.end(), [&](const auto& one) { return one.first == field.first; });
            if (known == found.end())
                found.push_back(field);
            else
                known->second = field.second;
        }
    return found;
}

std::string log_field(const std::string& name)
{
    for (const auto& [known, value] : log_fields())
        if (known == name)
            return value;
    return "";
}

} // namespace skurd
