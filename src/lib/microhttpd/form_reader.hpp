#pragma once

#include "lib/microhttpd/http_service.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>

struct MHD_Connection;

namespace skurd {

/// Takes a body of multipart/form-data (RFC 7578) or application/x-www-form-urlencoded apart as it comes. Names of
/// files and types of parts are not looked at; of parts of one name the bytes follow one another.
class FormReader {
public:
    FormReader(MHD_Connection* connection, const RequestTerms& terms);
    ~FormReader();
    FormReader(const FormReader&) = delete;
    FormReader& operator=(const FormReader&) = delete;

    void take(std::string_view bytes);
    /// Why this is no form that is taken; "" where it is. Final once all bytes have been given.
    std::string end();
    std::map<std::string, std::string>& parts() { return parts_; }

private:
    struct Processor;
    bool add(std::string_view name, std::string_view bytes);

    std::unique_ptr<Processor> processor_;
    std::map<std::string, std::string> parts_;
    RequestTerms terms_;
    std::size_t taken_ = 0;
    std::string mistake_;
};

} // namespace skurd
