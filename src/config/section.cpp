#include "config/section.hpp"

#include "base/error.hpp"
#include "base/fingerprint.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <set>
#include <utility>

namespace skurd {

namespace {

/// A key as TOML writes it.
std::string quoted_unless_bare(std::string_view key)
{
    const auto is_bare = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    return std::all_of(key.begin(), key.end(), is_bare) ? std::string(key) : fmt::format("\"{}\"", key);
}

/// The name of the variable: each part in upper case, what no name can have as "_".
std::string variable_of(const std::string& path, std::string_view key)
{
    std::string name = "SKURD";
    bool is_new_part = true;
    for (const char c : path + "." + std::string(key)) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && (c < '0' || c > '9')) {
            is_new_part = true;
            continue;
        }
        name += is_new_part ? "_" : "";
        name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        is_new_part = false;
    }
    return name;
}

/// "http://kari:secret@proxy" with the password hidden. Without a scheme only a proxy's address may be one.
std::string without_password(std::string_view key, std::string text)
{
    const auto scheme = text.find("://");
    if (scheme == std::string::npos && key != "proxy")
        return text;
    const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
    const auto end = text.rfind('@', text.find('/', begin));
    const auto colon = text.find(':', begin);
    if (end != std::string::npos && colon < end)
        text.replace(colon + 1, end - colon - 1, "***");
    return text;
}

} // namespace

struct Section::File {
    std::string name;
    toml::table root;
    std::uint64_t fingerprint = 0;
    Environment environment;
    bool remembers_reads = false;
    using Key = std::pair<toml::table*, std::string>;
    struct Elsewhere {
        KeyOrigin origin = KeyOrigin::environment;
        std::string where;
    };
    std::map<Key, Elsewhere> set; ///< keys whose value does not stand in the file
    std::optional<Key> mistaken;  ///< by the last error
    std::set<Key> excused;        ///< that they are missing is no mistake of its own
};

/// A table of the file, and what was asked of it.
struct Section::Node {
    toml::table* table = nullptr;
    std::string file; ///< the table may be another file's: see add_missing()
    std::string path; ///< "source.select", for people; "" = the whole file
    std::uint32_t line = 1;
    std::set<std::string, std::less<>> asked;
    std::vector<ConfigurationKey> reads;       ///< what getters gave
    std::vector<std::shared_ptr<Node>> tables; ///< those got from here
    bool is_given_up = false;

    toml::node* ask(std::string_view key)
    {
        asked.emplace(key);
        return table->get(key);
    }

    /// A table that is got from here; the same each time, so that each of several readers knows its own keys.
    std::shared_ptr<Node> add(toml::table& child, std::string child_path)
    {
        const auto known =
            std::find_if(tables.begin(), tables.end(), [&](const auto& one) { return one->table == &child; });
        if (known != tables.end())
            return *known;
        const auto& source = child.source();
        tables.push_back(std::make_shared<Node>());
        auto& node = *tables.back();
        node.table = &child;
        node.file = source.path ? *source.path : file;
        node.path = std::move(child_path);
        node.line = source.begin.line == 0 ? line : source.begin.line; // 0: it is not in the file
        return tables.back();
    }
};

Section::Section(std::shared_ptr<File> file, std::shared_ptr<Node> node)
    : file_(std::move(file)), node_(std::move(node))
{
}

Section Section::parse(std::string_view text, const std::string& name)
{
    if (text.size() > toml_file_size_max)
        throw usage_error("{}: {} bytes; a configuration file has at most {}", name, text.size(), toml_file_size_max);
    auto file = std::make_shared<File>();
    file->name = name;
    file->fingerprint = skurd::fingerprint(text);
    try {
        file->root = toml::parse(text, std::string_view(name));
    } catch (const toml::parse_error& failure) {
        throw usage_error("{}:{}: not valid TOML: {}", name, failure.source().begin.line, failure.description());
    }
    return Section(std::move(file), nullptr).anew();
}

Section Section::anew() const
{
    auto node = std::make_shared<Node>();
    node->table = &file_->root;
    node->file = file_->name;
    return Section(file_, std::move(node));
}

Section::Mistake Section::take_out_mistake()
{
    const auto mistaken = std::exchange(file_->mistaken, std::nullopt);
    if (!mistaken)
        return Mistake::other;
    const auto& [table, key] = *mistaken;
    const bool is_first = file_->excused.insert(*mistaken).second;
    if (!is_first)
        return Mistake::follows;
    return table->erase(key) == 0 ? Mistake::missing : Mistake::value;
}

Section Section::load(const std::filesystem::path& path)
{
    return parse(read_file(path, toml_file_size_max, ExitCode::usage), path.string());
}

template <typename Value>
void Section::note(std::string_view key, const Value& value)
{
    if (file_->remembers_reads)
        remember(key, value);
}

std::string Section::get_string(std::string_view key, std::string_view fallback)
{
    const auto* node = node_->ask(key);
    const auto text = node ? node->value_exact<std::string>() : std::string(fallback);
    if (!text)
        fail(key, fmt::format("'{}' must be a string", key));
    note(key, *text);
    return *text;
}

std::string Section::require_string(std::string_view key)
{
    if (!has(key))
        fail_missing(key, fmt::format("the key '{}' is missing", key));
    return get_string(key, "");
}

std::int64_t Section::get_integer(std::string_view key, std::int64_t fallback, std::int64_t least, std::int64_t most)
{
    const auto* node = node_->ask(key);
    const auto number = node ? node->value_exact<std::int64_t>() : fallback;
    if (node && (!number || *number < least || *number > most))
        fail(key, fmt::format("'{}' must be a whole number from {} to {}", key, least, most));
    note(key, *number);
    return *number;
}

std::int64_t Section::require_integer(std::string_view key, std::int64_t least, std::int64_t most)
{
    if (!has(key))
        fail_missing(key, fmt::format("the key '{}' is missing", key));
    return get_integer(key, least, least, most);
}

bool Section::get_bool(std::string_view key, bool fallback)
{
    const auto* node = node_->ask(key);
    const auto truth = node ? node->value_exact<bool>() : fallback;
    if (!truth)
        fail(key, fmt::format("'{}' must be true or false", key));
    note(key, *truth);
    return *truth;
}

std::string Section::get_choice(std::string_view key, std::string_view fallback,
                                std::initializer_list<std::string_view> known)
{
    return get_word(key, fallback, {known.begin(), known.size()});
}

std::string Section::get_word(std::string_view key, std::string_view fallback,
                              std::span<const std::string_view> known)
{
    auto word = get_string(key, fallback);
    if (std::find(known.begin(), known.end(), word) != known.end())
        return word;
    const std::vector<std::string> words(known.begin(), known.end());
    fail(key,
         fmt::format("'{}' cannot be '{}'{} (known: {})", key, word, did_you_mean(word, words), join(words, ", ")));
}

std::vector<std::string> Section::get_strings(std::string_view key, const std::vector<std::string>& fallback)
{
    const auto* node = node_->ask(key);
    auto strings = node ? std::vector<std::string>() : fallback;
    if (const auto text = node ? node->value_exact<std::string>() : std::nullopt) {
        strings.push_back(*text);
    } else if (node) {
        const auto* array = node->as_array();
        if (!array)
            fail(key, fmt::format("'{}' must be an array of strings", key));
        for (const auto& element : *array) {
            const auto one = element.value_exact<std::string>();
            if (!one)
                fail(key, fmt::format("'{}' must hold strings only (write numbers in quotes)", key));
            strings.push_back(*one);
        }
    }
    note(key, strings);
    return strings;
}

std::string Section::get_secret(std::string_view key)
{
    const auto* node = node_->ask(key);
    if (!node)
        return "";
    if (origin(key) == KeyOrigin::file)
        fail(key, fmt::format("'{}' is a secret and does not belong in here: it is read from the environment, {}",
                              key, variable_of(node_->path, key)));
    note(key, std::string("***"));
    return node->value_or(std::string());
}

std::vector<std::pair<std::string, std::string>> Section::get_string_table(std::string_view key)
{
    auto table = get_table(key);
    if (!table)
        return {};
    std::vector<std::pair<std::string, std::string>> strings;
    for (const auto& name : table->keys())
        strings.emplace_back(name, table->require_string(name));
    return strings;
}

bool Section::has(std::string_view key) const
{
    return node_->table->contains(key);
}

std::string_view Section::either_key(std::string_view key, std::string_view old_name) const
{
    if (has(key) && has(old_name))
        fail(old_name, fmt::format("'{}' is the old name of '{}', which is given too: leave it out", old_name, key));
    return has(old_name) ? old_name : key;
}

bool Section::is_table(std::string_view key) const
{
    return node_->table->get(key) && node_->table->get(key)->is_table();
}

std::optional<Section> Section::get_table(std::string_view key)
{
    auto* node = node_->ask(key);
    if (!node)
        return std::nullopt;
    auto* table = node->as_table();
    if (!table)
        fail(key, fmt::format("'{}' must be a table: [{}]", key,
                              node_->path.empty() ? key : node_->path + "." + std::string(key)));
    const auto name = quoted_unless_bare(key);
    return Section(file_, node_->add(*table, node_->path.empty() ? name : node_->path + "." + name));
}

Section Section::require_table(std::string_view key)
{
    auto table = get_table(key);
    if (!table)
        fail_missing(key, fmt::format("the table [{}] is missing", key));
    return *table;
}

Section Section::table(std::string_view key)
{
    if (!has(key))
        node_->table->insert(key, toml::table{});
    return require_table(key);
}

std::vector<Section> Section::get_tables(std::string_view key)
{
    auto* node = node_->ask(key);
    if (!node)
        return {};
    auto* array = node->as_array();
    std::vector<Section> sections;
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        auto* table = array->get(i)->as_table();
        if (!table)
            break;
        sections.push_back(Section(file_, node_->add(*table, std::string(key))));
    }
    if (!array || sections.size() != array->size())
        fail(key, fmt::format("'{0}' must be an array of tables: [[{0}]]", key));
    return sections;
}

std::vector<std::string> Section::keys() const
{
    std::vector<std::pair<toml::source_position, std::string>> found;
    for (const auto& [key, value] : *node_->table)
        found.emplace_back(key.source().begin, std::string(key.str()));
    std::sort(found.begin(), found.end());
    std::vector<std::string> names;
    names.reserve(found.size());
    for (auto& [position, name] : found)
        names.push_back(std::move(name));
    return names;
}

void Section::add_missing(Section&& other)
{
    for (auto&& [key, value] : *other.node_->table)
        value.visit([&, &name = key](auto& node) { node_->table->insert(name, std::move(node)); });
}

void Section::use_environment(Environment environment)
{
    file_->environment = std::move(environment);
}

void Section::override_by_environment(std::string_view key)
{
    const auto variable = variable_of(node_->path, key);
    const auto found = file_->environment.find(variable);
    if (found != file_->environment.end() && !found->second.empty() && origin(key) != KeyOrigin::command_line)
        set(key, found->second, KeyOrigin::environment, variable);
}

void Section::set(std::string_view key, const std::string& text, KeyOrigin origin, const std::string& where)
{
    node_->table->insert_or_assign(key, text);
    file_->set[{node_->table, std::string(key)}] = {origin, where};
}

KeyOrigin Section::origin(std::string_view key) const
{
    if (const auto found = file_->set.find({node_->table, std::string(key)}); found != file_->set.end())
        return found->second.origin;
    return has(key) ? KeyOrigin::file : KeyOrigin::by_default;
}

void Section::remember_reads()
{
    file_->remembers_reads = true;
}

void Section::remember(std::string_view key, ConfigurationKey::Value value)
{
    if (auto* text = std::get_if<std::string>(&value))
        *text = without_password(key, std::move(*text));
    const auto name = quoted_unless_bare(key);
    auto& reads = node_->reads;
    auto known = std::find_if(reads.begin(), reads.end(), [&](const auto& one) { return one.key == name; });
    if (known == reads.end())
        known = reads.insert(reads.end(), {node_->path, name, {}, {}, {}});
    known->value = std::move(value);
    known->origin = origin(key);
    known->where = known->origin == KeyOrigin::by_default ? "" : where(key);
}

std::vector<ConfigurationKey> Section::reads() const
{
    auto found = node_->reads;
    for (const auto& child : node_->tables) {
        auto theirs = Section(file_, child).reads();
        found.insert(found.end(), std::make_move_iterator(theirs.begin()), std::make_move_iterator(theirs.end()));
    }
    return found;
}

std::uint64_t Section::fingerprint() const
{
    return file_->fingerprint;
}

void Section::reject_unknown_keys() const
{
    for (const auto& [section, key] : unasked())
        section.fail(key, section.unknown_text(key));
}

std::vector<std::string> Section::unknown_keys() const
{
    std::vector<std::string> found;
    for (const auto& [section, key] : unasked())
        found.push_back(fmt::format("{}: {}", section.where(key), section.unknown_text(key)));
    return found;
}

std::vector<std::pair<Section, std::string>> Section::unasked() const
{
    std::vector<std::pair<Section, std::string>> found;
    if (node_->is_given_up)
        return found;
    for (const auto& key : keys())
        if (!node_->asked.contains(key))
            found.emplace_back(*this, key);
    for (const auto& child : node_->tables) {
        auto theirs = Section(file_, child).unasked();
        found.insert(found.end(), std::make_move_iterator(theirs.begin()), std::make_move_iterator(theirs.end()));
    }
    return found;
}

std::string Section::unknown_text(const std::string& key) const
{
    return fmt::format("unknown key '{}'{}", key, did_you_mean(key, {node_->asked.begin(), node_->asked.end()}));
}

void Section::give_up()
{
    node_->is_given_up = true;
}

/// What is missing may be there under a wrong name: then that is the mistake to point at.
void Section::fail_missing(std::string_view key, std::string_view message) const
{
    for (const auto& other : keys())
        if (!node_->asked.contains(other) && !nearest(other, {std::string(key)}).empty()) {
            file_->excused.emplace(node_->table, key);
            fail(other, fmt::format("unknown key '{}' (did you mean '{}'?)", other, key));
        }
    fail(key, message);
}

void Section::fail(std::string_view key, std::string_view message) const
{
    file_->mistaken.emplace(node_->table, key);
    throw usage_error("{}: {}", where(key), message);
}

const std::string& Section::file() const
{
    return file_->name;
}

std::string Section::where(std::string_view key) const
{
    if (const auto found = file_->set.find({node_->table, std::string(key)}); found != file_->set.end())
        return found->second.where;
    for (const auto& [name, value] : *node_->table)
        if (name.str() == key)
            return fmt::format("{}:{}", name.source().path ? *name.source().path : node_->file,
                               name.source().begin.line);
    return fmt::format("{}:{}", node_->file, node_->line);
}

} // namespace skurd
