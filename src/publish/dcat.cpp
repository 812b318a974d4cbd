#include "publish/dcat.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr auto head = R"(@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

)";

/// A string of Turtle: what would end or leave it is escaped.
std::string literal(std::string_view text)
{
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            quoted += std::string("\\") + c;
        else if (byte < 0x20)
            quoted += fmt::format("\\u{:04X}", byte);
        else
            quoted += c;
    }
    return quoted + '"';
}

std::string instant(Time time)
{
    return literal(format_time(time)) + "^^xsd:dateTime";
}

/// The address of a path, each part of it on its own.
std::string address(const std::string& path)
{
    std::vector<std::string> parts;
    for (const auto part : split(path, '/'))
        parts.push_back(percent_encode(part));
    return '<' + join(parts, "/") + '>';
}

std::string dataset_address(const std::string& dataset)
{
    return "<#" + percent_encode(dataset) + '>';
}

std::string distribution(const PublishedFile& file, const char* media_type, const Attribution& attribution)
{
    return fmt::format("{0} a dcat:Distribution ;\n    dcat:accessURL {0} ;\n    dcat:downloadURL {0} ;\n"
                       "    dcat:mediaType <https://www.iana.org/assignments/media-types/{1}> ;\n"
                       "    dcat:byteSize \"{2}\"^^xsd:nonNegativeInteger ;\n    dct:rights [ a dct:RightsStatement ;"
                       " <http://www.w3.org/2000/01/rdf-schema#label> {3}@nb ] ;\n"
                       "    spdx:checksum [ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ;"
                       " spdx:checksumValue \"{4}\"^^xsd:hexBinary ] .\n\n",
                       address(file.path), media_type, file.bytes, literal(licence_text(attribution, Language::nb)),
                       file.sha256);
}

std::string agent(const LocalizedText& name)
{
    return fmt::format("[ a foaf:Agent ; foaf:name {}@nb, {}@en ]", literal(name.nb), literal(name.en));
}

std::string dataset(const PublishedDataset& one, const std::vector<PublishedView>& views)
{
    const LocalizedText publisher = {source_text(one.attribution, Language::nb),
                                     source_text(one.attribution, Language::en)};
    auto text = fmt::format("{} a dcat:Dataset ;\n    dct:title {}@nb ;\n    dct:description {}@nb ;\n"
                            "    dct:identifier {} ;\n    dct:publisher {} ;\n    dct:modified {}",
                            dataset_address(one.name), literal(one.label), literal(one.label), literal(one.name),
                            agent(publisher), instant(one.published_at));
    const auto own = std::find_if(views.begin(), views.end(),
                                  [&](const PublishedView& view) { return view.view.name == one.view; });
    if (own == views.end())
        return text + " .\n\n";
    text += fmt::format(" ;\n    dcat:distribution {}, {} .\n\n", address(own->csv.path), address(own->parquet.path));
    return text + distribution(own->csv, "text/csv", one.attribution) +
           distribution(own->parquet, "application/vnd.apache.parquet", one.attribution);
}

} // namespace

std::string dcat_turtle(const Publication& publication)
{
    auto text = std::string(head);
    text += fmt::format("<> a dcat:Catalog ;\n    dct:title \"Offisiell statistikk, høstet av skurd\"@nb,"
                        " \"Official statistics, harvested by skurd\"@en ;\n"
                        "    dct:description \"Hvert tall og hver utgave av det, til og med innføring {0}\"@nb,"
                        " \"Every number and every version of it, up to commit {0}\"@en ;\n"
                        "    dct:identifier \"skurd-{0}\" ;\n    dct:modified {1}",
                        publication.snapshot.commit_seq, instant(publication.snapshot.committed_at));
    for (const auto& one : publication.datasets)
        text += " ;\n    dcat:dataset " + dataset_address(one.name);
    text += " .\n\n";
    for (const auto& one : publication.datasets)
        text += dataset(one, publication.views);
    return text;
}

} // namespace skurd
