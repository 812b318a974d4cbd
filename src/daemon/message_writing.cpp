// From what was committed to messages. Each channel has a cursor: the newest commit, and the newest beginning or end
// of an outage, that it was told of. What came after is read, what the channel's routes leave out is dropped, and the
// rest becomes one message, written together with the cursor. As long as nothing is written (it has not settled, it
// is night, the hour has had its messages, the channel takes none) the cursor stands still, so what comes meanwhile
// is in the one that is written in the end.
#include "daemon/message_writing.hpp"

#include "daemon/outage_record.hpp"
#include "daemon/told_places.hpp"
#include "notify/channel.hpp"
#include "store/commit_store.hpp"
#include "store/news_store.hpp"
#include "store/outage_store.hpp"
#include "store/outbox_store.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::chrono::hours rate_window{1};

Notification begin_message(const Workspace& workspace, const ChannelSettings& channel, MessageKind kind, Time now)
{
    Notification notification;
    notification.kind = kind;
    notification.installation = workspace.settings.notify.name;
    notification.channel = channel.id;
    notification.delivery = new_delivery();
    notification.made_at = now;
    notification.language = channel.language;
    return notification;
}

/// Of one channel, once.
class ChannelWriter {
public:
    ChannelWriter(Workspace& workspace, const ChannelSettings& channel, const ToldPlaces& places, Writing how,
                  Time now)
        : workspace_(workspace), channel_(channel), places_(places), how_(how), now_(now), outbox_(workspace.store)
    {
    }

    void write(ToldChannel& told)
    {
        if (may_write())
            write_outages(told);
        if (may_write())
            write_news(told);
    }

private:
    bool may_write() const
    {
        const auto& settings = workspace_.settings.notify;
        if (how_ == Writing::at_once)
            return true;
        return !is_quiet(channel_.quiet, settings.timezone, now_) &&
               outbox_.waiting(channel_.id).size() < waiting_max &&
               outbox_.made_since(channel_.id, now_ - rate_window, now_) <
                   static_cast<std::size_t>(settings.messages_per_hour);
    }

    Notification begun(MessageKind kind) const { return begin_message(workspace_, channel_, kind, now_); }

    /// The cause from which on an outage is the channel's: one that joins may bring it there.
    const OutageCause* first_cause(const Outage& outage) const
    {
        std::vector<const OutageCause*> causes;
        for (const auto& cause : outage.causes)
            causes.push_back(&cause);
        std::stable_sort(causes.begin(), causes.end(),
                         [](const OutageCause* a, const OutageCause* b) { return a->began_seq < b->began_seq; });
        auto so_far = outage;
        so_far.causes.clear();
        for (const auto* cause : causes) {
            so_far.causes.push_back(*cause);
            if (passes(channel_.route, places_.item_of(so_far)))
                return cause;
        }
        return nullptr;
    }

    /// Its beginning, or the end of one whose beginning the channel was told of. What joins one is none.
    bool is_news(const Outage& outage, const ToldChannel& told) const
    {
        const auto* first = first_cause(outage);
        return first && (first->began_seq > told.outage || (outage.ended_at && first->began_at >= told.since));
    }

    template <typename Item>
    void leave_out_others(std::vector<Item>& items) const
    {
        std::erase_if(items, [&](const Item& item) { return !passes(channel_.route, places_.item_of(item)); });
    }

    void write_outages(ToldChannel& told)
    {
        const OutageStore store(workspace_.store);
        const auto newest = store.newest();
        if (newest == told.outage)
            return;
        auto outages = store.since(told.outage);
        std::erase_if(outages, [&](const Outage& outage) { return !is_news(outage, told); });
        const bool has_open =
            std::any_of(outages.begin(), outages.end(), [](const Outage& outage) { return !outage.ended_at; });
        auto notification = begun(has_open ? MessageKind::outage : MessageKind::recovery);
        notification.outages = listed(std::move(outages));
        told.outage = newest;
        write_down(notification, !notification.outages.items.empty(), told);
    }

    void write_news(ToldChannel& told)
    {
        const NewsStore store(workspace_.store);
        const auto span = store.span(told.commit);
        const auto settle = workspace_.settings.notify.settle;
        if (!span || (how_ == Writing::when_settled && !has_settled(*span, settle, now_)))
            return;
        auto news = store.since(told.commit);
        std::erase_if(news.flags, [](const FlagNews& one) { // which are told of as outages
            return is_outage(one.flag);
        });
        leave_out_others(news.flags);
        leave_out_others(news.verdicts);
        leave_out_others(news.datasets);
        told.commit = span->newest;
        const bool is_worth_telling = !news.empty();
        write_down(publication(std::move(news)), is_worth_telling, told);
    }

    Notification publication(News news) const
    {
        auto notification = begun(MessageKind::publication);
        for (const auto& one : news.flags)
            name(one.flag.indicator, notification);
        for (const auto& verdict : news.verdicts)
            name(verdict.indicator, notification);
        const auto counted = [&](FlagTurn turn) {
            return static_cast<std::size_t>(std::count_if(news.flags.begin(), news.flags.end(),
                                                          [&](const FlagNews& one) { return one.turn == turn; }));
        };
        notification.flags_opened = counted(FlagTurn::opened);
        notification.flags_closed = counted(FlagTurn::closed);
        std::stable_sort(news.flags.begin(), news.flags.end(),
                         [](const FlagNews& a, const FlagNews& b) { return a.turn < b.turn; });
        auto open = OutageStore(workspace_.store).open();
        leave_out_others(open);
        notification.flags = listed(std::move(news.flags));
        notification.indicators = listed(std::move(news.verdicts));
        notification.datasets = listed(std::move(news.datasets));
        notification.going_on = listed(std::move(open));
        return notification;
    }

    void name(int indicator, Notification& notification) const
    {
        if (const auto* found = indicator == 0 ? nullptr : workspace_.catalogue.find(indicator))
            notification.labels[indicator] = found->label_in(found->definitions.back());
    }

    void write_down(const Notification& notification, bool is_worth_telling, const ToldChannel& told)
    {
        StoreSession::Transaction transaction(workspace_.store);
        if (is_worth_telling)
            outbox_.add(message_of(notification, channel_.kind));
        outbox_.store(told);
        transaction.commit();
    }

    Workspace& workspace_;
    const ChannelSettings& channel_;
    const ToldPlaces& places_;
    Writing how_;
    Time now_;
    OutboxStore outbox_;
};

void give_up_on(const std::string& channel, OutboxStore& outbox, Time now)
{
    for (auto message : outbox.waiting(channel)) {
        message.state = OutboxState::undeliverable;
        message.ended_at = now;
        message.next_try_at.reset();
        message.answer = "the channel is configured no more";
        outbox.change(message);
    }
}

} // namespace

void store_channels(Workspace& workspace, Time now)
{
    const auto& settings = workspace.settings.notify;
    OutboxStore outbox(workspace.store);
    StoreSession::Transaction transaction(workspace.store);
    std::map<std::string, ToldChannel> known;
    for (auto& told : outbox.channels())
        known[told.channel] = std::move(told);
    for (const auto& channel : settings.channels)
        if (known.erase(channel.id) == 0)
            outbox.store(ToldChannel{channel.id, CommitStore(workspace.store).newest(),
                                     OutageStore(workspace.store).newest(), now});
    for (const auto& [id, told] : known) {
        outbox.forget(id);
        give_up_on(id, outbox, now);
    }
    transaction.commit();
}

void write_messages(Workspace& workspace, Writing how, Time now)
{
    const auto& settings = workspace.settings.notify;
    if (settings.channels.empty())
        return;
    const auto commit = CommitStore(workspace.store).newest();
    const auto outage = OutageStore(workspace.store).newest();
    auto behind = OutboxStore(workspace.store).channels();
    std::erase_if(behind, [&](const ToldChannel& told) { return told.commit == commit && told.outage == outage; });
    if (behind.empty())
        return;
    const ToldPlaces places(*workspace.jobs, workspace.catalogue);
    for (auto& told : behind)
        if (const auto* channel = settings.find(told.channel))
            ChannelWriter(workspace, *channel, places, how, now).write(told);
}

Notification test_notification(const Workspace& workspace, const ChannelSettings& channel, Time now)
{
    return begin_message(workspace, channel, MessageKind::test, now);
}

SenderSettings sender_of(const Settings& settings)
{
    return {settings.notify.name, settings.fetch};
}

} // namespace skurd
