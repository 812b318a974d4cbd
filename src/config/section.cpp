#include "config/section.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <set>
#include <utility>

namespace skurd {

struct Section::File {
    std::string name;
    toml::table root;
    using Key = std::pair<toml::table*, std::string>;
    std::optional<Key> mistaken; ///< by the last error
    std::set<Key> excused;       ///< that they are missing is no mistake of its own
};

/// A table of the file, and what was asked of it.
struct Section::Node {
    toml::table* table = nullptr;
    std::string file; ///< the table may be another file's: see add_missing()
    std::string path; ///< "source.select", for people; "" = the whole file
    std::uint32_t line = 1;
    std::set<std::string, std::less<>> asked;
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
        node.line = source.begin.line;
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

std::string Section::get_string(std::string_view key, std::string_view fallback)
{
    const auto* node = node_->ask(key);
    if (!node)
        return std::string(fallback);
    const auto text = node->value_exact<std::string>();
    if (!text)
        fail(key, fmt::format("'{}' must be a string", key));
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
    if (!node)
        return fallback;
    const auto number = node->value_exact<std::int64_t>();
    if (!number || *number < least || *number > most)
        fail(key, fmt::format("'{}' must be a whole number from {} to {}", key, least, most));
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
    if (!node)
        return fallback;
    const auto truth = node->value_exact<bool>();
    if (!truth)
        fail(key, fmt::format("'{}' must be true or false", key));
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

std::vector<std::string> Section::get_strings(std::string_view key)
{
    const auto* node = node_->ask(key);
    if (!node)
        return {};
    if (const auto text = node->value_exact<std::string>())
        return {*text};
    const auto* array = node->as_array();
    if (!array)
        fail(key, fmt::format("'{}' must be an array of strings", key));
    std::vector<std::string> strings;
    for (const auto& element : *array) {
        const auto text = element.value_exact<std::string>();
        if (!text)
            fail(key, fmt::format("'{}' must hold strings only (write numbers in quotes)", key));
        strings.push_back(*text);
    }
    return strings;
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
    return Section(file_,
                   node_->add(*table, node_->path.empty() ? std::string(key) : node_->path + "." + std::string(key)));
}

Section Section::require_table(std::string_view key)
{
    auto table = get_table(key);
    if (!table)
        fail_missing(key, fmt::format("the table [{}] is missing", key));
    return *table;
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
    for (const auto& [name, value] : *node_->table)
        if (name.str() == key)
            return fmt::format("{}:{}", name.source().path ? *name.source().path : node_->file,
                               name.source().begin.line);
    return fmt::format("{}:{}", node_->file, node_->line);
}

} // namespace skurd
