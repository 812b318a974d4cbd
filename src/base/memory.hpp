#pragma once

namespace skurd {

/// Has all threads share two heaps, where each would get one of its own, of up to eight for each processor: a daemon's
/// threads come and go, and half a megabyte that nothing uses stays in every heap. Before there are threads.
void share_heaps() noexcept;

/// Gives free memory of the heaps back to the system; for any thread.
void give_back_heap() noexcept;

/// Gives back to the system what the process does not need while it waits: free memory of the heap, and the pages of
/// program code, most of which only a start or a run needs. Code that is needed again comes from the page cache, or
/// the file, as at its first use. Takes a millisecond or two; for any thread.
void give_back_memory() noexcept;

} // namespace skurd
