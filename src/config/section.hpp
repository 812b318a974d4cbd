#pragma once

#include "base/enum_words.hpp"
#include "model/configuration.hpp"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace skurd {

constexpr std::size_t toml_file_size_max = 1 << 20; ///< bytes

/// One table of a TOML file, read with types. Each getter takes the default at the point of reading and remembers
/// that the key was asked for; reject_unknown_keys() then refuses what nobody asked for. Every error is an Error of
/// usage that begins with "file:line: ".
///
/// A cheap handle that shares the parsed file (the parse tree outlives every handle to it; hence the shared_ptr).
class Section {
public:
    using Environment = std::map<std::string, std::string, std::less<>>;

    /// Parses a whole file's text; `name` is what errors call it. At most 1 MiB.
    static Section parse(std::string_view text, const std::string& name);
    static Section load(const std::filesystem::path& path);

    std::string get_string(std::string_view key, std::string_view fallback);
    std::string require_string(std::string_view key);
    std::int64_t get_integer(std::string_view key, std::int64_t fallback, std::int64_t least, std::int64_t most);
    std::int64_t require_integer(std::string_view key, std::int64_t least, std::int64_t most);
    bool get_bool(std::string_view key, bool fallback);
    /// One of the known words, or the fallback where the key is missing.
    std::string get_choice(std::string_view key, std::string_view fallback,
                           std::initializer_list<std::string_view> known);
    /// The enumerator whose word stands there, or the fallback where the key is missing; `known` are those that may.
    template <HasWords Enum>
    Enum get_choice(std::string_view key, Enum fallback)
    {
        return *from_word<Enum>(get_word(key, to_string(fallback), enum_words<Enum>));
    }
    template <HasWords Enum>
    Enum get_choice(std::string_view key, Enum fallback, std::initializer_list<Enum> known)
    {
        std::vector<std::string_view> words;
        for (const auto one : known)
            words.push_back(to_string(one));
        return *from_word<Enum>(get_word(key, to_string(fallback), words));
    }
    template <HasWords Enum>
    Enum require_choice(std::string_view key)
    {
        require_string(key);
        return get_choice(key, Enum{});
    }
    template <HasWords Enum>
    Enum require_choice(std::string_view key, std::initializer_list<Enum> known)
    {
        require_string(key);
        return get_choice(key, *known.begin(), known);
    }
    /// An array of strings; a single string counts as an array of one. The fallback where the key is missing.
    std::vector<std::string> get_strings(std::string_view key, const std::vector<std::string>& fallback = {});
    /// A table of strings, in the file's order of keys by line. Empty where the key is missing.
    std::vector<std::pair<std::string, std::string>> get_string_table(std::string_view key);

    /// What only the environment may give (see override_by_environment), and reads() does not tell; "" where it does
    /// not. Throws where it stands in the file.
    std::string get_secret(std::string_view key);

    bool has(std::string_view key) const;
    /// A renamed key as the file spells it: the old name where only that is there. Throws where both are.
    std::string_view either_key(std::string_view key, std::string_view old_name) const;
    bool is_table(std::string_view key) const; ///< false where it is missing
    std::optional<Section> get_table(std::string_view key);
    Section require_table(std::string_view key);
    /// The table; an empty one where it is missing, so that its readers give their defaults.
    Section table(std::string_view key);
    std::vector<Section> get_tables(std::string_view key); ///< an array of tables: `[[key]]`
    std::vector<std::string> keys() const;                 ///< in the file's order

    /// Takes over each key of the other table that is missing here. Errors go on naming the file it stands in; the
    /// other table is used up.
    void add_missing(Section&& other);

    /// What override_by_environment() looks into, from here on, for the whole file. Without it, into nothing.
    void use_environment(Environment environment);
    /// For paths and secrets: where the environment has the key's variable (that of `proxy` in [fetch] is
    /// SKURD_FETCH_PROXY), its getters give that. What is set otherwise stays.
    void override_by_environment(std::string_view key);
    /// Its getters give that text from now on; `where` is what messages call the place it came from.
    void set(std::string_view key, const std::string& text, KeyOrigin origin, const std::string& where);
    KeyOrigin origin(std::string_view key) const;

    /// From here on what getters give of the whole file is remembered, for reads().
    void remember_reads();
    /// What they gave, those of one table together, each key once: which keys there are, and where each value comes
    /// from.
    std::vector<ConfigurationKey> reads() const;
    /// A number that another text of the file has not: what was set otherwise does not count.
    std::uint64_t fingerprint() const;

    /// Throws for the first key, here or in a table got from here, that no getter asked for, with "did you mean".
    void reject_unknown_keys() const;
    /// The same for all of them, a sentence each; of tables that were given up nothing is said.
    std::vector<std::string> unknown_keys() const;
    /// A mistake ended the reading of this table: what nobody asked for of it is not unknown.
    void give_up();

    /// What the last error of a file's getters was about.
    enum class Mistake {
        value,   ///< a key that is there
        missing, ///< one that is not
        follows, ///< one that is not because take_out_mistake() took it out, or that goes by the name of one it took
                 ///< out
        other,   ///< nothing that a getter asked for
    };
    /// Takes what the last error was at out of the file, so that reading it anew finds what else is wrong.
    Mistake take_out_mistake();
    /// The whole file as if nobody had asked for anything yet. Older handles must not be used after
    /// take_out_mistake().
    Section anew() const;

    /// An Error at a key (or, where it is missing, at the table): "file:line: message".
    [[noreturn]] void fail(std::string_view key, std::string_view message) const;

    const std::string& file() const;
    std::string where(std::string_view key) const; ///< "file:line" of a key, or of the table where it is missing

private:
    template <typename Value>
    void note(std::string_view key, const Value& value); ///< for reads(), where they are remembered
    void remember(std::string_view key, ConfigurationKey::Value value);
    std::string get_word(std::string_view key, std::string_view fallback, std::span<const std::string_view> known);
    [[noreturn]] void fail_missing(std::string_view key, std::string_view message) const;

    /// The keys that no getter asked for, here and in the tables got from here, each with its table.
    std::vector<std::pair<Section, std::string>> unasked() const;
    std::string unknown_text(const std::string& key) const;

    struct File;
    struct Node;
    Section(std::shared_ptr<File> file, std::shared_ptr<Node> node);

    std::shared_ptr<File> file_;
    std::shared_ptr<Node> node_;
};

} // namespace skurd
