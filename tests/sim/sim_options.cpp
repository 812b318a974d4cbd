#include "tests/sim/sim_options.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace skurd::sim {

SimOptions::SimOptions(const std::vector<std::string>& words, const std::set<std::string>& known)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (!word.starts_with("--")) {
            plain_.push_back(word);
            continue;
        }
        const auto name = word.substr(2);
        if (known.contains("!" + name)) {
            values_[name];
            continue;
        }
        if (!known.contains(name))
            throw usage_error("unknown option '{}' here; see skurd-sim --help", word);
        if (++i == words.size())
            throw usage_error("'{}' needs a value; see skurd-sim --help", word);
        values_[name].push_back(words[i]);
    }
}

std::vector<std::string> SimOptions::all(const std::string& name) const
{
    const auto found = values_.find(name);
    return found == values_.end() ? std::vector<std::string>() : found->second;
}

std::string SimOptions::text(const std::string& name, const std::string& fallback) const
{
    const auto given = all(name);
    return given.empty() ? fallback : given.back();
}

int SimOptions::number(const std::string& name, int fallback, int most) const
{
    const auto given = text(name, std::to_string(fallback));
    if (!all_digits(given) || given.size() > 9 || std::stoi(given) > most)
        throw usage_error("--{}: '{}' is not a whole number up to {}", name, given, most);
    return std::stoi(given);
}

std::size_t SimOptions::choice(const std::string& name, const std::vector<std::string>& words) const
{
    const auto given = text(name, words.front());
    const auto found = std::find(words.begin(), words.end(), given);
    if (found == words.end())
        throw usage_error("--{}: '{}' is none of {}", name, given, join(words, ", "));
    return static_cast<std::size_t>(found - words.begin());
}

} // namespace skurd::sim
