#include "api/query_reader.hpp"

#include "base/time_text.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t value_bytes_max = 16 << 10;

/// "name[]" among the known stands for any "name[…]", in upper or lower case.
bool is_known(const std::string& name, const std::vector<std::string>& known)
{
    const auto family = name.ends_with(']') ? to_lower(name.substr(0, name.find('['))) + "[]" : name;
    return std::any_of(known.begin(), known.end(), [&](const std::string& one) {
        return one.ends_with(']') ? to_lower(one) == family : one == name;
    });
}

} // namespace

QueryReader::QueryReader(const HttpRequest& request, const std::vector<std::string>& known) : request_(request)
{
    for (const auto& [name, value] : request.query) {
        if (!is_known(name, known))
            throw usage_error("there is no parameter '{}'{}; known here: {}", excerpt(name),
                              did_you_mean(name, known), known.empty() ? "none" : join(known, ", "));
        if (value.size() > value_bytes_max)
            throw usage_error("{}: {} bytes, and {} are the most", excerpt(name), value.size(), value_bytes_max);
        if (!is_valid_utf8(value) || value.find('\0') != std::string::npos)
            throw usage_error("{}: text in UTF-8 is wanted", name);
    }
}

std::string QueryReader::text(const char* name) const
{
    const auto found = request_.query.find(name);
    return found == request_.query.end() ? "" : std::string(trim(found->second));
}

std::string QueryReader::required(const char* name) const
{
    auto given = text(name);
    if (given.empty())
        throw usage_error("the parameter {} is missing", name);
    return given;
}

std::optional<Time> QueryReader::time(const char* name) const
{
    const auto given = text(name);
    if (given.empty())
        return std::nullopt;
    const auto time = parse_time(given, DayEdge::end);
    if (!time)
        throw usage_error("{}: '{}' is not a date or an instant (like 2018-06-01 or 2018-06-01T08:00:00Z)", name,
                          excerpt(given));
    return time;
}

std::optional<Period> QueryReader::period(const char* name) const
{
    const auto given = text(name);
    if (given.empty())
        return std::nullopt;
    const auto period = Period::parse(given);
    if (!period || period->kind() == PeriodKind::other)
        throw usage_error("{}: '{}' is not a period (like 2018, 2018Q1, 2018M06)", name, excerpt(given));
    return period;
}

std::int64_t QueryReader::number(const char* name, std::int64_t otherwise, std::int64_t most) const
{
    const auto given = text(name);
    if (given.empty())
        return otherwise;
    const auto number = positive_number(given);
    if (!number || *number > most)
        throw usage_error("{}: '{}' is no number from 1 to {}", name, excerpt(given), most);
    return *number;
}

AsOf QueryReader::as_of() const
{
    return {time("as_of"), time("known_at")};
}

std::string QueryReader::choice(const char* name, const std::vector<std::string>& words) const
{
    const auto given = text(name);
    if (given.empty())
        return words.front();
    if (std::find(words.begin(), words.end(), given) == words.end())
        throw usage_error("{}: '{}' is none of {}", name, excerpt(given), join(words, ", "));
    return given;
}

} // namespace skurd
