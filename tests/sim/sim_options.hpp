#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace skurd::sim {

/// LocalizedText of a command line, read as `--name value`, `--flag` and plain words.
class SimOptions {
public:
    /// `known` has the names that take a value, and those of flags with a '!' before them: "port", "!forbid". Throws
    /// Error (usage) for any other.
    SimOptions(const std::vector<std::string>& words, const std::set<std::string>& known);

    bool has(const std::string& name) const { return values_.contains(name); }
    std::vector<std::string> all(const std::string& name) const;
    std::string text(const std::string& name, const std::string& fallback) const;
    int number(const std::string& name, int fallback, int most) const; ///< whole, from 0. Throws Error (usage).
    /// One of the words. Throws Error (usage) with them.
    std::size_t choice(const std::string& name, const std::vector<std::string>& words) const;
    const std::vector<std::string>& plain() const { return plain_; }

private:
    std::map<std::string, std::vector<std::string>> values_;
    std::vector<std::string> plain_;
};

} // namespace skurd::sim
