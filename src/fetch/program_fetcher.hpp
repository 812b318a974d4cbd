#pragma once

#include "base/clock.hpp"
#include "fetch/fetcher.hpp"

#include <chrono>
#include <string>

namespace skurd {

/// Runs a program (Request::Kind::program) with the request's body on its standard input, and gives what it printed.
/// It runs alone, as ChildProcess says, in a new empty folder that is removed afterwards, with PATH, LANG=C.UTF-8,
/// HOME=/nonexistent and TMPDIR (that folder). At its time limit, and on a stop, its whole process group gets
/// SIGTERM, and SIGKILL two seconds later. `user` is whom it runs as where skurd runs as root. Throws Error that
/// begins with the program's path: it is not an absolute path of a regular executable file that only its owner, root
/// or skurd's user, may write, in folders that not everybody may write; it cannot be started; a limit was passed or a
/// stop requested; it ended with another code than 0 (then with the last line of its standard error).
std::string run_program(const Request& request, const std::string& user, std::stop_token stop);

/// Runs programs for what they print.
class ProgramFetcher final : public Fetcher {
public:
    /// The clock must outlive the fetcher and says when output came; how long a program takes is measured otherwise.
    /// `user` is whom programs run as where skurd runs as root; else they run as skurd does.
    ProgramFetcher(const Clock& clock, std::string user);

    /// What the program printed; its path as the URL. Throws as run_program() does, and where it printed nothing, or
    /// a web page.
    std::optional<Response> fetch(const Request& request, std::stop_token stop) override;

private:
    const Clock* clock_;
    std::string user_;
};

} // namespace skurd
