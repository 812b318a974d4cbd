#include "store/description.hpp"

#include "base/time_text.hpp"
#include "lib/json/json.hpp"
#include "store/engine/statement.hpp"
#include "store/label_versions.hpp"
#include "version/hashes.hpp"

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

/// The dataset's id, and what the tables called it before the release.
struct KnownDataset {
    std::int64_t id = 0;
    bool is_new = false;
};

KnownDataset intern_dataset(Database& database, const Release& release, const std::string& notes)
{
    if (const auto id = find_dataset(database, release.dataset))
        return {id, false};
    const auto id = Statement(database, "INSERT INTO dataset (source_id, name, label, time_dimension, notes)"
                                        " VALUES ($1, $2, $3, $4, $5) RETURNING id")
                        .insert(intern_source(database, release.dataset), release.dataset, release.label,
                                release.time_dimension, notes);
    return {id, true};
}

/// Describes one release: finds or adds the parts of its dataset, and keeps account of what changes.
class Description {
public:
    Description(Database& database, KnownDataset dataset, const ReleaseStamp& stamp, const Timeline& line,
                std::int64_t ingest_id)
        : database_(database), dataset_(dataset), stamp_(stamp), ingest_id_(ingest_id),
          labels_(database, dataset.id, stamp, line, ingest_id),
          change_(database, "INSERT INTO metadata_change (dataset_id, release_id, published_at, observed_at, what,"
                            " dimension, category, old, new, ingest_id)"
                            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    {
    }

    void describe_dataset(const Release& release, const std::string& notes);
    std::int64_t intern_dimension(const Dimension& dimension);
    std::vector<std::int64_t> intern_categories(std::int64_t dimension, const Dimension& release);

    DescribedRelease written() const { return {changes_, labels_.added()}; }

private:
    void change(std::string_view what, const std::string& category, std::string_view old_text,
                std::string_view new_text)
    {
        if (old_text == new_text)
            return;
        ++changes_;
        change_.run(dataset_.id, stamp_.id, format_time(stamp_.published_at), format_time(stamp_.observed_at), what,
                    dimension_, category, old_text, new_text, ingest_id_);
    }

    Database& database_;
    KnownDataset dataset_;
    const ReleaseStamp& stamp_;
    std::int64_t ingest_id_;
    LabelVersions labels_;
    Statement change_;
    std::string dimension_; ///< code of the one at hand
    std::size_t changes_ = 0;
};

void Description::describe_dataset(const Release& release, const std::string& notes)
{
    Statement known(database_, "SELECT label, time_dimension, notes FROM dataset WHERE id = $1");
    known.bind(dataset_.id).step();
    const bool same_words = known.view(0) == release.label && known.view(2) == notes;
    labels_.add({"", "", 0}, {release.label, "", {}, notes}, dataset_.is_new || !same_words);
    if (stamp_.is_late || (same_words && known.view(1) == release.time_dimension))
        return;
    if (label_without_period(known.view(0)) != label_without_period(release.label))
        change("label", "", known.view(0), release.label);
    change("time dimension", "", known.view(1), release.time_dimension);
    change("notes", "", known.view(2), notes);
    Statement(database_, "UPDATE dataset SET label = $2, time_dimension = $3, notes = $4 WHERE id = $1")
        .run(dataset_.id, release.label, release.time_dimension, notes);
}

std::int64_t Description::intern_dimension(const Dimension& dimension)
{
    dimension_ = dimension.id;
    const auto role = to_string(dimension.role);
    Statement known(database_, "SELECT id, label, role FROM dimension WHERE dataset_id = $1 AND code = $2");
    const bool is_new = !known.bind(dataset_.id, dimension.id).step();
    labels_.add({dimension.id, "", 0}, {dimension.label, "", {}, ""}, is_new || known.view(1) != dimension.label);
    if (is_new)
        return Statement(database_, "INSERT INTO dimension (dataset_id, code, label, role, position)"
                                    " SELECT $1, $2, $3, $4, count(*) FROM dimension WHERE dataset_id = $1"
                                    " RETURNING id")
            .insert(dataset_.id, dimension.id, dimension.label, role);
    const auto id = known.integer(0);
    if (stamp_.is_late || (known.view(1) == dimension.label && known.view(2) == role))
        return id;
    change("label", "", known.view(1), dimension.label);
    change("role", "", known.view(2), role);
    Statement(database_, "UPDATE dimension SET label = $2, role = $3 WHERE id = $1").run(id, dimension.label, role);
    return id;
}

std::vector<std::int64_t> Description::intern_categories(std::int64_t dimension, const Dimension& release)
{
    Statement known(database_,
                    "SELECT id, label, unit, decimals FROM category WHERE dimension_id = $1 AND code = $2");
    Statement insert(database_, "INSERT INTO category (dimension_id, code, label, unit, decimals)"
                                " VALUES ($1, $2, $3, $4, $5) RETURNING id");
    Statement update(database_, "UPDATE category SET label = $2, unit = $3, decimals = $4 WHERE id = $1");
    std::vector<std::int64_t> ids;
    for (const auto& category : release.categories) {
        const Words words{category.label, category.unit, category.decimals, ""};
        if (!known.bind(dimension, category.code).step()) {
            ids.push_back(insert.insert(dimension, category.code, category.label, category.unit, category.decimals));
            labels_.add({dimension_, category.code, ids.back()}, words, true);
            continue;
        }
        ids.push_back(known.integer(0));
        const auto decimals = category.decimals ? std::to_string(*category.decimals) : "";
        const bool same =
            known.view(1) == category.label && known.view(2) == category.unit && known.view(3) == decimals;
        labels_.add({dimension_, category.code, ids.back()}, words, !same);
        if (stamp_.is_late || same)
            continue;
        change("label", category.code, known.view(1), category.label);
        change("unit", category.code, known.view(2), category.unit);
        change("decimals", category.code, known.view(3), decimals);
        update.run(ids.back(), category.label, category.unit, category.decimals);
    }
    return ids;
}

} // namespace

DescribedRelease describe_release(Database& database, const Release& release, const ReleaseStamp& stamp,
                                  const Timeline& line, std::int64_t ingest_id, GridIds& ids)
{
    const auto notes = Json(release.notes).dump();
    const auto dataset = intern_dataset(database, release, notes);
    Description description(database, dataset, stamp, line, ingest_id);
    description.describe_dataset(release, notes);
    ids.dataset = dataset.id;
    for (const auto& dimension : release.dimensions) {
        ids.dimensions.push_back(description.intern_dimension(dimension));
        ids.categories.push_back(description.intern_categories(ids.dimensions.back(), dimension));
    }
    for (const auto& period : release.periods)
        intern_period(database, period);
    for (const auto& symbol : release.symbols)
        intern_status(database, symbol);
    intern_status(database, {"", Meaning::withdrawn});
    return description.written();
}

} // namespace skurd
