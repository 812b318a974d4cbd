#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace skurd {

/// Makes a Zstandard frame (RFC 8878) piece by piece, as readers of the content coding `zstd` read it: a window of no
/// more than 8 MB (RFC 9659). The same bytes in the same pieces give the same frame.
class ZstdWriter {
public:
    ZstdWriter(); ///< throws Error where there is no memory
    ~ZstdWriter();
    ZstdWriter(const ZstdWriter&) = delete;
    ZstdWriter& operator=(const ZstdWriter&) = delete;

    /// What is ready after these bytes; mostly "".
    std::string add(std::string_view bytes);
    std::string end(); ///< the rest; nothing can be added afterwards

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
};

} // namespace skurd
