#pragma once

#include "fetch/fetch_settings.hpp"
#include "tests/sim/loopback.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace skurd::test {

/// What goes wrong with one request, until the source is mended.
enum class Trouble {
    storm,         ///< 500, however often it is asked; a program that fails
    too_many,      ///< 429 with Retry-After, once
    too_many_long, ///< 429 for a day
    reset,         ///< half of the body, then the connection is reset; a program that is killed
    truncated,     ///< half of the body in chunks, without the last one; half of a file
    too_long,      ///< announces more than it sends
    too_short,     ///< announces half of what it sends
    html,          ///< 200 with a web page
    empty,         ///< 200 with nothing
    not_found,     ///< 404, once; no program
};
const std::vector<Trouble>& all_troubles();
std::string_view name_of(Trouble trouble); ///< "truncated": also the name of what a subject leaves out

/// A source that runs: servers, a folder or a program, from construction to destruction. Requests are counted from 1
/// since it was last mended.
class Source {
public:
    virtual ~Source() = default;

    virtual std::string job() const = 0;                ///< the text of a good job for it
    virtual std::string base_url() const { return ""; } ///< for the source browser
    virtual void adjust(FetchSettings&) const {}        ///< what the configuration must say of it

    virtual void revise(int cells) = 0; ///< publishes a release in which so many cells (at most 2) are others
    virtual void touch() = 0;           ///< other bytes or another time of update, the same cells

    virtual void spoil(Trouble trouble, int request) = 0; ///< that request meets the trouble
    virtual void mend() = 0;                              ///< no more trouble; a folder gets its file (again)

    virtual int asked() const { return 0; }                         ///< requests since it was mended
    virtual int answered_at_source() const { return 0; }            ///< requests of all time
    virtual int refused() const { return 0; }                       ///< of these, calls beyond the limit
    virtual void limit(int calls, std::chrono::seconds window) = 0; ///< refuses what is more
};

/// A change that makes the good job a bad one, and what is then said.
struct Mistake {
    std::string good; ///< in the good job's text
    std::string bad;  ///< in its place
    std::string message;
};

/// A connector, or one of its ways, as the suite drives it.
struct Subject {
    std::string name;      ///< "pxweb v1"
    std::string connector; ///< of the registry
    std::unique_ptr<Source> (*start)(SharedClock& clock);
    std::size_t cells = 0; ///< of the first harvest
    std::vector<Mistake> mistakes;
    std::string table = {};                           ///< that discovery finds by `words`
    std::string words = {};                           ///< in its title
    std::map<std::string, std::string> left_out = {}; ///< "discovery", "pace", a trouble's name -> the reason
};

const std::vector<Subject>& subjects();

/// Whether the subject leaves the step out; prints why. A step without a reason, or that nobody knows, fails.
bool leaves_out(const Subject& subject, std::string_view step);

// The parts of the list.
std::vector<Subject> table_subjects(); ///< ssb, pxweb, fhi
std::vector<Subject> file_subjects();  ///< nki, dfo, nifu
std::vector<Subject> local_subjects(); ///< what comes without a network: drop, exec

} // namespace skurd::test
