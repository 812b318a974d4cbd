#include "model/enum_text.hpp"

#include <algorithm>
#include <array>

namespace skurd {

namespace {

struct Translation {
    std::string_view en;
    std::string_view nb;
};

constexpr auto translations = std::to_array<Translation>({
    // kinds of flags
    {"threshold", "grense"},
    {"revision", "revisjon"},
    {"break", "brudd"},
    {"withdrawn", "trukket"},
    {"rule", "endret regel"},
    {"overdue", "forsinket"},
    {"failing", "mislykkes"},
    {"reader", "leser"},
    {"frozen", "står stille"},
    {"replaced", "erstattet"},
    {"drift", "endret tabell"},
    {"suspect", "mistenkelig"},
    {"quarantine", "karantene"},
    {"clock", "tidspunkt"},
    {"window", "periodevindu"},
    // their states and events
    {"open", "åpent"},
    {"acknowledged", "kvittert"},
    {"closed", "lukket"},
    {"raised", "reist"},
    {"reopened", "gjenåpnet"},
    {"changed", "endret"},
    // kinds of indicators, directions, types, definitions
    {"share", "andel"},
    {"number", "antall"},
    {"amount", "beløp"},
    {"ratio", "forholdstall"},
    {"score", "skår"},
    {"up", "opp"},
    {"down", "ned"},
    {"neutral", "ingen"},
    {"input", "innsats"},
    {"activity", "aktivitet"},
    {"result", "resultat"},
    {"effect", "effekt"},
    {"method", "metode"},
    {"question", "spørsmål"},
    {"wording", "ordlyd"},
    {"weights", "vekter"},
    {"unit", "enhet"},
    {"population", "populasjon"},
    {"price base", "prisnivå"},
    {"period", "periode"},
    {"merged", "slått sammen"},
    {"source", "kilde"},
    // outcomes of runs
    {"running", "går"},
    {"new vintage", "ny utgave"},
    {"nothing new", "ikke noe nytt"},
    {"no file", "ingen fil"},
    {"failed", "mislyktes"},
    {"stopped", "stoppet"},
    {"never ran", "aldri kjørt"},
    // what fails, in messages
    {"store", "lager"},
    {"room", "diskplass"},
    {"files", "filer"},
    {"late", "forsinkelse"},
    {"no yield", "ingen tall"},
    // drift, annotations
    {"harmless", "ufarlig"},
    {"blocks series", "stanser serier"},
    {"blocks dataset", "stanser tabellen"},
    {"error correction", "feilretting"},
    {"note", "merknad"},
});

} // namespace

std::string word_text(std::string_view word, Language language)
{
    const auto* const found = std::find_if(translations.begin(), translations.end(),
                                           [&](const Translation& each) { return each.en == word; });
    return std::string(language == Language::nb && found != translations.end() ? found->nb : word);
}

} // namespace skurd
