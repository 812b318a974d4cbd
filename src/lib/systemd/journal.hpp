#pragma once

#include "base/file_descriptor.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace skurd {

/// The system's journal, by the datagrams that systemd documents for programs that do not want its library
/// (https://systemd.io/JOURNAL_NATIVE_PROTOCOL/). From any thread.
class Journal {
public:
    /// What an entry says: {"MESSAGE", "…"}. Names are of capitals, digits and underscores, as the journal wants
    /// them.
    using Fields = std::vector<std::pair<std::string, std::string>>;

    /// The journal, where standard error leads to it ($JOURNAL_STREAM names its device and inode): who has sent that
    /// elsewhere wants the lines there. Nothing also where its socket cannot be reached.
    static std::optional<Journal> of_standard_error();
    /// The one that listens at a path; nothing where none does.
    static std::optional<Journal> at(const std::string& socket);

    bool send(const Fields& fields) const; ///< false where the journal does not take it: too large, or it is gone

private:
    explicit Journal(FileDescriptor socket) : socket_(std::move(socket)) {}

    FileDescriptor socket_;
};

} // namespace skurd
