// The command signoff: a person's word that a report stands.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "store/sign_off_store.hpp"
#include "view/store_json.hpp"

#include <fmt/format.h>

#include <iostream>

namespace skurd {

namespace {

struct SignOffOptions {
    int set = 0;
    std::string period;
    std::string actor;
    std::string note;
    bool list = false;
    Language language = Language::en;
};

ExitCode list_sign_offs(Context& context, Language language)
{
    const ReadContext read(context);
    const auto all = SignOffStore(read.store).list();
    if (context.json) {
        print_json_list(all);
        return ExitCode::good;
    }
    const bool en = language == Language::en;
    TextTable table({{en ? "sign-off" : "godkjenning", TextTable::Align::right},
                     {en ? "set" : "sett", TextTable::Align::right},
                     {en ? "period" : "periode"},
                     {en ? "signed" : "godkjent"},
                     {en ? "by" : "av"},
                     {en ? "catalogue" : "katalog"},
                     {en ? "note" : "merknad"}});
    for (const auto& signing : all)
        table.add({std::to_string(signing.id), std::to_string(signing.snapshot.set), signing.snapshot.period.text(),
                   format_time(signing.signed_at), signing.actor, signing.catalogue_hash.substr(0, 12),
                   signing.note});
    std::cout << (!table.empty() ? table.text(context.width())
                  : en           ? "nothing is signed off yet\n"
                                 : "ingenting er godkjent ennå\n");
    return ExitCode::good;
}

ExitCode sign(Context& context, const SignOffOptions& options)
{
    if (options.list)
        return list_sign_offs(context, options.language);
    if (options.set == 0 || options.period.empty() || options.actor.empty())
        throw usage_error("say which report is signed off and by whom: --set N --period P --by NAME");
    const auto result =
        carry_out(context, SignOffOrder{options.set, read_period(options.period), options.note, options.actor});
    return print_done(
        context, to_json(OrderResult(result)),
        fmt::format("the report of set {} for {} is signed off as {}: skurd report --signed {} gives it "
                    "back",
                    options.set, options.period, result.sign_off, options.set));
}

} // namespace

void add_signoff(CLI::App& command, Context& context)
{
    auto options = std::make_shared<SignOffOptions>(); // lives as long as the callback
    command.add_option("--set", options->set, "The indicator set");
    command.add_option("--period", options->period, "The period reported on");
    command.add_option("--by", options->actor, "Who signs it off");
    command.add_option("--note", options->note, "A note about it");
    command.add_flag("--list", options->list, "What was signed off");
    add_language(command, options->language, Speaks::of_operation);
    command.footer("Stores what the report says now, and its bytes in every format and both languages, for ever.\n"
                   "skurd report --signed SET gives it back; skurd diff --signed SET --now says what differs today.");
    command.callback(
        [&context, options] { context.action = [&context, options] { return sign(context, *options); }; });
}

} // namespace skurd
