#include "tests/notify/sample_notification.hpp"

#include "base/time_text.hpp"

#include <fmt/format.h>

namespace skurd::test {

namespace {

Notification begun(MessageKind kind, Language language)
{
    Notification notification;
    notification.kind = kind;
    notification.installation = "skurd på ål";
    notification.channel = "desk";
    notification.delivery = "0123456789abcdef0123456789abcdef";
    notification.made_at = parse_time("2026-03-02T08:35:00Z").value();
    notification.language = language;
    return notification;
}

Verdict verdict(int indicator)
{
    Verdict one;
    one.indicator = indicator;
    one.from = Period::year(2018);
    one.to = Period::year(2019);
    one.old_value = Decimal(462, 1);
    one.new_value = Decimal(481, 1);
    one.outcome = Outcome::improved;
    one.change = Decimal(19, 1);
    one.unit = "percentage points";
    one.sentence = {"Grønn: 46,2 → 48,1 % (+1,9 prosentpoeng, grense ±1,0)",
                    "Green: 46.2 → 48.1 % (+1.9 percentage points, limit ±1.0)"};
    return one;
}

Flag flag(std::int64_t id, FlagKind kind, int indicator, LocalizedText text)
{
    Flag one;
    one.id = id;
    one.kind = kind;
    one.key = fmt::format("{}/{}", to_string(kind), id);
    one.indicator = indicator;
    one.period = indicator == 0 ? "" : "2019";
    one.text_nb = std::move(text.nb);
    one.text_en = std::move(text.en);
    one.changed_at = parse_time("2026-03-02T08:21:00Z").value();
    return one;
}

Outage outage(std::int64_t id, const std::string& source, std::optional<Time> ended)
{
    Outage one{id, Concern::failing, source, parse_time("2026-03-01T22:10:00Z").value(), ended};
    one.causes.push_back(
        {"failing/" + source + "-a",
         source + "-a",
         {"Jobb " + source + "-a: alle forsøk har mislyktes", "Job " + source + "-a: every try has failed"}});
    one.causes.push_back({"failing/" + source + "-b",
                          source + "-b",
                          {"Jobb " + source + "-b: <script>\nSubject: nei\x1b[31m",
                           "Job " + source + "-b: <script>\nSubject: no\x1b[31m"}});
    return one;
}

} // namespace

Notification sample_publication(Language language)
{
    auto notification = begun(MessageKind::publication, language);
    notification.labels[9] = {"Andel på ål", "Share of eel"};
    auto opened = FlagNews{flag(12, FlagKind::threshold, 9,
                                {"Indikator 9 (Andel på ål) krysset grensen i 2019", "Indicator 9 crossed in 2019"}),
                           FlagTurn::opened, verdict(9)};
    FlagNews closed{flag(3, FlagKind::quarantine, 0, {"Jobb x: 1 i karantene", "Job x: 1 in quarantine"}),
                    FlagTurn::closed};
    closed.flag.job = "x";
    notification.flags = listed(std::vector{opened, closed});
    notification.flags_opened = 1;
    notification.flags_closed = 1;
    notification.indicators = listed(std::vector{verdict(9)});
    notification.datasets =
        listed(std::vector<DatasetNews>{{"ssb/07459", "Befolkning", 1, 120, 3, 1}, {"drop/tall", "", 2, 1, 0, 0}});
    notification.going_on = listed(std::vector{outage(4, "fhi", std::nullopt)});
    return notification;
}

Notification sample_outage(Language language)
{
    auto notification = begun(MessageKind::outage, language);
    Outage room{7, Concern::room, "/var/lib/skurd", parse_time("2026-03-02T01:00:00Z").value(),
                parse_time("2026-03-02T02:00:00Z")};
    room.causes.push_back({"room//var/lib/skurd", "", {"little room", "little room"}});
    notification.outages = listed(std::vector{outage(6, "ssb", std::nullopt), room});
    return notification;
}

Notification sample_recovery(Language language)
{
    auto notification = begun(MessageKind::recovery, language);
    notification.outages = listed(std::vector{outage(6, "ssb", notification.made_at)});
    return notification;
}

Notification many_flags(std::size_t count)
{
    auto notification = begun(MessageKind::publication, Language::nb);
    std::vector<FlagNews> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back({flag(static_cast<std::int64_t>(i), FlagKind::threshold, 9, {std::string(9000, 'x'), "x"}),
                       FlagTurn::opened});
    notification.flags_opened = count;
    notification.flags = listed(std::move(all));
    return notification;
}

} // namespace skurd::test
