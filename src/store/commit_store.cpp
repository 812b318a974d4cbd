#include "store/commit_store.hpp"
#include "store/columns.hpp"

namespace skurd {

std::int64_t CommitStore::newest() const
{
    return session_.database().integer("SELECT seq FROM commit_counter");
}

std::vector<Commit> CommitStore::since(std::int64_t seq) const
{
    Statement row(session_.database(), R"(
        SELECT c.seq, c.ingest_id, coalesce(d.name, ''), c.kind, c.at
        FROM commit_log AS c LEFT JOIN dataset AS d ON d.id = c.dataset_id WHERE c.seq > $1 ORDER BY c.seq, c.part)");
    row.bind(seq);
    std::vector<Commit> found;
    while (row.step())
        found.push_back({row.integer(0), row.integer(1), row.text(2), enum_from<CommitKind>(row.view(3)),
                         time_from(row.view(4))});
    return found;
}

std::set<std::string> CommitStore::datasets_since(std::int64_t seq, CommitKind kind) const
{
    Statement row(session_.database(), "SELECT DISTINCT d.name FROM commit_log AS c JOIN dataset AS d"
                                       " ON d.id = c.dataset_id WHERE c.seq > $1 AND c.kind = $2");
    row.bind(seq, to_string(kind));
    std::set<std::string> names;
    while (row.step())
        names.insert(row.text(0));
    return names;
}

std::set<CommitKind> CommitStore::kinds_since(std::int64_t seq) const
{
    Statement row(session_.database(), "SELECT DISTINCT kind FROM commit_log WHERE seq > $1");
    row.bind(seq);
    std::set<CommitKind> kinds;
    while (row.step())
        kinds.insert(enum_from<CommitKind>(row.view(0)));
    return kinds;
}

} // namespace skurd
