// What a message says, in one of the two languages. What comes from sources (titles, texts of flags, errors) is made
// one printable line each and cut, so that nothing of it can look like a line of ours, and no message is long.
#include "notify/message_page.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/enum_text.hpp"
#include "model/indicator_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace skurd {

namespace {

constexpr std::size_t line_max = 500;    ///< code points
constexpr std::size_t subject_max = 120; ///< likewise
constexpr std::size_t causes_max = 10;   ///< of one outage that are listed

/// "1 ny tabell", "3 nye tabeller".
std::string counted(std::size_t count, const char* one, const char* many)
{
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

class PageWriter {
public:
    explicit PageWriter(const Notification& notification)
        : n_(notification), en_(notification.language == Language::en)
    {
    }

    MessagePage page() const
    {
        MessagePage page{subject(), {}, footer()};
        for (auto section : {test(), outages(), flags(), indicators(), datasets(), going_on()})
            if (!section.lines.empty())
                page.sections.push_back(std::move(section));
        return page;
    }

    std::string subject() const { return excerpt(fmt::format("[{}] {}", n_.installation, what()), subject_max); }

private:
    const char* say(const char* nb, const char* en) const { return en_ ? en : nb; }

    std::string what() const
    {
        switch (n_.kind) {
        case MessageKind::test:
            return say("Prøve: en melding uten innhold", "Test: a message without news");
        case MessageKind::outage:
            return say("Svikt: ", "Outage: ") + outage_names();
        case MessageKind::recovery:
            return say("I orden igjen: ", "Well again: ") + outage_names();
        case MessageKind::publication:
            break;
        }
        return join(news_counts(), ", ");
    }

    std::vector<std::string> news_counts() const
    {
        std::vector<std::string> parts;
        const auto add = [&](std::size_t count, const char* one, const char* many) {
            if (count > 0)
                parts.push_back(counted(count, one, many));
        };
        add(n_.flags_opened, say("nytt flagg", "new flag"), say("nye flagg", "new flags"));
        add(n_.flags.all() - n_.flags_opened - n_.flags_closed, say("endret flagg", "changed flag"),
            say("endrede flagg", "changed flags"));
        add(n_.flags_closed, say("lukket flagg", "closed flag"), say("lukkede flagg", "closed flags"));
        add(n_.indicators.all(), say("indikator vurdert på nytt", "indicator judged anew"),
            say("indikatorer vurdert på nytt", "indicators judged anew"));
        add(n_.datasets.all(), say("tabell med nye tall", "table with new numbers"),
            say("tabeller med nye tall", "tables with new numbers"));
        return parts;
    }

    std::string name_of(const Outage& outage) const
    {
        const auto name = outage.about.empty() ? word_text(to_string(outage.concern), n_.language) : outage.about;
        std::set<std::string> jobs;
        for (const auto& cause : outage.causes)
            if (!cause.job.empty())
                jobs.insert(cause.job);
        return jobs.empty()
                   ? name
                   : fmt::format("{} ({})", name, counted(jobs.size(), say("jobb", "job"), say("jobber", "jobs")));
    }
    std::string outage_names() const
    {
        constexpr std::size_t names_max = 3;
        std::vector<std::string> names;
        for (const auto& outage : n_.outages.items)
            if (names.size() < names_max && (n_.kind == MessageKind::recovery || !outage.ended_at))
                names.push_back(name_of(outage));
        return join(names, ", ") + (n_.outages.all() > names_max ? " …" : "");
    }

    std::string more(std::size_t left_out, const char* command) const
    {
        if (left_out == 0)
            return "";
        return fmt::format("{} {} ({})", left_out, say("til er ikke tatt med", "more are left out"), command);
    }

    MessageSection test() const
    {
        if (n_.kind != MessageKind::test)
            return {};
        return {
            say("Prøve", "Test"),
            {say("Denne meldingen ble bestilt med `skurd notify --test`. Ingen tall er endret, og ingenting svikter.",
                 "This message was asked for with `skurd notify --test`. No number changed, and nothing fails.")},
            ""};
    }

    void add_outage(const Outage& outage, std::vector<std::string>& lines) const
    {
        auto line = fmt::format("{}: {} {}", name_of(outage), say("siden", "since"), format_time(outage.began_at));
        if (outage.ended_at)
            line += fmt::format(", {} {}", say("over", "over"), format_time(*outage.ended_at));
        lines.push_back(std::move(line));
        for (std::size_t i = 0; i < outage.causes.size() && i < causes_max; ++i)
            lines.push_back("  " + outage.causes[i].text.in(n_.language));
        if (outage.causes.size() > causes_max)
            lines.push_back("  " + more(outage.causes.size() - causes_max, "skurd status"));
    }
    MessageSection outage_section(const char* heading, const Listed<Outage>& outages) const
    {
        MessageSection section{heading, {}, more(outages.left_out, "skurd status")};
        for (const auto& outage : outages.items)
            add_outage(outage, section.lines);
        return shown(std::move(section));
    }
    MessageSection outages() const { return outage_section(say("Svikt", "Outages"), n_.outages); }
    MessageSection going_on() const { return outage_section(say("Svikter fortsatt", "Still failing"), n_.going_on); }

    std::string turn_text(FlagTurn turn) const
    {
        switch (turn) {
        case FlagTurn::opened:
            return say("nytt", "new");
        case FlagTurn::changed:
            return say("endret", "changed");
        case FlagTurn::closed:
            break;
        }
        return say("lukket", "closed");
    }
    MessageSection flags() const
    {
        MessageSection section{say("Flagg", "Flags"), {}, more(n_.flags.left_out, "skurd flags")};
        for (const auto& [flag, turn, verdict] : n_.flags.items)
            section.lines.push_back(fmt::format("{}, {}: {}", turn_text(turn), enum_text(flag.kind, n_.language),
                                                en_ ? flag.text_en : flag.text_nb));
        return shown(std::move(section));
    }

    MessageSection indicators() const
    {
        MessageSection section{
            say("Indikatorer", "Indicators"), {}, more(n_.indicators.left_out, "skurd indicators")};
        for (const auto& verdict : n_.indicators.items) {
            const auto label = n_.labels.find(verdict.indicator);
            section.lines.push_back(fmt::format("{} {}, {}: {}", indicator_name(verdict.indicator),
                                                label == n_.labels.end() ? "" : label->second.in(n_.language),
                                                verdict.to.text(), verdict.sentence.in(n_.language)));
        }
        return shown(std::move(section));
    }

    MessageSection datasets() const
    {
        MessageSection section{say("Tabeller", "Tables"), {}, more(n_.datasets.left_out, "skurd runs")};
        for (const auto& dataset : n_.datasets.items) {
            auto line =
                fmt::format("{}{}{}: {}", dataset.dataset, dataset.label.empty() ? "" : " ", dataset.label,
                            counted(static_cast<std::size_t>(dataset.rows), say("tall skrevet", "number written"),
                                    say("tall skrevet", "numbers written")));
            if (dataset.revised > 0)
                line += fmt::format(", {} {}", dataset.revised, say("revidert", "revised"));
            if (dataset.withdrawn > 0)
                line += fmt::format(", {} {}", dataset.withdrawn, say("trukket", "withdrawn"));
            section.lines.push_back(std::move(line));
        }
        return shown(std::move(section));
    }

    std::string footer() const
    {
        return fmt::format(
            "skurd {}, {} · {}", SKURD_VERSION, format_time(n_.made_at),
            say("se skurd flags, skurd diff og skurd status", "see skurd flags, skurd diff and skurd status"));
    }

    static MessageSection shown(MessageSection section)
    {
        for (auto& line : section.lines) {
            const bool is_below = line.starts_with("  ");
            line = (is_below ? "  " : "") + excerpt(std::string_view(line).substr(is_below ? 2 : 0), line_max);
        }
        return section;
    }

    const Notification& n_;
    bool en_;
};

} // namespace

MessagePage page_of(const Notification& notification)
{
    return PageWriter(notification).page();
}

std::string subject_of(const Notification& notification)
{
    return PageWriter(notification).subject();
}

} // namespace skurd
