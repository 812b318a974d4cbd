// The command signoff: a person's word that a report stands.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "base/read_file.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "lib/openssl/base64.hpp"
#include "lib/openssl/ed25519.hpp"
#include "store/maintenance.hpp"
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
    std::string key;            ///< file of a private key
    std::int64_t sign = 0;      ///< a sign-off that is there already
    std::int64_t statement = 0; ///< the one whose statement is printed
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

constexpr std::size_t key_max = 1 << 14; ///< bytes of a key's file

/// The private key stays with this process; what is stored is the signature and the public key.
std::int64_t add_signature(Context& context, const SignOffOptions& options, std::int64_t sign_off)
{
    const auto statement = [&] { // not held while the order is carried out
        const ReadContext read(context);
        return SignOffStore(read.store).statement(sign_off);
    }();
    const auto made = sign_ed25519(read_file(options.key, key_max), statement);
    return carry_out(context, SignatureOrder{sign_off, made.public_key, to_base64(made.signature), options.actor}).id;
}

ExitCode sign_again(Context& context, const SignOffOptions& options)
{
    if (options.key.empty())
        throw usage_error("--sign needs the file of a private key of Ed25519: --key FILE");
    const auto id = add_signature(context, options, options.sign);
    return print_done(context, {{"sign_off", options.sign}, {"signature", id}},
                      fmt::format("sign-off {} is signed: signature {}", options.sign, id));
}

ExitCode print_statement(Context& context, std::int64_t sign_off)
{
    const ReadContext read(context);
    const auto statement = SignOffStore(read.store).statement(sign_off);
    if (context.json)
        print_json({{"sign_off", sign_off}, {"statement", statement}});
    else
        print_exactly(statement);
    return ExitCode::good;
}

ExitCode sign(Context& context, const SignOffOptions& options)
{
    if (options.list)
        return list_sign_offs(context, options.language);
    if (options.statement != 0)
        return print_statement(context, options.statement);
    if (options.sign != 0)
        return sign_again(context, options);
    if (options.set == 0 || options.period.empty() || options.actor.empty())
        throw usage_error("say which report is signed off and by whom: --set N --period P --by NAME");
    const auto result =
        carry_out(context, SignOffOrder{options.set, read_period(options.period), options.note, options.actor});
    const auto signature = options.key.empty() ? 0 : add_signature(context, options, result.sign_off);
    const ReadContext read(context);
    const auto heads = StoreMaintenance(read.store).heads();
    auto json = to_json(OrderResult(result));
    json["content_head"] = heads.content;
    json["log_head"] = heads.log;
    if (signature != 0)
        json["signature"] = signature;
    return print_done(context, json,
                      fmt::format("the report of set {} for {} is signed off as {}{}: skurd report --signed {} gives "
                                  "it back\ncontent head: {}\nlog head:     {}",
                                  options.set, options.period, result.sign_off,
                                  signature == 0 ? "" : " and signed with the key", options.set, heads.content,
                                  heads.log));
}

} // namespace

void add_signoff(CLI::App& command, Context& context)
{
    auto options = std::make_shared<SignOffOptions>(); // lives as long as the callback
    command.add_option("--set", options->set, "The indicator set");
    command.add_option("--period", options->period, "The period reported on");
    command.add_option("--by", options->actor, "Who signs it off");
    command.add_option("--note", options->note, "A note about it");
    command.add_option("--key", options->key, "Sign it with this private key of Ed25519 (a PEM file), too");
    command.add_option("--sign", options->sign, "Sign that sign-off with --key instead of making one")
        ->check(CLI::PositiveNumber);
    command.add_option("--statement", options->statement, "Print what a signature over that sign-off is made over")
        ->check(CLI::PositiveNumber);
    command.add_flag("--list", options->list, "What was signed off");
    add_language(command, options->language, Speaks::of_operation);
    command.footer("Stores what the report says now, and its bytes in every format and both languages, for ever.\n"
                   "skurd report --signed SET gives it back; skurd diff --signed SET --now says what differs today.\n"
                   "Keep the heads that are printed outside: `skurd verify --head` proves later that nothing before\n"
                   "was rewritten. With --key, anyone who has the public key can verify who signed (signoff --list\n"
                   "--json has key and signature); the private key is read by this process alone.");
    command.callback(
        [&context, options] { context.action = [&context, options] { return sign(context, *options); }; });
}

} // namespace skurd
