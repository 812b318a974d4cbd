#include "serve/order_routes.hpp"

#include "base/text.hpp"
#include "serve/order_events.hpp"
#include "view/value_json.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

constexpr std::size_t form_overhead_max = 64 << 10; ///< bytes of boundaries, headers and small parts

/// What a request gives.
struct Submission {
    OrderMessage message;
    Attachment attachment = Attachment::attached;
    OrderGiver giver;
};

/// "detach" and "given_by" stand among the members of the order, or are parts of the form.
void take_members(Json& json, Submission& submission)
{
    JsonReader members(json, "order");
    if (members.flag("detach"))
        submission.attachment = Attachment::detached;
    submission.giver.name = members.text("given_by", "");
    json.erase("detach");
    json.erase("given_by");
}

bool read_detach(const std::string& word)
{
    if (word != "true" && word != "false")
        throw usage_error("part detach: '{}' is neither true nor false", excerpt(word));
    return word == "true";
}

/// The JSON of the order; the form's other parts go where they belong.
std::string take_form(const HttpRequest& request, Submission& submission)
{
    std::optional<std::string> order;
    for (const auto& [name, text] : request.form)
        if (name == "order")
            order = text;
        else if (name == "file")
            submission.message.bytes = text;
        else if (name == "detach")
            submission.attachment = read_detach(text) ? Attachment::detached : Attachment::attached;
        else if (name == "given_by")
            submission.giver.name = text;
        else
            throw usage_error("there is no part '{}' (known: order, file, detach, given_by)", excerpt(name));
    if (!order)
        throw usage_error("the part order is missing");
    return std::move(*order);
}

/// Throws Error for what is no order.
Submission read_submission(const HttpRequest& request)
{
    Submission submission;
    const bool is_form = request.content_type == "multipart/form-data";
    const auto text = is_form ? take_form(request, submission) : request.body;
    if (text.size() > order_json_max)
        throw usage_error("the order has {} bytes; {} is the most", text.size(), order_json_max);
    if (submission.message.bytes.size() > order_bytes_max)
        throw usage_error("the file has {} bytes; {} is the most", submission.message.bytes.size(), order_bytes_max);
    submission.message.json = parse_json(text);
    take_members(submission.message.json, submission);
    if (submission.giver.name.size() > OrderGiver::name_max || !is_valid_utf8(submission.giver.name))
        throw usage_error("given_by: a name in UTF-8 of at most {} bytes is wanted", OrderGiver::name_max);
    submission.giver.uid = request.peer_uid;
    submission.giver.address = request.peer_address;
    return submission;
}

HttpResponse no_order(const std::string& id)
{
    return error_response(404, fmt::format("there is no order {} (see `skurd orders`)", excerpt(id)));
}

HttpResponse submit(OrderDesk& desk, AttachedOrders& attached, const HttpRequest& request)
{
    Submission submission;
    std::optional<Order> order;
    try {
        submission = read_submission(request);
        order = read_order(std::move(submission.message));
    } catch (const Error& failure) {
        return error_response(400, failure.what(), failure.code());
    }
    try {
        const auto id = desk.submit(*order, submission.giver, submission.attachment);
        if (submission.attachment == Attachment::attached)
            attached.given(id, std::chrono::steady_clock::now());
        auto response = json_response(202, {{"id", id}});
        response.headers.emplace_back("Location", fmt::format("/api/v1/orders/{}", id));
        return response;
    } catch (const DeskClosedError& failure) {
        return error_response(503, failure.what(), failure.code());
    } catch (const StoreError& failure) {
        return error_response(507, failure.what(), failure.code());
    }
}

Json shown(const OrderRecord& record, const std::function<bool()>& names_are_told)
{
    auto json = to_json(record);
    if (!names_are_told()) {
        json["given_by"]["name"] = "";
        json["given_by"]["uid"] = nullptr;
    }
    return json;
}

HttpResponse list(const OrderDesk& desk, const std::function<bool()>& names_are_told)
{
    Json orders = Json::array();
    for (const auto& record : desk.list())
        orders.push_back(shown(record, names_are_told));
    return json_response(200, {{"orders", orders}});
}

HttpResponse show(const OrderDesk& desk, const std::string& id, const std::function<bool()>& names_are_told)
{
    const auto record = desk.find(positive_number(id).value_or(0));
    if (!record)
        return no_order(id);
    auto response = json_response(200, Json::object());
    response.body = with_result(shown(*record, names_are_told), desk, record->id) + "\n";
    return response;
}

HttpResponse follow(OrderDesk& desk, AttachedOrders& attached, const HttpRequest& request, const std::string& id)
{
    const auto record = desk.find(positive_number(id).value_or(0));
    if (!record)
        return no_order(id);
    const auto asked = request.query.find("from");
    const auto from = asked == request.query.end() ? 1 : positive_number(asked->second).value_or(0);
    if (from == 0)
        return error_response(400, fmt::format("from: '{}' is no number of an event", excerpt(asked->second)));
    HttpResponse response;
    response.headers = {{"Content-Type", "application/x-ndjson"}, {"Cache-Control", "no-store"}};
    response.stream = std::make_unique<OrderEvents>(desk, attached, record->id, from);
    return response;
}

HttpResponse cancel(OrderDesk& desk, const HttpRequest& request, const std::string& id)
{
    const auto record = desk.find(positive_number(id).value_or(0));
    if (!record)
        return no_order(id);
    if (has_ended(record->state))
        return error_response(409,
                              fmt::format("order {} has ended already ({})", record->id, to_string(record->state)),
                              ExitCode::failed);
    OrderGiver actor{"", request.peer_uid, request.peer_address};
    if (const auto name = request.query.find("by"); name != request.query.end())
        actor.name = name->second;
    desk.cancel(record->id, fmt::format("cancelled by {}", to_text(actor)));
    return json_response(202, to_json(desk.find(record->id).value_or(*record)));
}

} // namespace

std::vector<Route> order_routes(OrderDesk& desk, AttachedOrders& attached, std::function<bool()> names_are_told)
{
    const auto form_max = order_bytes_max + order_json_max + form_overhead_max;
    constexpr auto writes = RequestTerms::Answering::may_wait; // for the disk
    return {
        {"POST", "/api/v1/orders",
         [&desk, &attached](const HttpRequest& request, const std::string&) {
             return submit(desk, attached, request);
         },
         order_json_max, form_max, writes},
        {"GET", "/api/v1/orders",
         [&desk, names_are_told](const HttpRequest&, const std::string&) { return list(desk, names_are_told); }},
        {"GET", "/api/v1/orders/{id}",
         [&desk, names_are_told](const HttpRequest&, const std::string& id) {
             return show(desk, id, names_are_told);
         }},
        {"GET", "/api/v1/orders/{id}/events",
         [&desk, &attached](const HttpRequest& request, const std::string& id) {
             return follow(desk, attached, request, id);
         },
         0, 0, RequestTerms::Answering::at_once, 0, 8, Route::Guard::server,
         false}, // HEAD would be a reader that goes
        {"DELETE", "/api/v1/orders/{id}",
         [&desk](const HttpRequest& request, const std::string& id) { return cancel(desk, request, id); }, 0, 0,
         writes},
    };
}

} // namespace skurd
