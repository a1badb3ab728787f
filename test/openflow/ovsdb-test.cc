// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047: JSON-RPC framing, methods, operations, and what malformed requests get.
#include "openflow-fake-lab.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>

using namespace ns3;

namespace
{

/** A server whose client is the test. */
class OvsdbTest : public ::testing::Test, public OvsdbServerOwner, public ControlMessageObserver
{
  protected:
    OvsdbTest()
        : m_server(*this, m_lab, *this, "br42", 0xc0a80101, "secure")
    {
        m_server.AddPort("vni42", 1);
        m_server.NotifyConnected(1, "10.0.0.9");
    }

    uint32_t AddTunnel(const OvsdbTunnel& tunnel) override
    {
        m_tunnels.push_back(tunnel);
        return tunnel.request;
    }

    void RemoveTunnel(const std::string& name) override
    {
        m_removed.push_back(name);
    }

    void SendOvsdb(uint32_t, const std::string& text) override
    {
        m_sent.push_back(OvsdbJson::parse(text));
    }

    void CloseOvsdb(uint32_t) override
    {
        m_closed = true;
    }

    void
    ReportMessage(const std::string&, const char*, bool, const std::string&, std::size_t) override
    {
    }

    /** \returns the last reply to \p text. */
    OvsdbJson Ask(const std::string& text)
    {
        m_sent.clear();
        m_server.Receive(1, text);
        for (const OvsdbJson& message : m_sent)
        {
            if (!message.contains("method"))
            {
                return message;
            }
        }
        return nullptr;
    }

    OvsdbJson Transact(const std::string& operations)
    {
        return Ask(R"({"id":4,"method":"transact","params":["Open_vSwitch",)" + operations +
                   "]}")["result"];
    }

    /** \returns the error of the last of the results. */
    std::string ErrorOf(const std::string& operations)
    {
        for (const OvsdbJson& result : Transact(operations))
        {
            if (result.is_object() && result.contains("error"))
            {
                return result["error"].get<std::string>();
            }
        }
        return "";
    }

    std::string Bridge() const
    {
        return m_server.GetDatabase().FindByName("Bridge", "br42");
    }

    /** As ovs-vsctl add-port br42 NAME -- set interface NAME type=TYPE … */
    std::string AddPort(const std::string& name, const std::string& type = "vxlan")
    {
        const std::string uuid = R"([["_uuid","==",["uuid",")" + Bridge() + R"("]]])";
        return R"({"uuid-name":"i","row":{"name":")" + name + R"(","ofport_request":12,"type":")" +
               type + R"("},"op":"insert","table":"Interface"},)" +
               R"({"mutations":[["options","insert",["map",[["local_ip","192.168.1.1"],)" +
               R"(["key","42"],["remote_ip","192.168.2.2"]]]]],"where":[["_uuid","==",)" +
               R"(["named-uuid","i"]]],"op":"mutate","table":"Interface"},)" +
               R"({"uuid-name":"p","row":{"name":")" + name +
               R"(","interfaces":["named-uuid","i"]},"op":"insert","table":"Port"},)" +
               R"({"where":)" + uuid +
               R"(,"mutations":[["ports","insert",["named-uuid","p"]]],"op":"mutate",)" +
               R"("table":"Bridge"})";
    }

    FakeOpenflowLab m_lab;
    std::vector<OvsdbTunnel> m_tunnels;
    std::vector<std::string> m_removed;
    std::vector<OvsdbJson> m_sent;
    bool m_closed{false};
    OvsdbServer m_server;
};

} // namespace

TEST(OvsdbStream, ObjectsAreCutWhereverTheBytesAre)
{
    OvsdbStream stream;
    const std::string text = R"({"id":1,"a":"}]\"{"} {"b":[[{}]]})";
    std::vector<OvsdbJson> found;
    for (char c : text)
    {
        stream.Append(std::string(1, c));
        while (const auto value = stream.Next())
        {
            ASSERT_FALSE(value->is_discarded());
            found.push_back(*value);
        }
    }
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0]["a"], "}]\"{");
    EXPECT_EQ(found[1]["b"].size(), 1u);
    for (const char* bad : {"x", "[1]", "1", "{]", "{\"a\":}", "{\"a\":1,}", "\"a\""})
    {
        OvsdbStream other;
        other.Append(bad);
        const auto value = other.Next();
        ASSERT_TRUE(value) << bad;
        EXPECT_TRUE(value->is_discarded()) << bad;
    }
    OvsdbStream deep;
    deep.Append(std::string(100000, '{'));
    EXPECT_TRUE(deep.Next()->is_discarded());
}

TEST(OvsdbStream, NestingIsBoundedWhereverTheBytesAreCut)
{
    const auto read = [](std::size_t depth, std::size_t piece) {
        const std::string text =
            "{\"a\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
        OvsdbStream stream;
        std::optional<OvsdbJson> value;
        for (std::size_t from = 0; from < text.size() && !value; from += piece)
        {
            stream.Append(text.substr(from, piece));
            value = stream.Next();
        }
        return value && !value->is_discarded();
    };
    for (std::size_t piece : {std::size_t(1), std::size_t(100), std::size_t(1000000)})
    {
        EXPECT_TRUE(read(OvsdbStream::MAX_DEPTH, piece)) << piece;
        EXPECT_FALSE(read(OvsdbStream::MAX_DEPTH + 1, piece)) << piece;
        EXPECT_FALSE(read(100000, piece)) << piece;
    }
}

TEST_F(OvsdbTest, MethodsAsInTheReferenceLab)
{
    EXPECT_EQ(Ask(R"({"id":0,"method":"list_dbs","params":[]})").dump(),
              R"({"id":0,"result":["_Server","Open_vSwitch"],"error":null})");
    const OvsdbJson schema = Ask(R"({"id":1,"method":"get_schema","params":["_Server"]})");
    EXPECT_EQ(schema.dump().size(), 467u);
    EXPECT_EQ(schema.dump().substr(0, 60),
              R"({"id":1,"result":{"cksum":"3009684573 744","name":"_Server",)");
    EXPECT_EQ(Ask(R"({"id":"echo","method":"echo","params":[1,"x"]})").dump(),
              R"({"id":"echo","result":[1,"x"],"error":null})");
    const OvsdbJson server = Ask(
        R"({"id":2,"method":"monitor_cond","params":["_Server",["monid","_Server"],{"Database":[{"columns":["name","model","connected","leader","schema","cid","index"]}]}]})");
    EXPECT_EQ(server["result"]["Database"].size(), 2u);
    const OvsdbJson monitor = Ask(
        R"({"id":3,"method":"monitor_cond_since","params":["Open_vSwitch",["monid","Open_vSwitch"],{"Port":[{"columns":["interfaces","name"]}],"Interface":[{"columns":["name","ofport","ofport_request","options","type"]}],"Bridge":[{"columns":["name","ports"]}],"Open_vSwitch":[{"columns":["bridges","cur_cfg"]}]},"00000000-0000-0000-0000-000000000000"]})");
    EXPECT_EQ(monitor["result"][0], false);
    EXPECT_EQ(monitor["result"][2]["Interface"].begin().value().dump(),
              R"({"initial":{"name":"vni42","ofport":1,"type":"internal"}})");
    const OvsdbJson results = Transact(AddPort("vx2"));
    ASSERT_EQ(results.size(), 4u);
    EXPECT_EQ(results[1].dump(), R"({"count":1})");
    // update3, reply, update3, as Open vSwitch.
    ASSERT_EQ(m_sent.size(), 3u);
    EXPECT_EQ(m_sent[0]["method"], "update3");
    EXPECT_EQ(m_sent[0]["params"][2]["Interface"].begin().value().dump(),
              R"({"insert":{"name":"vx2","ofport_request":12,"options":["map",[["key","42"],)"
              R"(["local_ip","192.168.1.1"],["remote_ip","192.168.2.2"]]],"type":"vxlan"}})");
    EXPECT_EQ(m_sent[2]["params"][2]["Interface"].begin().value().dump(),
              R"({"modify":{"ofport":12}})");
    ASSERT_EQ(m_tunnels.size(), 1u);
    EXPECT_EQ(m_tunnels[0].remote, Ipv4Address("192.168.2.2"));
    EXPECT_EQ(m_tunnels[0].key, 42u);
    // Without its port the interface goes.
    const std::string port = m_server.GetDatabase().FindByName("Port", "vx2");
    Transact(
        R"({"op":"mutate","table":"Bridge","where":[],"mutations":[["ports","delete",["uuid",")" +
        port + R"("]]]})");
    EXPECT_EQ(m_removed, std::vector<std::string>{"vx2"});
    EXPECT_EQ(m_server.GetDatabase().FindByName("Interface", "vx2"), "");
    EXPECT_EQ(m_sent[0]["params"][2]["Interface"].begin().value().dump(), R"({"delete":null})");
}

TEST_F(OvsdbTest, MonitorsOfRfc7047)
{
    Ask(R"({"id":1,"method":"monitor","params":["Open_vSwitch",null,{"Open_vSwitch":{"columns":["next_cfg"]}}]})");
    Transact(
        R"({"op":"mutate","table":"Open_vSwitch","where":[],"mutations":[["next_cfg","+=",1]]})");
    const auto row = m_sent[0]["params"][1]["Open_vSwitch"].begin().value();
    EXPECT_EQ(m_sent[0]["method"], "update");
    EXPECT_EQ(row.dump(), R"({"old":{"next_cfg":0},"new":{"next_cfg":1}})");
    EXPECT_EQ(Ask(R"({"id":2,"method":"monitor_cancel","params":[null]})").dump(),
              R"({"id":2,"result":{},"error":null})");
    EXPECT_EQ(Ask(R"({"id":2,"method":"monitor_cancel","params":[null]})")["error"]["error"],
              "unknown monitor");
}

TEST_F(OvsdbTest, OperationsOfRfc7047)
{
    EXPECT_EQ(
        Transact(
            R"({"op":"select","table":"Bridge","where":[["name","==","br42"]],"columns":["name","fail_mode"]})")
            .dump(),
        R"([{"rows":[{"name":"br42","fail_mode":"secure"}]}])");
    EXPECT_EQ(Transact(R"({"op":"select","table":"Bridge","where":[["name","!=","br42"]]})").dump(),
              R"([{"rows":[]}])");
    EXPECT_EQ(
        Transact(
            R"({"op":"update","table":"Bridge","where":[["ports","includes",["set",[]]]],"row":{"fail_mode":["set",[]]}})")
            .dump(),
        R"([{"count":1}])");
    EXPECT_EQ(
        Transact(
            R"({"op":"wait","table":"Bridge","where":[],"columns":["name"],"until":"==","rows":[{"name":"br42"}],"timeout":0},{"op":"comment","comment":"x"})")
            .dump(),
        "[{},{}]");
    EXPECT_EQ(
        ErrorOf(
            R"({"op":"wait","table":"Bridge","where":[],"columns":["name"],"until":"!=","rows":[{"name":"br42"}]})"),
        "timed out");
    EXPECT_EQ(
        Transact(
            R"({"op":"select","table":"Open_vSwitch","where":[["cur_cfg",">=",0]],"columns":["next_cfg"]})")
            .dump(),
        R"([{"rows":[{"next_cfg":0}]}])");
    EXPECT_EQ(ErrorOf(R"({"op":"abort"},{"op":"comment"})"), "aborted");
    EXPECT_EQ(ErrorOf(R"({"op":"assert","lock":"l"})"), "not owner");
}

TEST_F(OvsdbTest, FunctionsOfRfc7047)
{
    const auto count = [this](const std::string& table, const std::string& condition) {
        return Transact(R"({"op":"select","table":")" + table + R"(","where":[)" + condition +
                        "]}")[0]["rows"]
            .size();
    };
    Transact(
        R"({"op":"update","table":"Open_vSwitch","where":[],"row":{"next_cfg":7,"external_ids":["map",[["a","1"],["b","2"]]]}})");
    for (const auto& [function, matches] :
         std::map<std::string, std::array<std::size_t, 3>>{{"==", {0, 1, 0}},
                                                           {"!=", {1, 0, 1}},
                                                           {"<", {0, 0, 1}},
                                                           {"<=", {0, 1, 1}},
                                                           {">", {1, 0, 0}},
                                                           {">=", {1, 1, 0}}})
    {
        for (std::size_t i = 0; i < 3; ++i)
        {
            EXPECT_EQ(count("Open_vSwitch",
                            R"(["next_cfg",")" + function + "\"," + std::to_string(6 + i) + "]"),
                      matches[i])
                << "7 " << function << ' ' << 6 + i;
        }
    }
    EXPECT_EQ(count("Open_vSwitch", R"(["external_ids","includes",["map",[["b","2"]]]])"), 1u);
    EXPECT_EQ(count("Open_vSwitch", R"(["external_ids","includes",["map",[["b","3"]]]])"), 0u);
    EXPECT_EQ(count("Open_vSwitch", R"(["external_ids","excludes",["map",[["b","3"]]]])"), 1u);
    EXPECT_EQ(count("Open_vSwitch", R"(["external_ids","excludes",["map",[["b","3"],["a","1"]]]])"),
              0u);
    EXPECT_EQ(count("Bridge", R"(["_uuid","==",["uuid",")" + Bridge() + R"("]])"), 1u);
    EXPECT_EQ(count("Bridge", R"(["_uuid","!=",["uuid",")" + Bridge() + R"("]])"), 0u);
    EXPECT_EQ(ErrorOf(R"({"op":"select","table":"Open_vSwitch","where":[["next_cfg","=~",7]]})"),
              "syntax error");
}

TEST_F(OvsdbTest, MutatorsOfRfc7047)
{
    const auto mutate = [this](const std::string& mutation) {
        const OvsdbJson results = Transact(
            R"({"op":"mutate","table":"Open_vSwitch","where":[],"mutations":[)" + mutation +
            R"(]},{"op":"select","table":"Open_vSwitch","where":[],"columns":["next_cfg","external_ids"]})");
        EXPECT_EQ(results[0].dump(), R"({"count":1})") << mutation;
        return results[1]["rows"][0];
    };
    EXPECT_EQ(mutate(R"(["next_cfg","+=",9])")["next_cfg"], 9);
    EXPECT_EQ(mutate(R"(["next_cfg","-=",11])")["next_cfg"], -2);
    // "insert" leaves pairs with the same key alone.
    EXPECT_EQ(
        mutate(
            R"(["external_ids","insert",["map",[["b","2"],["a","1"],["c","3"]]]])")["external_ids"]
            .dump(),
        R"(["map",[["a","1"],["b","2"],["c","3"]]])");
    EXPECT_EQ(mutate(R"(["external_ids","insert",["map",[["a","9"]]]])")["external_ids"].dump(),
              R"(["map",[["a","1"],["b","2"],["c","3"]]])");
    // "delete" takes whole pairs, or keys.
    EXPECT_EQ(
        mutate(R"(["external_ids","delete",["map",[["a","9"],["b","2"]]]])")["external_ids"].dump(),
        R"(["map",[["a","1"],["c","3"]]])");
    EXPECT_EQ(mutate(R"(["external_ids","delete",["set",["c","d"]]])")["external_ids"].dump(),
              R"(["map",[["a","1"]]])");
    EXPECT_EQ(mutate(R"(["external_ids","delete","a"])")["external_ids"].dump(), R"(["map",[]])");
    EXPECT_EQ(
        ErrorOf(
            R"({"op":"mutate","table":"Open_vSwitch","where":[],"mutations":[["external_ids","delete",7]]})"),
        "syntax error");
}

TEST_F(OvsdbTest, WhatIsWrongInATransactionIsNamedAndChangesNothing)
{
    const std::pair<const char*, const char*> cases[] = {
        {R"({"op":"delet","table":"Bridge","where":[]})", "unknown operation"},
        {R"({"table":"Bridge"})", "syntax error"},
        {R"(7)", "syntax error"},
        {R"({"op":"select","where":[]})", "syntax error"},
        {R"({"op":"select","table":"Bidge","where":[]})", "syntax error"},
        {R"({"op":"select","table":"Bridge"})", "syntax error"},
        {R"({"op":"select","table":"Bridge","where":[["name","=="]]})", "syntax error"},
        {R"({"op":"select","table":"Bridge","where":[["nam","==","x"]]})", "syntax error"},
        {R"({"op":"select","table":"Bridge","where":[["name","<","x"]]})", "syntax error"},
        {R"({"op":"select","table":"Bridge","where":[["name","==",7]]})", "syntax error"},
        {R"({"op":"select","table":"Bridge","where":[],"columns":"name"})", "syntax error"},
        {R"({"op":"insert","table":"Port","row":[]})", "syntax error"},
        {R"({"op":"insert","table":"Port","row":{"name":["set",["a","b"]]}})", "syntax error"},
        {R"({"op":"insert","table":"Port","uuid-name":7})", "syntax error"},
        {R"({"op":"insert","table":"Port","uuid-name":"a"},{"op":"insert","table":"Port","uuid-name":"a"})",
         "duplicate uuid-name"},
        {R"({"op":"update","table":"Bridge","where":[],"row":{"ports":["named-uuid","z"]}})",
         "syntax error"},
        {R"({"op":"update","table":"Bridge","where":[],"row":{"ports":["uuid","z"]}})",
         "referential integrity violation"},
        {R"({"op":"update","table":"Bridge","where":[]})", "syntax error"},
        {R"({"op":"mutate","table":"Bridge","where":[]})", "syntax error"},
        {R"({"op":"mutate","table":"Bridge","where":[],"mutations":[["name","insert","x"]]})",
         "constraint violation"},
        {R"({"op":"mutate","table":"Bridge","where":[],"mutations":[["name","+=",1]]})",
         "syntax error"},
        {R"({"op":"mutate","table":"Open_vSwitch","where":[],"mutations":[["next_cfg","**",1]]})",
         "syntax error"},
        {R"({"op":"mutate","table":"Bridge","where":[],"mutations":[["fail_mode","insert","x"]]})",
         "constraint violation"},
        {R"({"op":"wait","table":"Bridge","where":[]})", "syntax error"},
    };
    const OvsdbTables before = m_server.GetDatabase().GetTables();
    for (const auto& [operation, error] : cases)
    {
        EXPECT_EQ(ErrorOf(operation), error) << operation;
        EXPECT_EQ(m_server.GetDatabase().GetTables(), before) << operation;
    }
    // Two interfaces of one name.
    EXPECT_EQ(ErrorOf(AddPort("vni42")), "constraint violation");
    EXPECT_EQ(m_server.GetDatabase().GetTables(), before);
    EXPECT_TRUE(m_tunnels.empty());
}

TEST_F(OvsdbTest, WhatIsWrongInARequestIsNamed)
{
    const std::pair<const char*, const char*> cases[] = {
        {R"({"id":1,"method":"steal","params":[]})", "unknown method"},
        {R"({"id":1,"method":"get_schema","params":["x"]})", "unknown database"},
        {R"({"id":1,"method":"get_schema","params":[]})", "unknown database"},
        {R"({"id":1,"method":"transact","params":["x"]})", "unknown database"},
        {R"({"id":1,"method":"transact","params":[]})", "unknown database"},
        {R"({"id":1,"method":"monitor","params":["Open_vSwitch"]})", "syntax error"},
        {R"({"id":1,"method":"monitor","params":["Open_vSwitch","m",{"x":{}}]})", "syntax error"},
        {R"({"id":1,"method":"monitor","params":["x","m",{}]})", "unknown database"},
        {R"({"id":1,"method":7,"params":[]})", "syntax error"},
        {R"({"id":1,"method":"echo"})", "syntax error"},
        {R"({"id":1})", "syntax error"},
    };
    for (const auto& [request, error] : cases)
    {
        const OvsdbJson reply = Ask(request);
        EXPECT_EQ(reply["error"]["error"], error) << request;
        EXPECT_EQ(reply["id"], 1) << request;
        EXPECT_TRUE(reply["result"].is_null()) << request;
    }
    EXPECT_TRUE(Ask(R"({"id":null,"method":"cancel","params":[1]})").is_null());
    EXPECT_FALSE(m_closed);
    EXPECT_EQ(Ask("no json")["error"]["error"], "syntax error");
    EXPECT_TRUE(m_closed);
    EXPECT_TRUE(Ask(R"({"id":1,"method":"echo","params":[]})").is_null());
}

TEST_F(OvsdbTest, TheSwitchsOwnRowsStay)
{
    const std::string where = R"("where":[])";
    EXPECT_EQ(ErrorOf(R"({"op":"delete","table":"Open_vSwitch",)" + where + "}"),
              "constraint violation");
    const std::string noBridges =
        R"({"op":"update","table":"Open_vSwitch",)" + where + R"(,"row":{"bridges":["set",[]]}})";
    const OvsdbJson results = Transact(noBridges);
    ASSERT_EQ(results.size(), 2u); // of the operation, and of the commit (RFC 7047 §4.1.3)
    EXPECT_EQ(results[0], OvsdbJson::object({{"count", 1}}));
    EXPECT_EQ(results[1]["error"], "constraint violation");
    // The switch goes on with its ports.
    m_server.AddPort("vni43", 2);
    m_server.RemovePort("vni42");
    EXPECT_EQ(m_server.GetDatabase().FindByName("Port", "vni42"), "");
    EXPECT_NE(m_server.GetDatabase().FindByName("Port", "vni43"), "");
}

TEST_F(OvsdbTest, NothingThatIsReceivedCrashes)
{
    const std::string seed =
        R"({"id":4,"method":"transact","params":["Open_vSwitch",)" + AddPort("vx9") + "]}";
    std::mt19937 random(20260103);
    for (int i = 0; i < 4000; ++i)
    {
        std::string text = seed;
        for (uint32_t changes = 1 + random() % 3; changes > 0; --changes)
        {
            static const char letters[] = "{}[]\",:0a-\\ \xff";
            text[random() % text.size()] = letters[random() % (sizeof(letters) - 1)];
        }
        m_server.NotifyConnected(2, "10.0.0.8");
        m_sent.clear();
        m_server.Receive(2, text);
        m_server.NotifyClosed(2);
    }
    EXPECT_EQ(Ask(R"({"id":1,"method":"echo","params":[]})")["id"], 1);
}
