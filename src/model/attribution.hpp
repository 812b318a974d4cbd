#pragma once

#include "model/localized_text.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace skurd {

/// Whom numbers are credited to, and the licence under which they may be used again. What is empty is not known; that
/// is said, and nothing is guessed.
struct Attribution {
    LocalizedText source;  ///< "Statistisk sentralbyrå"
    LocalizedText licence; ///< "CC BY 4.0"

    friend bool operator==(const Attribution&, const Attribution&) = default;
};

/// "Statistisk sentralbyrå"; "kilde ikke oppgitt" where it is not known.
std::string source_text(const Attribution& attribution, Language language);
/// "CC BY 4.0"; "lisens ukjent" where it is not known.
std::string licence_text(const Attribution& attribution, Language language);
/// "Statistisk sentralbyrå (CC BY 4.0)", also where one or both are not known.
std::string attribution_text(const Attribution& attribution, Language language);

/// The attributions of datasets. A connector states one for all datasets of its source, a job one of its own.
class Attributions {
public:
    /// Of a dataset; a second one that differs stands beside the first.
    void add(const std::string& dataset, const Attribution& attribution);
    /// Of every dataset of a source, "ssb", that has none of its own.
    void add_source(std::string_view source, const Attribution& attribution);

    bool has(const std::string& dataset) const { return datasets_.contains(dataset); } ///< of its own
    Attribution of(const std::string& dataset) const;
    /// Of a number that is made from several datasets: each source once, with the licences in the same order. A
    /// licence that all have is said once.
    Attribution of(std::span<const std::string> datasets) const;

private:
    std::map<std::string, Attribution> datasets_;
    std::map<std::string, Attribution, std::less<>> sources_; ///< by what stands before the slash
};

} // namespace skurd
