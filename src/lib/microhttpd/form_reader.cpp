#include "lib/microhttpd/form_reader.hpp"

#include <microhttpd.h>

#include <fmt/format.h>

#include <cstdint>
#include <exception>

namespace skurd {

namespace {

constexpr std::size_t buffer_size = 16 << 10;
constexpr std::size_t name_max = 64;

} // namespace

struct FormReader::Processor {
    MHD_PostProcessor* handle = nullptr;

    static MHD_Result on_part(void* reader, MHD_ValueKind, const char* name, const char*, const char*, const char*,
                              const char* bytes, std::uint64_t, std::size_t size) noexcept
    try {
        return static_cast<FormReader*>(reader)->add(name ? name : "", {bytes, size}) ? MHD_YES : MHD_NO;
    } catch (const std::exception&) {
        return MHD_NO;
    }
};

FormReader::FormReader(MHD_Connection* connection, const RequestTerms& terms)
    : processor_(std::make_unique<Processor>()), terms_(terms)
{
    processor_->handle = MHD_create_post_processor(connection, buffer_size, &Processor::on_part, this);
    if (!processor_->handle)
        mistake_ = "the Content-Type names no boundary";
}

FormReader::~FormReader()
{
    if (processor_->handle)
        MHD_destroy_post_processor(processor_->handle);
}

bool FormReader::add(std::string_view name, std::string_view bytes)
{
    const std::string key(name.substr(0, name_max));
    if (!parts_.contains(key) && parts_.size() >= terms_.parts_max)
        mistake_ = fmt::format("the form has more than {} parts", terms_.parts_max);
    else if (name.size() > name_max)
        mistake_ = fmt::format("the name of a part is longer than {} bytes", name_max);
    if (!mistake_.empty())
        return false;
    parts_[key].append(bytes);
    return true;
}

void FormReader::take(std::string_view bytes)
{
    taken_ += bytes.size();
    if (mistake_.empty() && taken_ > terms_.bytes_max)
        mistake_ = fmt::format("the form has more than {} bytes", terms_.bytes_max);
    if (!mistake_.empty() || MHD_post_process(processor_->handle, bytes.data(), bytes.size()) == MHD_YES)
        return;
    if (mistake_.empty())
        mistake_ = "the form cannot be read";
}

std::string FormReader::end()
{
    if (processor_->handle && MHD_destroy_post_processor(std::exchange(processor_->handle, nullptr)) != MHD_YES &&
        mistake_.empty())
        mistake_ = "the form ends too early";
    return mistake_;
}

} // namespace skurd
