#include "report/sdmx_ml.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "report/sdmx_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view schemas = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/";
constexpr std::string_view concepts_id = "CS";

constexpr auto attribute_names = std::to_array<std::string_view>(
    {"OBS_STATUS", "SYMBOL", "MEANING", "UNIT_MEASURE", "PUBLISHED", "SUPERSEDED", "OBSERVED", "VINTAGE"});

std::string begin(std::string_view root, std::string_view others)
{
    return fmt::format("{}<mes:{} xmlns:mes=\"{}message\" xmlns:com=\"{}common\"{}>\n", declaration, root, schemas,
                       schemas, others);
}

std::string header(const SdmxMessage& message, std::string_view more)
{
    return fmt::format("  <mes:Header>\n    <mes:ID>{}</mes:ID>\n    <mes:Test>false</mes:Test>\n"
                       "    <mes:Prepared>{}</mes:Prepared>\n    <mes:Sender id=\"{}\"/>\n{}  </mes:Header>\n",
                       xml_text(message.id), format_time(message.prepared), sdmx_agency, more);
}

std::string reference(std::string_view id)
{
    return fmt::format("<Ref agencyID=\"{}\" id=\"{}\" version=\"{}\"", sdmx_agency, id, sdmx_version);
}

std::string name(std::string_view text)
{
    return fmt::format("<com:Name xml:lang=\"nb\">{}</com:Name>", xml_text(text));
}

std::string value(std::string_view id, std::string_view text)
{
    return text.empty() ? "" : fmt::format("<gen:Value id=\"{}\" value=\"{}\"/>", id, xml_text(text));
}

std::string concept_identity(std::string_view id)
{
    return fmt::format(
        "<str:ConceptIdentity><Ref id=\"{}\" maintainableParentID=\"{}\" maintainableParentVersion=\"{}\" "
        "agencyID=\"{}\" package=\"conceptscheme\" class=\"Concept\"/></str:ConceptIdentity>",
        id, concepts_id, sdmx_version, sdmx_agency);
}

/// The identifiers that one dataset's dimensions have, and its own.
struct Named {
    explicit Named(const SdmxStructure& structure) : id(sdmx_id(structure.dataset))
    {
        std::vector<std::string> names;
        for (const auto& dimension : structure.description.dimensions)
            names.push_back(dimension.id);
        dimensions = sdmx_ids(names);
    }
    std::string codelist(std::size_t dimension) const { return "CL_" + id + "_" + dimensions[dimension]; }

    std::string id;
    std::vector<std::string> dimensions;
};

std::string attributes_of(std::string_view id)
{
    return fmt::format("agencyID=\"{}\" id=\"{}\" version=\"{}\"", sdmx_agency, id, sdmx_version);
}

std::string dataflow(const SdmxStructure& structure)
{
    const Named named(structure);
    const auto& title = structure.description.title;
    return fmt::format(
        "      <str:Dataflow {}>{}<str:Structure>{} package=\"datastructure\" class=\"DataStructure\"/>"
        "</str:Structure></str:Dataflow>\n",
        attributes_of(named.id), name(title.empty() ? structure.dataset : title), reference(named.id));
}

std::string codelists(const SdmxStructure& structure)
{
    const Named named(structure);
    std::string text;
    for (std::size_t i = 0; i < named.dimensions.size(); ++i) {
        const auto& dimension = structure.description.dimensions[i];
        text += fmt::format("      <str:Codelist {}>{}\n", attributes_of(named.codelist(i)),
                            name(dimension.label.empty() ? dimension.id : dimension.label));
        for (const auto& category : dimension.categories)
            text += fmt::format("        <str:Code id=\"{}\">{}</str:Code>\n", xml_text(category.code),
                                name(category.label.empty() ? category.code : category.label));
        text += "      </str:Codelist>\n";
    }
    return text;
}

/// Of all the structures together, each once.
std::string concepts(const std::vector<SdmxStructure>& structures)
{
    std::vector<std::pair<std::string, std::string>> all = {{"TIME_PERIOD", "Tid"}, {"OBS_VALUE", "Verdi"}};
    for (const auto attribute : attribute_names)
        all.emplace_back(attribute, attribute);
    for (const auto& structure : structures) {
        const Named named(structure);
        for (std::size_t i = 0; i < named.dimensions.size(); ++i) {
            const auto& label = structure.description.dimensions[i].label;
            const bool is_known = std::any_of(all.begin(), all.end(),
                                              [&](const auto& one) { return one.first == named.dimensions[i]; });
            if (!is_known)
                all.emplace_back(named.dimensions[i], label.empty() ? named.dimensions[i] : label);
        }
    }
    auto text = fmt::format("      <str:ConceptScheme {}>{}\n", attributes_of(concepts_id), name("Begreper"));
    for (const auto& [id, label] : all)
        text += fmt::format("        <str:Concept id=\"{}\">{}</str:Concept>\n", id, name(label));
    return text + "      </str:ConceptScheme>\n";
}

std::string attribute_list()
{
    std::string text = "          <str:AttributeList id=\"AttributeDescriptor\">\n";
    for (const auto attribute : attribute_names)
        text +=
            fmt::format("            <str:Attribute id=\"{}\" assignmentStatus=\"Conditional\">{}"
                        "<str:AttributeRelationship><str:PrimaryMeasure><Ref id=\"OBS_VALUE\"/></str:PrimaryMeasure>"
                        "</str:AttributeRelationship></str:Attribute>\n",
                        attribute, concept_identity(attribute));
    return text + "          </str:AttributeList>\n";
}

std::string data_structure(const SdmxStructure& structure)
{
    const Named named(structure);
    const auto& title = structure.description.title;
    auto text = fmt::format("      <str:DataStructure {}>{}\n        <str:DataStructureComponents>\n"
                            "          <str:DimensionList id=\"DimensionDescriptor\">\n",
                            attributes_of(named.id), name(title.empty() ? structure.dataset : title));
    for (std::size_t i = 0; i < named.dimensions.size(); ++i)
        text += fmt::format("            <str:Dimension id=\"{}\" position=\"{}\">{}<str:LocalRepresentation>"
                            "<str:Enumeration>{} package=\"codelist\" class=\"Codelist\"/></str:Enumeration>"
                            "</str:LocalRepresentation></str:Dimension>\n",
                            named.dimensions[i], i + 1, concept_identity(named.dimensions[i]),
                            reference(named.codelist(i)));
    text +=
        fmt::format("            <str:TimeDimension id=\"TIME_PERIOD\" position=\"{}\">{}<str:LocalRepresentation>"
                    "<str:TextFormat textType=\"ObservationalTimePeriod\"/></str:LocalRepresentation>"
                    "</str:TimeDimension>\n          </str:DimensionList>\n{}"
                    "          <str:MeasureList id=\"MeasureDescriptor\">\n"
                    "            <str:PrimaryMeasure id=\"OBS_VALUE\">{}</str:PrimaryMeasure>\n"
                    "          </str:MeasureList>\n        </str:DataStructureComponents>\n"
                    "      </str:DataStructure>\n",
                    named.dimensions.size() + 1, concept_identity("TIME_PERIOD"), attribute_list(),
                    concept_identity("OBS_VALUE"));
    return text;
}

} // namespace

std::string xml_text(std::string_view text)
{
    std::string made;
    for (const char c : text) {
        if (c == '&')
            made += "&amp;";
        else if (c == '<')
            made += "&lt;";
        else if (c == '>')
            made += "&gt;";
        else if (c == '"')
            made += "&quot;";
        else
            made += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
    return is_valid_utf8(made) ? made : printable(made);
}

SdmxGenericData::SdmxGenericData(const std::string& dataset, std::vector<std::string> dimensions,
                                 const SdmxMessage& message)
    : dataset_(dataset), dimensions_(std::move(dimensions)), ids_(sdmx_ids(dimensions_))
{
    out_ =
        begin("GenericData", fmt::format(" xmlns:gen=\"{}data/generic\"", schemas)) +
        header(message, fmt::format("    <mes:Structure structureID=\"S1\" dimensionAtObservation=\"TIME_PERIOD\">\n"
                                    "      <com:Structure>{}/></com:Structure>\n    </mes:Structure>\n",
                                    reference(sdmx_id(dataset)))) +
        "  <mes:DataSet structureRef=\"S1\" action=\"Replace\">\n";
}

void SdmxGenericData::begin_series(const Observation& seen)
{
    out_ += codes_ ? "    </gen:Series>\n    <gen:Series>\n" : "    <gen:Series>\n";
    out_ += "      <gen:SeriesKey>";
    for (std::size_t i = 0; i < dimensions_.size(); ++i) {
        const auto code = std::find_if(seen.codes.begin(), seen.codes.end(),
                                       [&](const auto& one) { return one.first == dimensions_[i]; });
        if (code != seen.codes.end())
            out_ += fmt::format("<gen:Value id=\"{}\" value=\"{}\"/>", ids_[i], xml_text(code->second));
    }
    out_ += "</gen:SeriesKey>\n";
    codes_ = seen.codes;
}

void SdmxGenericData::add(const ObservationRow& row)
{
    const auto& seen = row.observation;
    if (seen.dataset != dataset_)
        throw usage_error("SDMX holds one dataflow, these observations are of {} and {}: select one", dataset_,
                          seen.dataset);
    if (codes_ != seen.codes)
        begin_series(seen);
    out_ += fmt::format("      <gen:Obs><gen:ObsDimension value=\"{}\"/>", xml_text(sdmx_period(seen.period)));
    if (seen.value.number)
        out_ += fmt::format("<gen:ObsValue value=\"{}\"/>", seen.value.number->text());
    out_ += "<gen:Attributes>" + value("OBS_STATUS", sdmx_status(seen.value)) +
            value("SYMBOL", seen.value.symbol.text) + value("MEANING", to_string(seen.value.symbol.meaning)) +
            value("UNIT_MEASURE", seen.words ? seen.words->unit : seen.unit) +
            value("PUBLISHED", format_time(seen.published_at)) +
            value("SUPERSEDED", seen.superseded_at ? format_time(*seen.superseded_at) : "") +
            value("OBSERVED", format_time(seen.observed_at)) + value("VINTAGE", std::to_string(seen.vintage)) +
            "</gen:Attributes></gen:Obs>\n";
}

void SdmxGenericData::end()
{
    out_ += codes_ ? "    </gen:Series>\n" : "";
    out_ += "  </mes:DataSet>\n</mes:GenericData>\n";
}

std::string sdmx_structure_message(const std::vector<SdmxStructure>& structures, SdmxArtefacts artefacts,
                                   const SdmxMessage& message)
{
    const auto each = [&](auto part, std::string_view list) {
        std::string text;
        for (const auto& structure : structures)
            text += part(structure);
        return fmt::format("    <str:{}>\n{}    </str:{}>\n", list, text, list);
    };
    auto text = begin("Structure", fmt::format(" xmlns:str=\"{}structure\"", schemas)) + header(message, "") +
                "  <mes:Structures>\n" + each(dataflow, "Dataflows");
    if (artefacts == SdmxArtefacts::all)
        text += each(codelists, "Codelists") + "    <str:Concepts>\n" + concepts(structures) +
                "    </str:Concepts>\n" + each(data_structure, "DataStructures");
    return text + "  </mes:Structures>\n</mes:Structure>\n";
}

std::string sdmx_error_message(int code, std::string_view text)
{
    return begin("Error", "") +
           fmt::format("  <mes:ErrorMessage code=\"{}\"><com:Text>{}</com:Text></mes:ErrorMessage>\n"
                       "</mes:Error>\n",
                       code, xml_text(text));
}

} // namespace skurd
