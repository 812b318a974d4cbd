#include "store/description.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "lib/json/json.hpp"
#include "store/engine/statement.hpp"
#include "store/label_versions.hpp"
#include "version/hashes.hpp"

#include <optional>
#include <unordered_map>

namespace skurd {

namespace {

std::int64_t intern_source(Database& database, const std::string& dataset)
{
    const auto name = dataset.substr(0, dataset.find('/'));
    Statement known(database, "SELECT id FROM source WHERE name = $1");
    if (known.bind(name).step())
        return known.integer(0);
    return Statement(database, "INSERT INTO source (name) VALUES ($1) RETURNING id").insert(name);
}

/// The categories of a dimension; from a server they are read at once where a release has more than a few of them.
class KnownCategories {
public:
    struct Entry {
        std::int64_t id = 0;
        std::string label;
        std::string unit;
        std::string decimals; ///< "" = none
    };

    KnownCategories(Database& database, std::int64_t dataset, std::int64_t dimension, const Dimension& release)
        : dataset_(dataset), dimension_(dimension),
          one_(database, "SELECT code, id, label, unit, decimals FROM category"
                         " WHERE /*: dataset_id = $3 AND */ dimension_id = $1 AND code = $2")
    {
        constexpr std::size_t few = 20;
        if (!database.is_remote() || release.categories.size() <= few)
            return;
        all_.emplace();
        Statement row(database, "SELECT code, id, label, unit, decimals FROM category"
                                " WHERE /*: dataset_id = $2 AND */ dimension_id = $1");
        row.bind(dimension, dataset);
        while (row.step())
            all_->emplace(row.text(0), entry(row));
    }

    /// Valid until the next call; nullptr where there is none.
    const Entry* find(const std::string& code)
    {
        if (all_) {
            const auto found = all_->find(code);
            return found == all_->end() ? nullptr : &found->second;
        }
        if (!one_.bind(dimension_, code, dataset_).step())
            return nullptr;
        found_ = entry(one_);
        return &found_;
    }

private:
    static Entry entry(const Statement& row) { return {row.integer(1), row.text(2), row.text(3), row.text(4)}; }

    std::int64_t dataset_;
    std::int64_t dimension_;
    Statement one_;
    std::optional<std::unordered_map<std::string, Entry>> all_;
    Entry found_;
};

std::string notes_of(const Release& release)
{
    return Json(release.notes).dump();
}

/// Writes the words of one release, and keeps account of what changes.
class WordsWriter {
public:
    WordsWriter(Database& database, std::int64_t dataset, const ReleaseStamp& stamp, const Timeline& line,
                std::int64_t ingest_id)
        : database_(database), dataset_(dataset), stamp_(stamp), ingest_id_(ingest_id),
          labels_(database, dataset, stamp, line, ingest_id),
          change_(database, "INSERT INTO metadata_change (dataset_id, release_id, published_at, observed_at, what,"
                            " dimension, category, old, new, ingest_id)"
                            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    {
    }

    void write_dataset(const Release& release, bool is_new);
    void write_dimension(std::int64_t id, const Dimension& dimension, bool is_new);
    /// `id` is the dimension's, `ids` are those of its categories.
    void write_categories(std::int64_t id, const std::vector<std::int64_t>& ids, const Dimension& release,
                          const std::set<std::int64_t>& new_ones);

    DescribedRelease written() const { return {changes_, labels_.added(), renamed_}; }

private:
    void change(std::string_view what, const std::string& category, std::string_view old_text,
                std::string_view new_text)
    {
        if (old_text == new_text)
            return;
        ++changes_;
        change_.run(dataset_, stamp_.id, format_time(stamp_.published_at), format_time(stamp_.observed_at), what,
                    dimension_, category, old_text, new_text, ingest_id_);
    }

    Database& database_;
    std::int64_t dataset_;
    const ReleaseStamp& stamp_;
    std::int64_t ingest_id_;
    LabelVersions labels_;
    Statement change_;
    std::string dimension_; ///< code of the one at hand
    std::size_t changes_ = 0;
    std::size_t renamed_ = 0;
};

void WordsWriter::write_dataset(const Release& release, bool is_new)
{
    const auto notes = notes_of(release);
    Statement known(database_, "SELECT label, time_dimension, notes FROM dataset WHERE id = $1");
    known.bind(dataset_).step();
    const bool same_words = known.view(0) == release.label && known.view(2) == notes;
    labels_.add({"", "", 0}, {release.label, "", {}, notes}, is_new || !same_words);
    if (stamp_.is_late || (same_words && known.view(1) == release.time_dimension))
        return;
    if (label_without_period(known.view(0)) != label_without_period(release.label))
        change("label", "", known.view(0), release.label);
    change("time dimension", "", known.view(1), release.time_dimension);
    change("notes", "", known.view(2), notes);
    Statement(database_, "UPDATE dataset SET label = $2, time_dimension = $3, notes = $4 WHERE id = $1")
        .run(dataset_, release.label, release.time_dimension, notes);
}

void WordsWriter::write_dimension(std::int64_t id, const Dimension& dimension, bool is_new)
{
    dimension_ = dimension.id;
    const auto role = to_string(dimension.role);
    Statement known(database_, "SELECT label, role FROM dimension WHERE /*: dataset_id = $2 AND */ id = $1");
    known.bind(id, dataset_).step();
    labels_.add({dimension.id, "", 0}, {dimension.label, "", {}, ""}, is_new || known.view(0) != dimension.label);
    if (stamp_.is_late || (known.view(0) == dimension.label && known.view(1) == role))
        return;
    change("label", "", known.view(0), dimension.label);
    change("role", "", known.view(1), role);
    Statement(database_, "UPDATE dimension SET label = $2, role = $3 WHERE /*: dataset_id = $4 AND */ id = $1")
        .run(id, dimension.label, role, dataset_);
}

void WordsWriter::write_categories(std::int64_t id, const std::vector<std::int64_t>& ids, const Dimension& release,
                                   const std::set<std::int64_t>& new_ones)
{
    KnownCategories known(database_, dataset_, id, release);
    Statement update(database_, "UPDATE category SET label = $2, unit = $3, decimals = $4"
                                " WHERE /*: dataset_id = $5 AND */ id = $1");
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto& category = release.categories[i];
        const Words words{category.label, category.unit, category.decimals, ""};
        const NamedThing thing{dimension_, category.code, ids[i]};
        if (new_ones.contains(ids[i])) {
            labels_.add(thing, words, true);
            continue;
        }
        const auto* before = known.find(category.code);
        if (!before)
            throw error("the category {} was there and is gone: `skurd verify` says what is wrong", category.code);
        const auto decimals = category.decimals ? std::to_string(*category.decimals) : "";
        const bool same =
            before->label == category.label && before->unit == category.unit && before->decimals == decimals;
        const auto added = labels_.added();
        labels_.add(thing, words, !same);
        renamed_ += labels_.added() - added;
        if (stamp_.is_late || same)
            continue;
        change("label", category.code, before->label, category.label);
        change("unit", category.code, before->unit, category.unit);
        change("decimals", category.code, before->decimals, decimals);
        update.run(ids[i], category.label, category.unit, category.decimals, dataset_);
    }
}

} // namespace

void intern_common_words(Database& database, const Release& release)
{
    intern_source(database, release.dataset);
    for (const auto& period : release.periods)
        intern_period(database, period);
    for (const auto& symbol : release.symbols)
        intern_status(database, symbol);
    intern_status(database, {"", Meaning::withdrawn});
}

Description::Description(Database& database, const Release& release, GridIds& ids, CommonWords common)
    : database_(database), ids_(ids)
{
    if (common == CommonWords::to_be_entered)
        intern_common_words(database, release);
    ids_.dataset = intern_dataset(release);
    for (const auto& dimension : release.dimensions) {
        ids_.dimensions.push_back(intern_dimension(dimension));
        ids_.categories.push_back(intern_categories(ids_.dimensions.back(), dimension));
    }
}

std::int64_t Description::intern_dataset(const Release& release)
{
    if (const auto id = find_dataset(database_, release.dataset))
        return id;
    is_new_dataset_ = true;
    return Statement(database_, "INSERT INTO dataset (source_id, name, label, time_dimension, notes)"
                                " VALUES ($1, $2, $3, $4, $5) RETURNING id")
        .insert(intern_source(database_, release.dataset), release.dataset, release.label, release.time_dimension,
                notes_of(release));
}

std::int64_t Description::intern_dimension(const Dimension& dimension)
{
    Statement known(database_, "SELECT id FROM dimension WHERE dataset_id = $1 AND code = $2");
    if (known.bind(ids_.dataset, dimension.id).step())
        return known.integer(0);
    const auto id = Statement(database_, "INSERT INTO dimension (dataset_id, code, label, role, position)"
                                         " SELECT $1, $2, $3, $4, count(*) FROM dimension WHERE dataset_id = $1"
                                         " RETURNING id")
                        .insert(ids_.dataset, dimension.id, dimension.label, to_string(dimension.role));
    new_dimensions_.insert(id);
    return id;
}

std::vector<std::int64_t> Description::intern_categories(std::int64_t dimension, const Dimension& release)
{
    KnownCategories known(database_, ids_.dataset, dimension, release);
    Statement insert(database_, "INSERT INTO category (dimension_id, code, label, unit, decimals"
                                " /*:, dataset_id */) VALUES ($1, $2, $3, $4, $5 /*:, $6 */) RETURNING id");
    std::vector<std::int64_t> ids;
    for (const auto& category : release.categories) {
        if (const auto* there = known.find(category.code)) {
            ids.push_back(there->id);
            continue;
        }
        ids.push_back(
            insert.insert(dimension, category.code, category.label, category.unit, category.decimals, ids_.dataset));
        new_categories_.insert(ids.back());
    }
    return ids;
}

DescribedRelease Description::write_words(const Release& release, const ReleaseStamp& stamp, const Timeline& line,
                                          std::int64_t ingest_id)
{
    WordsWriter writer(database_, ids_.dataset, stamp, line, ingest_id);
    writer.write_dataset(release, is_new_dataset_);
    for (std::size_t i = 0; i < release.dimensions.size(); ++i) {
        const auto id = ids_.dimensions[i];
        writer.write_dimension(id, release.dimensions[i], new_dimensions_.contains(id));
        writer.write_categories(id, ids_.categories[i], release.dimensions[i], new_categories_);
    }
    return writer.written();
}

} // namespace skurd
