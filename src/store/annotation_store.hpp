#pragma once

#include "model/annotation.hpp"
#include "model/ended.hpp"
#include "model/indicator.hpp"

#include <optional>
#include <string>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// What people say of numbers. Errors are usage errors: they say what the store holds. Texts and names are as
/// checked_note() wants them.
class AnnotationStore {
public:
    explicit AnnotationStore(const StoreSession& session) : session_(session) {}

    /// Stores an annotation, made now, and gives its id. Its target is the whole dataset of the selector, or the one
    /// series it names, with the annotation's period and vintage; of the rest, kind, text and person are read.
    /// Throws Error for a target the store does not have, and for a break without a period.
    std::int64_t add(const Selector& about, const Annotation& annotation);
    /// Throws Error for one that is not there, or is withdrawn already.
    void withdraw(std::int64_t id, const std::string& why, const std::string& actor);
    /// By id; of all datasets for "".
    std::vector<Annotation> list(const std::optional<std::string>& dataset, Ended withdrawn) const;

private:
    const StoreSession& session_;
};

} // namespace skurd
