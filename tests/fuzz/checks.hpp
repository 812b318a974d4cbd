#pragma once

#include "base/error.hpp"
#include "model/cube.hpp"
#include "model/release.hpp"

#include <string>

namespace skurd::test {

/// The promises of decoders, checked. Each throws Finding.

/// A message is UTF-8 on one line and not longer than people read.
void check_message(const Error& failure);

/// As many cells as the dimensions multiply to, each with a symbol there is, every code once.
void check_cube(const Cube& cube);

/// As many cells as series times periods, periods ascending.
void check_release(const Release& release);

/// The long CSV of a cube is UTF-8, as all its texts are, and has a line for each cell.
void check_csv(const Cube& cube);

/// Everything a cube holds, as text: cubes of the same text are equal.
std::string whole_text(const Cube& cube);

/// Whether something goes well; what is thrown must be an Error that passes check_message().
template <typename Function>
bool is_taken(const Function& function)
{
    try {
        function();
        return true;
    } catch (const Error& failure) {
        check_message(failure);
        return false;
    }
}

/// All of the above, and normalisation, of which the notes must be fit to print too.
void check_all(const Cube& cube, const Conventions& conventions);

} // namespace skurd::test
