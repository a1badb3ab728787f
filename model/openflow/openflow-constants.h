// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow Switch Specification 1.3.5 (ONF TS-023) §7: numbers of the protocol, under the names of
// its openflow.h. Only what the component speaks is listed.
#ifndef VXLAN_MULTICAST_OPENFLOW_CONSTANTS_H
#define VXLAN_MULTICAST_OPENFLOW_CONSTANTS_H

#include <cstdint>
#include <string>

namespace ns3
{

constexpr uint16_t OPENFLOW_PORT = 6653;           //!< TCP, IANA
constexpr uint8_t OPENFLOW_VERSION_1_3 = 4;        //!< wire version of OpenFlow 1.3
constexpr uint32_t OFP_NO_BUFFER = 0xffffffff;     //!< the packet is in the message
constexpr uint16_t OFPCML_NO_BUFFER = 0xffff;      //!< output to the controller: whole packets
constexpr uint16_t OFPCML_MAX = 0xffe5;            //!< largest max_len that is a length
constexpr uint8_t OFPTT_ALL = 0xff;                //!< all tables, in deletions and requests
constexpr uint32_t OFPG_ANY = 0xffffffff;          //!< any group
constexpr uint32_t NICIRA_EXPERIMENTER = 0x2320;   //!< Open vSwitch's extensions
constexpr std::size_t OPENFLOW_HEADER_BYTES = 8;   //!< ofp_header
constexpr std::size_t OPENFLOW_PORT_BYTES = 64;    //!< ofp_port
constexpr std::size_t OPENFLOW_ERROR_DATA = 65523; //!< of the offending message: all that fits

/** §7.1: ofp_type. */
enum class OpenflowType : uint8_t
{
    HELLO = 0,
    ERROR = 1,
    ECHO_REQUEST = 2,
    ECHO_REPLY = 3,
    EXPERIMENTER = 4,
    FEATURES_REQUEST = 5,
    FEATURES_REPLY = 6,
    GET_CONFIG_REQUEST = 7,
    GET_CONFIG_REPLY = 8,
    SET_CONFIG = 9,
    PACKET_IN = 10,
    FLOW_REMOVED = 11,
    PORT_STATUS = 12,
    PACKET_OUT = 13,
    FLOW_MOD = 14,
    MULTIPART_REQUEST = 18,
    MULTIPART_REPLY = 19,
    BARRIER_REQUEST = 20,
    BARRIER_REPLY = 21
};

/** \returns the type's name in lower case with dashes, "packet-in"; "type-N" when unknown. */
std::string ToString(OpenflowType type);

/** §7.2.1: reserved port numbers. */
enum OpenflowReservedPort : uint32_t
{
    OFPP_MAX = 0xffffff00,
    OFPP_IN_PORT = 0xfffffff8,
    OFPP_TABLE = 0xfffffff9,
    OFPP_NORMAL = 0xfffffffa,
    OFPP_FLOOD = 0xfffffffb,
    OFPP_ALL = 0xfffffffc,
    OFPP_CONTROLLER = 0xfffffffd,
    OFPP_LOCAL = 0xfffffffe,
    OFPP_ANY = 0xffffffff
};

/** §7.3.4.1: ofp_flow_mod_command. */
enum class OpenflowCommand : uint8_t
{
    ADD = 0,
    MODIFY = 1,
    MODIFY_STRICT = 2,
    DELETE = 3,
    DELETE_STRICT = 4
};

/** §7.3.4.1: ofp_flow_mod_flags. */
enum OpenflowFlowFlag : uint16_t
{
    OFPFF_SEND_FLOW_REM = 1,
    OFPFF_CHECK_OVERLAP = 2,
    OFPFF_RESET_COUNTS = 4,
    OFPFF_NO_PKT_COUNTS = 8,
    OFPFF_NO_BYT_COUNTS = 16
};

/** §7.4.1: why a packet goes to the controller. */
enum class OpenflowPacketInReason : uint8_t
{
    NO_MATCH = 0,
    ACTION = 1,
    INVALID_TTL = 2
};

/** §7.4.2: why a flow was removed. */
enum class OpenflowRemovedReason : uint8_t
{
    IDLE_TIMEOUT = 0,
    HARD_TIMEOUT = 1,
    DELETE = 2,
    GROUP_DELETE = 3
};

/** §7.4.3: what happened to a port. */
enum class OpenflowPortReason : uint8_t
{
    ADD = 0,
    DELETE = 1,
    MODIFY = 2
};

/** §7.2.1: bits of a port's state. */
enum OpenflowPortState : uint32_t
{
    OFPPS_LINK_DOWN = 1,
    OFPPS_BLOCKED = 2,
    OFPPS_LIVE = 4
};

/** §7.3.5: ofp_multipart_type. */
enum class OpenflowMultipartType : uint16_t
{
    DESC = 0,
    FLOW = 1,
    AGGREGATE = 2,
    TABLE = 3,
    PORT_DESC = 13
};

/** §7.4.4: ofp_error_type. */
enum class OpenflowErrorType : uint16_t
{
    HELLO_FAILED = 0,
    BAD_REQUEST = 1,
    BAD_ACTION = 2,
    BAD_INSTRUCTION = 3,
    BAD_MATCH = 4,
    FLOW_MOD_FAILED = 5,
    SWITCH_CONFIG_FAILED = 10
};

/** §7.4.4: codes, the enumerators of one type with the prefix that the specification gives them. */
enum OpenflowErrorCode : uint16_t
{
    OFPHFC_INCOMPATIBLE = 0,
    OFPBRC_BAD_VERSION = 0,
    OFPBRC_BAD_TYPE = 1,
    OFPBRC_BAD_MULTIPART = 2,
    OFPBRC_BAD_EXPERIMENTER = 3,
    OFPBRC_BAD_LEN = 6,
    OFPBRC_BUFFER_UNKNOWN = 8,
    OFPBRC_BAD_TABLE_ID = 9,
    OFPBRC_BAD_PORT = 11,
    OFPBRC_BAD_PACKET = 12,
    OFPBAC_BAD_TYPE = 0,
    OFPBAC_BAD_LEN = 1,
    OFPBAC_BAD_EXPERIMENTER = 2,
    OFPBAC_BAD_EXP_TYPE = 3,
    OFPBAC_BAD_OUT_PORT = 4,
    OFPBAC_BAD_ARGUMENT = 5,
    OFPBAC_BAD_SET_TYPE = 13,
    OFPBAC_BAD_SET_LEN = 14,
    OFPBAC_BAD_SET_ARGUMENT = 15,
    OFPBIC_UNKNOWN_INST = 0,
    OFPBIC_UNSUP_INST = 1,
    OFPBIC_BAD_LEN = 7,
    OFPBMC_BAD_TYPE = 0,
    OFPBMC_BAD_LEN = 1,
    OFPBMC_BAD_WILDCARDS = 5,
    OFPBMC_BAD_FIELD = 6,
    OFPBMC_BAD_VALUE = 7,
    OFPBMC_BAD_MASK = 8,
    OFPBMC_BAD_PREREQ = 9,
    OFPBMC_DUP_FIELD = 10,
    OFPFMFC_TABLE_FULL = 1,
    OFPFMFC_BAD_TABLE_ID = 2,
    OFPFMFC_OVERLAP = 3,
    OFPFMFC_BAD_COMMAND = 6,
    OFPFMFC_BAD_FLAGS = 7,
    OFPSCFC_BAD_FLAGS = 0,
    OFPSCFC_BAD_LEN = 1
};

/** §7.4.4: an error as it goes on the wire; a default one means success. */
struct OpenflowError
{
    OpenflowErrorType type{OpenflowErrorType::HELLO_FAILED};
    uint16_t code{0};
    bool failed{false};

    OpenflowError() = default;

    OpenflowError(OpenflowErrorType t, uint16_t c)
        : type(t),
          code(c),
          failed(true)
    {
    }

    /** \returns whether there is an error. */
    explicit operator bool() const
    {
        return failed;
    }

    friend bool operator==(const OpenflowError& a, const OpenflowError& b)
    {
        return a.failed == b.failed && (!a.failed || (a.type == b.type && a.code == b.code));
    }
};

/** \returns the code's name in openflow.h, "OFPBRC_BAD_LEN"; empty for success. */
std::string ToString(const OpenflowError& error);

} // namespace ns3

#endif
