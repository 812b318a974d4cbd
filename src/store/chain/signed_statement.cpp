#include "store/chain/signed_statement.hpp"

#include "lib/openssl/base64.hpp"
#include "lib/openssl/ed25519.hpp"
#include "store/engine/statement.hpp"

#include <fmt/format.h>

namespace skurd {

std::optional<std::string> sign_off_statement(Database& database, std::int64_t id)
{
    Statement signing(database, R"(
        SELECT s.set_number, s.period, s.signed_at, s.catalogue_hash,
            (SELECT c.hash FROM log_chain AS c JOIN commit_log AS l ON l.seq = c.item
             WHERE c.kind = 'commit' AND l.ingest_id = s.ingest_id AND l.kind = 'sign-off' LIMIT 1)
        FROM sign_off AS s WHERE s.id = $1)");
    if (!signing.bind(id).step())
        return std::nullopt;
    auto text = fmt::format("skurd sign-off {}\nset {}, period {}\nsigned {}\ncatalogue {}\n", id, signing.view(0),
                            signing.view(1), signing.view(2), signing.view(3));
    Statement rendering(database, "SELECT format, language, payload_hash FROM signed_rendering WHERE sign_off_id = $1"
                                  " ORDER BY format, language");
    rendering.bind(id);
    while (rendering.step())
        text += fmt::format("{} {} {}\n", rendering.view(0), rendering.view(1), rendering.view(2));
    return text + fmt::format("log head {}\n", signing.view(4));
}

std::vector<std::string> wrong_signatures(Database& database)
{
    std::vector<std::string> wrong;
    Statement row(database, "SELECT id, sign_off_id, statement, public_key, signature FROM sign_off_signature");
    while (row.step()) {
        const auto statement = sign_off_statement(database, row.integer(1));
        const auto signature = from_base64(row.view(4));
        if (!statement || *statement != row.view(2))
            wrong.push_back(fmt::format("signature {}: sign-off {} does not say any more what was signed",
                                        row.integer(0), row.integer(1)));
        else if (!signature || !is_signed_ed25519(row.view(3), *statement, *signature))
            wrong.push_back(
                fmt::format("signature {}: is not one of its key over sign-off {}", row.integer(0), row.integer(1)));
    }
    return wrong;
}

} // namespace skurd
