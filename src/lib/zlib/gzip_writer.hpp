#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace skurd {

/// Makes a gzip file (RFC 1952) piece by piece; without a name and a time, so that the same bytes give the same.
class GzipWriter {
public:
    GzipWriter(); ///< throws Error where there is no memory
    ~GzipWriter();
    GzipWriter(const GzipWriter&) = delete;
    GzipWriter& operator=(const GzipWriter&) = delete;

    /// What is ready after these bytes; mostly "".
    std::string add(std::string_view bytes);
    std::string end(); ///< the rest; nothing can be added afterwards

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
};

} // namespace skurd
