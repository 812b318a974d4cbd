#include "page/assets.hpp"

#include "api/api_routes.hpp"
#include "lib/openssl/sha256.hpp"

#include <fmt/format.h>

#include <map>

namespace skurd {

namespace {

struct Asset {
    std::string path;
    std::string tag;
    std::string_view type;
    const std::string* bytes = nullptr;
};

std::string_view type_of(std::string_view ending)
{
    return ending == "css"  ? "text/css; charset=utf-8"
           : ending == "js" ? "text/javascript; charset=utf-8"
                            : "image/svg+xml";
}

/// All but the templates, by name.
const std::map<std::string, Asset>& assets()
{
    static const auto all = [] {
        std::map<std::string, Asset> made;
        for (const auto& file : page_files()) {
            const auto dot = file.name.rfind('.');
            const auto ending = file.name.substr(dot + 1);
            if (ending == "html")
                continue;
            const auto tag = Sha256::of(file.bytes).substr(0, 16);
            made[file.name] = {fmt::format("/page/{}-{}.{}", file.name.substr(0, dot), tag, ending), tag,
                               type_of(ending), &file.bytes};
        }
        return made;
    }();
    return all;
}

HttpResponse answer(const Asset& asset, const HttpRequest& request)
{
    HttpResponse response;
    response.headers = {{"Content-Type", std::string(asset.type)},
                        {"ETag", '"' + asset.tag + '"'},
                        {"Cache-Control", "public, max-age=31536000, immutable"},
                        {"X-Content-Type-Options", "nosniff"},
                        {"Cross-Origin-Resource-Policy", "same-origin"}};
    if (is_known_tag(request, asset.tag))
        response.status = 304;
    else
        response.body = *asset.bytes;
    return response;
}

} // namespace

const std::string& asset_path(const std::string& file)
{
    return assets().at(file).path;
}

std::vector<Route> asset_routes()
{
    std::vector<Route> routes;
    for (const auto& [name, asset] : assets())
        routes.push_back({"GET", asset.path, [&asset = asset](const HttpRequest& request, const std::string&) {
                              return answer(asset, request);
                          }});
    return routes;
}

} // namespace skurd
