#pragma once

namespace skurd {

/// The first call in main() of a program that reads old Office files. Where the program was started as the reader of
/// one, as read_xls() starts it, it reads that file from standard input, tells its cells on standard output and ends.
/// Else it returns, and read_xls() may start this program as its reader from now on.
void become_xls_reader(int argc, char** argv);

/// Whether become_xls_reader() was called.
bool can_become_xls_reader() noexcept;

/// The first argument of a program that is started as a reader; the second is the number of sheets that are allowed.
constexpr auto xls_reader_argument = "--become-xls-reader";

} // namespace skurd
