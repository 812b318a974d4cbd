#include "store/outbox_store.hpp"
#include "store/columns.hpp"

namespace skurd {

namespace {

OutboxMessage read_message(const Statement& row)
{
    OutboxMessage message;
    message.id = row.integer(0);
    message.delivery = row.text(1);
    message.channel = row.text(2);
    message.kind = enum_from<MessageKind>(row.view(3));
    message.state = enum_from<OutboxState>(row.view(4));
    message.made_at = time_from(row.view(5));
    message.subject = row.text(6);
    message.tries = static_cast<int>(row.integer(7));
    message.tried_at = optional_time(row, 8);
    message.next_try_at = optional_time(row, 9);
    message.ended_at = optional_time(row, 10);
    message.answer = row.text(11);
    message.body = row.text(12);
    message.html = row.text(13);
    return message;
}

std::vector<OutboxMessage> read_messages(Statement& row)
{
    std::vector<OutboxMessage> found;
    while (row.step())
        found.push_back(read_message(row));
    return found;
}

} // namespace

std::vector<ToldChannel> OutboxStore::channels() const
{
    std::vector<ToldChannel> found;
    Statement row(session_.database(),
                  "SELECT channel, told_commit, told_outage, since FROM notify_channel ORDER BY channel");
    while (row.step())
        found.push_back({row.text(0), row.integer(1), row.integer(2), time_from(row.view(3))});
    return found;
}

void OutboxStore::store(const ToldChannel& channel)
{
    Statement(session_.database(), R"(
        INSERT INTO notify_channel (channel, told_commit, told_outage, since) VALUES ($1, $2, $3, $4)
        ON CONFLICT (channel) DO UPDATE SET told_commit = excluded.told_commit, told_outage = excluded.told_outage)")
        .run(channel.channel, channel.commit, channel.outage, format_time(channel.since));
}

void OutboxStore::forget(const std::string& channel)
{
    Statement(session_.database(), "DELETE FROM notify_channel WHERE channel = $1").run(channel);
}

std::int64_t OutboxStore::add(const OutboxMessage& message)
{
    return Statement(session_.database(), R"(
        INSERT INTO outbox (delivery, channel, kind, state, made_at, subject, body, html, tries, tried_at, next_try_at,
            ended_at, answer)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id)")
        .insert(message.delivery, message.channel, to_string(message.kind), to_string(message.state),
                format_time(message.made_at), message.subject, message.body, message.html, message.tries,
                optional_text(message.tried_at), optional_text(message.next_try_at), optional_text(message.ended_at),
                message.answer);
}

void OutboxStore::change(const OutboxMessage& message)
{
    Statement(session_.database(), "UPDATE outbox SET state = $2, tries = $3, tried_at = $4, next_try_at = $5,"
                                   " ended_at = $6, answer = $7 WHERE id = $1")
        .run(message.id, to_string(message.state), message.tries, optional_text(message.tried_at),
             optional_text(message.next_try_at), optional_text(message.ended_at), message.answer);
}

std::optional<OutboxMessage> OutboxStore::find(std::int64_t id) const
{
    Statement row(session_.database(), R"(
        SELECT id, delivery, channel, kind, state, made_at, subject, tries, tried_at, next_try_at, ended_at, answer,
            body, html
        FROM outbox WHERE id = $1)");
    row.bind(id);
    return row.step() ? std::optional(read_message(row)) : std::nullopt;
}

std::vector<OutboxMessage> OutboxStore::list(std::size_t most) const
{
    Statement row(session_.database(), R"(
        SELECT id, delivery, channel, kind, state, made_at, subject, tries, tried_at, next_try_at, ended_at, answer,
            '', ''
        FROM outbox ORDER BY id DESC LIMIT $1)");
    row.bind(most);
    return read_messages(row);
}

std::vector<OutboxMessage> OutboxStore::waiting(const std::string& channel) const
{
    Statement row(session_.database(), R"(
        SELECT id, delivery, channel, kind, state, made_at, subject, tries, tried_at, next_try_at, ended_at, answer,
            '', ''
        FROM outbox WHERE state = 'waiting' AND ($1 = '' OR channel = $1) ORDER BY id)");
    row.bind(channel);
    return read_messages(row);
}

std::size_t OutboxStore::made_since(const std::string& channel, Time since, Time now) const
{
    Statement row(session_.database(),
                  "SELECT count(*) FROM outbox WHERE channel = $1 AND made_at > $2 AND made_at <= $3");
    row.bind(channel, format_time(since), format_time(now));
    row.step();
    return static_cast<std::size_t>(row.integer(0));
}

std::map<std::pair<std::string, OutboxState>, std::size_t> OutboxStore::counts() const
{
    Statement row(session_.database(), "SELECT channel, state, count(*) FROM outbox GROUP BY channel, state");
    std::map<std::pair<std::string, OutboxState>, std::size_t> found;
    while (row.step())
        found[{row.text(0), enum_from<OutboxState>(row.view(1))}] = static_cast<std::size_t>(row.integer(2));
    return found;
}

std::optional<Time> OutboxStore::last_sent(const std::string& channel) const
{
    Statement row(session_.database(), "SELECT max(ended_at) FROM outbox WHERE channel = $1 AND state = 'sent'");
    row.bind(channel);
    row.step();
    return optional_time(row, 0);
}

std::size_t OutboxStore::expire(Time before, std::size_t most)
{
    Statement row(session_.database(), R"(
        DELETE FROM outbox WHERE state <> 'waiting' AND (ended_at < $1 OR id <= (
            SELECT coalesce(min(id), 0) FROM (SELECT id FROM outbox ORDER BY id DESC LIMIT 1 OFFSET $2) AS oldest))
        RETURNING id)");
    row.bind(format_time(before), most);
    std::size_t removed = 0;
    while (row.step())
        ++removed;
    return removed;
}

} // namespace skurd
