#pragma once

#include "indicator/status_report.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "model/report_difference.hpp"
#include "model/sign_off.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"

#include <optional>
#include <string>

namespace skurd {

/// The status report of a set, from the store, with how it differs from an earlier report: the last one signed off,
/// else the set before it as it was printed. `question.as_of` is the first of the two clocks. Throws Error (usage)
/// for a set the catalogue does not have.
StatusReport status_report(const StoreSession& store, const Catalogue& catalogue, const ReportQuestion& question,
                           const AsOf& as_of, Numbers numbers, const Attributions& attributions = {});

/// What a set's report said: as of the day it was published, at its newest period then; today where that day is not
/// known.
ReportSnapshot printed_report(const StoreSession& store, const Catalogue& catalogue, int number);

/// What the report of a signing would say now, on the same set and period.
ReportSnapshot report_now(const StoreSession& store, const Catalogue& catalogue, const SignOff& signing);

/// The newest period for which any indicator of the set has a number; nothing where none has.
std::optional<Period> newest_period(const StoreSession& store, const Catalogue& catalogue, int set,
                                    const AsOf& as_of);

/// The newest set whose report had been published when the newest vintage at that time was, and whose figures are
/// known. Throws Error (usage) for a catalogue without sets.
int newest_set(const StoreSession& store, const Catalogue& catalogue, const AsOf& as_of);

/// The newest signing of a set (of a period, where one is given). Throws Error (usage) where there is none.
SignOff newest_sign_off(const StoreSession& store, int set, const std::optional<Period>& period);

/// The bytes of a signed report. Throws Error (usage) for a form it was not signed in.
std::string signed_report(const StoreSession& store, const SignOff& signing, const std::string& format,
                          const std::string& language);

} // namespace skurd
