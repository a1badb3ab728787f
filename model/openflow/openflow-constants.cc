// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §7: names of numbers.
#include "ns3/openflow-constants.h"

namespace ns3
{

std::string
ToString(OpenflowType type)
{
    static const char* const names[] = {"hello",
                                        "error",
                                        "echo-request",
                                        "echo-reply",
                                        "experimenter",
                                        "features-request",
                                        "features-reply",
                                        "get-config-request",
                                        "get-config-reply",
                                        "set-config",
                                        "packet-in",
                                        "flow-removed",
                                        "port-status",
                                        "packet-out",
                                        "flow-mod",
                                        "group-mod",
                                        "port-mod",
                                        "table-mod",
                                        "multipart-request",
                                        "multipart-reply",
                                        "barrier-request",
                                        "barrier-reply"};
    const auto number = static_cast<std::size_t>(type);
    return number < std::size(names) ? names[number] : "type-" + std::to_string(number);
}

namespace
{

struct ErrorName
{
    OpenflowErrorType type;
    uint16_t code;
    const char* name;
};

#define NAME(type, code)                     \
    {                                        \
        OpenflowErrorType::type, code, #code \
    }
const ErrorName ERROR_NAMES[] = {
    NAME(HELLO_FAILED, OFPHFC_INCOMPATIBLE),
    NAME(BAD_REQUEST, OFPBRC_BAD_VERSION),
    NAME(BAD_REQUEST, OFPBRC_BAD_TYPE),
    NAME(BAD_REQUEST, OFPBRC_BAD_MULTIPART),
    NAME(BAD_REQUEST, OFPBRC_BAD_EXPERIMENTER),
    NAME(BAD_REQUEST, OFPBRC_BAD_LEN),
    NAME(BAD_REQUEST, OFPBRC_BUFFER_UNKNOWN),
    NAME(BAD_REQUEST, OFPBRC_BAD_TABLE_ID),
    NAME(BAD_REQUEST, OFPBRC_BAD_PORT),
    NAME(BAD_REQUEST, OFPBRC_BAD_PACKET),
    NAME(BAD_ACTION, OFPBAC_BAD_TYPE),
    NAME(BAD_ACTION, OFPBAC_BAD_LEN),
    NAME(BAD_ACTION, OFPBAC_BAD_EXPERIMENTER),
    NAME(BAD_ACTION, OFPBAC_BAD_EXP_TYPE),
    NAME(BAD_ACTION, OFPBAC_BAD_OUT_PORT),
    NAME(BAD_ACTION, OFPBAC_BAD_ARGUMENT),
    NAME(BAD_ACTION, OFPBAC_BAD_SET_TYPE),
    NAME(BAD_ACTION, OFPBAC_BAD_SET_LEN),
    NAME(BAD_ACTION, OFPBAC_BAD_SET_ARGUMENT),
    NAME(BAD_INSTRUCTION, OFPBIC_UNKNOWN_INST),
    NAME(BAD_INSTRUCTION, OFPBIC_UNSUP_INST),
    NAME(BAD_INSTRUCTION, OFPBIC_BAD_LEN),
    NAME(BAD_MATCH, OFPBMC_BAD_TYPE),
    NAME(BAD_MATCH, OFPBMC_BAD_LEN),
    NAME(BAD_MATCH, OFPBMC_BAD_WILDCARDS),
    NAME(BAD_MATCH, OFPBMC_BAD_FIELD),
    NAME(BAD_MATCH, OFPBMC_BAD_VALUE),
    NAME(BAD_MATCH, OFPBMC_BAD_MASK),
    NAME(BAD_MATCH, OFPBMC_BAD_PREREQ),
    NAME(BAD_MATCH, OFPBMC_DUP_FIELD),
    NAME(FLOW_MOD_FAILED, OFPFMFC_TABLE_FULL),
    NAME(FLOW_MOD_FAILED, OFPFMFC_BAD_TABLE_ID),
    NAME(FLOW_MOD_FAILED, OFPFMFC_OVERLAP),
    NAME(FLOW_MOD_FAILED, OFPFMFC_BAD_COMMAND),
    NAME(FLOW_MOD_FAILED, OFPFMFC_BAD_FLAGS),
    NAME(SWITCH_CONFIG_FAILED, OFPSCFC_BAD_FLAGS),
    NAME(SWITCH_CONFIG_FAILED, OFPSCFC_BAD_LEN),
};
#undef NAME

} // namespace

std::string
ToString(const OpenflowError& error)
{
    if (!error)
    {
        return "";
    }
    for (const ErrorName& known : ERROR_NAMES)
    {
        if (known.type == error.type && known.code == error.code)
        {
            return known.name;
        }
    }
    return "error-" + std::to_string(static_cast<unsigned>(error.type)) + "-" +
           std::to_string(error.code);
}

} // namespace ns3
