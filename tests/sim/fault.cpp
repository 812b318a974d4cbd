#include "tests/sim/fault.hpp"

#include "base/text.hpp"
#include "tests/sim/archive.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd::sim {

namespace {

constexpr std::size_t mebibyte = 1 << 20;
constexpr int hops = 6;
const std::string hop_path = "/sim-hop/";       // followed by the hop's number and the first address
const std::string circle_path = "/sim-circle/"; // followed by a or b

const std::string page = "<!DOCTYPE html><html><body><h1>Vedlikehold</h1></body></html>";

std::string with_length(const std::string& head, std::size_t length)
{
    return fmt::format("{}Content-Length: {}\r\nConnection: close\r\n\r\n", head, length);
}

void send_whole(Wire& wire, const std::string& status, const std::string& headers, const std::string& body)
{
    wire.send(with_length("HTTP/1.1 " + status + "\r\n" + headers, body.size()) + body);
}

void redirect(Wire& wire, const std::string& location)
{
    send_whole(wire, "302 Found", "Location: " + location + "\r\n", "");
}

void refuse(Wire& wire, const std::string& retry_after)
{
    send_whole(wire, "429 Too Many Requests", "Content-Type: text/plain\r\nRetry-After: " + retry_after + "\r\n",
               "API calls quota exceeded!");
}

void drip(Wire& wire, const RawReply& right, const FaultSettings& settings)
{
    const auto bytes = with_length(right.head, right.body.size()) + right.body;
    for (const char byte : bytes)
        if (!wire.send({&byte, 1}) || !wire.hold(settings.drip))
            return;
}

void send_endless_headers(Wire& wire)
{
    bool going = wire.send("HTTP/1.1 200 OK\r\n");
    for (int i = 0; going; ++i)
        going = wire.send(fmt::format("X-Header-{}: {}\r\n", i, std::string(1000, 'x')));
}

void send_endless_chunks(Wire& wire)
{
    const auto chunk = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
    bool going = wire.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (going)
        going = wire.send(chunk);
}

void send_bomb(Wire& wire, Fault fault)
{
    const bool is_gzip = fault == Fault::gzip_bomb;
    std::string numbers;
    while (!is_gzip && numbers.size() < mebibyte)
        numbers += "0,";
    const auto body = is_gzip ? bomb(Packing::gzip, "", std::string(mebibyte, '\0'), 1024, "")
                              : bomb(Packing::zlib, R"({"class":"dataset","value":[)", numbers, 1024, "0]}");
    send_whole(
        wire, "200 OK",
        fmt::format("Content-Type: application/json\r\nContent-Encoding: {}\r\n", is_gzip ? "gzip" : "deflate"),
        body);
}

/// The faults of the status line and of whole answers that are something else.
void send_other(Wire& wire, Fault fault, const RawReply& right)
{
    const std::string html = "Content-Type: text/html; charset=utf-8\r\n";
    if (fault == Fault::html)
        send_whole(wire, "200 OK", html, page);
    else if (fault == Fault::unavailable)
        send_whole(wire, "503 Service Unavailable", html, page);
    else if (fault == Fault::garbage_status)
        wire.send("HELLO/9 yes please\r\n\r\n" + right.body);
    else
        wire.send(right.body);
}

void send_wrong_length(Wire& wire, Fault fault, const RawReply& right)
{
    const auto half = right.body.size() / 2;
    if (fault == Fault::too_long)
        wire.send(with_length(right.head, right.body.size() + 1000) + right.body);
    else if (fault == Fault::too_short)
        wire.send(with_length(right.head, half) + right.body);
    else if (fault == Fault::truncated)
        wire.send(fmt::format("{}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{:x}\r\n{}\r\n", right.head,
                              half, right.body.substr(0, half)));
    else {
        wire.send(with_length(right.head, right.body.size()) + right.body.substr(0, half));
        wire.reset();
    }
}

void send_redirect(Wire& wire, Fault fault, const std::string& target, const FaultSettings& settings)
{
    if (fault == Fault::redirect_out)
        redirect(wire, "http://elsewhere.invalid/");
    else if (fault == Fault::redirect_link_local)
        redirect(wire, "http://169.254.169.254/latest/meta-data/");
    else if (fault == Fault::redirect_loopback)
        redirect(wire, settings.loopback_url);
    else if (fault == Fault::redirect_file)
        redirect(wire, "file:///etc/passwd");
    else
        redirect(wire, fault == Fault::redirect_circle ? circle_path + "a" : hop_path + "1" + target);
}

std::string retry_after_of(Fault fault)
{
    switch (fault) {
    case Fault::retry_zero:
        return "0";
    case Fault::retry_absurd:
        return "99999999999";
    case Fault::retry_past:
        return "Wed, 21 Oct 2015 07:28:00 GMT";
    case Fault::retry_future:
        return "Wed, 21 Oct 2415 07:28:00 GMT";
    case Fault::retry_negative:
        return "-5";
    default:
        return "soon";
    }
}

} // namespace

const std::vector<FaultName>& fault_names()
{
    static const std::vector<FaultName> names = {
        {Fault::latency, "latency", "the right answer, late"},
        {Fault::silent, "silent", "never a first byte"},
        {Fault::drip, "drip", "a byte at a time"},
        {Fault::too_long, "too-long", "announces more than it sends"},
        {Fault::too_short, "too-short", "announces less than it sends"},
        {Fault::truncated, "truncated", "chunked, without its second half"},
        {Fault::reset, "reset", "half of the body, then a reset"},
        {Fault::headers, "headers", "headers without end"},
        {Fault::chunks, "chunks", "a body without end"},
        {Fault::gzip_bomb, "gzip-bomb", "1 MB that unpacks to 1 GB"},
        {Fault::deflate_bomb, "deflate-bomb", "the same as JSON and deflate"},
        {Fault::redirect_out, "redirect-out", "to a host nobody named"},
        {Fault::redirect_link_local, "redirect-link-local", "to 169.254.169.254"},
        {Fault::redirect_loopback, "redirect-loopback", "to another port of 127.0.0.1"},
        {Fault::redirect_file, "redirect-file", "to file:///etc/passwd"},
        {Fault::redirect_circle, "redirect-circle", "in circles"},
        {Fault::redirect_deep, "redirect-deep", "six times, then the right answer"},
        {Fault::retry_zero, "retry-zero", "429, Retry-After: 0"},
        {Fault::retry_absurd, "retry-absurd", "429, Retry-After: 99999999999"},
        {Fault::retry_past, "retry-past", "429, Retry-After: a date of 2015"},
        {Fault::retry_future, "retry-future", "429, Retry-After: a date of 2415"},
        {Fault::retry_negative, "retry-negative", "429, Retry-After: -5"},
        {Fault::retry_garbage, "retry-garbage", "429, Retry-After: soon"},
        {Fault::unavailable, "unavailable", "503 with an HTML page"},
        {Fault::html, "html", "200 with an HTML page"},
        {Fault::garbage_status, "garbage-status", "no status line"},
        {Fault::http09, "http09", "the body alone"},
    };
    return names;
}

std::optional<Fault> fault_named(std::string_view name)
{
    for (const auto& known : fault_names())
        if (known.name == name)
            return known.fault;
    return std::nullopt;
}

std::string_view name_of(Fault fault)
{
    for (const auto& known : fault_names())
        if (known.fault == fault)
            return known.name;
    return "none";
}

RawReply RawReply::of(std::string raw)
{
    RawReply reply;
    const auto end = raw.find("\r\n\r\n");
    if (end != std::string::npos) {
        for (const auto line : split(std::string_view(raw).substr(0, end + 1), '\n')) {
            const auto lower = to_lower(line);
            if (!line.empty() && !lower.starts_with("content-length:") && !lower.starts_with("connection:") &&
                !lower.starts_with("keep-alive:"))
                reply.head += std::string(trim(line)) + "\r\n";
        }
        reply.body = raw.substr(end + 4);
    }
    reply.raw = std::move(raw);
    return reply;
}

RawReply RawReply::json(const std::string& body)
{
    return of(with_length("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n", body.size()) + body);
}

void misbehave(Wire& wire, Fault fault, const RawReply& right, const std::string& target,
               const FaultSettings& settings)
{
    if (fault == Fault::none || (fault == Fault::latency && wire.hold(settings.delay)))
        wire.send(right.raw);
    else if (fault == Fault::latency)
        return;
    else if (fault == Fault::silent)
        wire.hold(std::chrono::milliseconds(-1));
    else if (fault == Fault::drip)
        drip(wire, right, settings);
    else if (fault <= Fault::reset)
        send_wrong_length(wire, fault, right);
    else if (fault == Fault::headers)
        send_endless_headers(wire);
    else if (fault == Fault::chunks)
        send_endless_chunks(wire);
    else if (fault <= Fault::deflate_bomb)
        send_bomb(wire, fault);
    else if (fault <= Fault::redirect_deep)
        send_redirect(wire, fault, target, settings);
    else if (fault <= Fault::retry_garbage)
        refuse(wire, retry_after_of(fault));
    else
        send_other(wire, fault, right);
}

std::optional<Detour> detour_of(const std::string& target)
{
    if (target.starts_with(circle_path))
        return Detour{circle_path + (target.ends_with("a") ? "b" : "a"), ""};
    if (!target.starts_with(hop_path) || target.size() < hop_path.size() + 2)
        return std::nullopt;
    const auto first = target.substr(hop_path.size() + 1);
    const int number = target[hop_path.size()] - '0';
    return Detour{number < hops ? fmt::format("{}{}{}", hop_path, number + 1, first) : "", first};
}

} // namespace skurd::sim
