#include "order/agreement_json.hpp"

#include <array>

namespace skurd {

namespace {

struct Word {
    std::string_view word;
    bool Agreement::*part;
};
constexpr auto agreement_words = std::to_array<Word>({
    {"withdrawals", &Agreement::withdrawals},
    {"drift", &Agreement::drift},
    {"anomalies", &Agreement::anomalies},
});

} // namespace

Json to_json(const Agreement& agreement)
{
    Json words = Json::array();
    for (const auto& [word, part] : agreement_words)
        if (agreement.*part)
            words.push_back(word);
    return words;
}

Agreement read_agreement(JsonReader& json, const char* name)
{
    Agreement agreement;
    for (const auto& given : json.texts(name)) {
        bool known = false;
        for (const auto& [word, part] : agreement_words)
            if (word == given)
                known = agreement.*part = true;
        if (!known)
            json.fail(name, "holds a word that is none of withdrawals, drift, anomalies");
    }
    return agreement;
}

} // namespace skurd
