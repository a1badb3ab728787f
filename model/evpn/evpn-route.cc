// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-route.h"

#include "ns3/mix-hash.h"

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace ns3
{

namespace
{

uint64_t
Mix(uint64_t hash, uint64_t value)
{
    return MixHash(hash ^ value);
}

struct SharedAttributesHash
{
    std::size_t operator()(const BgpPathAttributes* a) const
    {
        uint64_t hash = a->nextHop.Get();
        for (BgpExtendedCommunity community : a->communities)
        {
            hash = Mix(hash, community.value);
        }
        hash = Mix(hash, a->originatorId ? a->originatorId->Get() : 0);
        for (Ipv4Address cluster : a->clusterList)
        {
            hash = Mix(hash, cluster.Get());
        }
        hash = Mix(hash, a->pmsi ? uint64_t(a->pmsi->type) << 32 | a->pmsi->label : 0);
        hash = Mix(hash, uint64_t(a->med.value_or(0)) << 32 | a->localPref.value_or(0));
        return static_cast<std::size_t>(hash); // AS_PATH and what is unknown: seldom
    }
};

struct SharedAttributesEqual
{
    bool operator()(const BgpPathAttributes* a, const BgpPathAttributes* b) const
    {
        return *a == *b;
    }
};

struct SharedRouteHash
{
    std::size_t operator()(const EvpnRoute* route) const
    {
        const auto attributes = reinterpret_cast<std::uintptr_t>(route->attributes.get());
        return static_cast<std::size_t>(Mix(HashEvpnRouteKey(route->nlri.key), attributes));
    }
};

struct SharedRouteEqual
{
    bool operator()(const EvpnRoute* a, const EvpnRoute* b) const
    {
        return a->attributes == b->attributes && a->nlri == b->nlri;
    }
};

/** What all speakers of the process share. Its order reaches no output. */
struct SharedRoutes
{
    std::unordered_map<const BgpPathAttributes*,
                       std::weak_ptr<const BgpPathAttributes>,
                       SharedAttributesHash,
                       SharedAttributesEqual>
        attributes;
    std::unordered_set<const EvpnRoute*, SharedRouteHash, SharedRouteEqual> routes;
};

SharedRoutes&
GetSharedRoutes()
{
    // Never destroyed: nodes may live as long as the process, and their routes with them.
    static auto* shared = new SharedRoutes();
    return *shared;
}

} // namespace

BgpAttributesPtr
ShareBgpAttributes(const BgpPathAttributes& attributes)
{
    auto& shared = GetSharedRoutes().attributes;
    const auto it = shared.find(&attributes);
    if (it != shared.end())
    {
        return it->second.lock();
    }
    BgpAttributesPtr made(new BgpPathAttributes(attributes), [](const BgpPathAttributes* a) {
        GetSharedRoutes().attributes.erase(a);
        delete a;
    });
    shared.emplace(made.get(), made);
    return made;
}

EvpnRoutePtr
MakeEvpnRoute(const EvpnNlri& nlri, const BgpAttributesPtr& attributes)
{
    auto& shared = GetSharedRoutes().routes;
    const EvpnRoute probe(nlri, attributes);
    const auto it = shared.find(&probe);
    if (it != shared.end())
    {
        return EvpnRoutePtr(*it);
    }
    EvpnRoutePtr made = Create<EvpnRoute>(nlri, attributes);
    shared.insert(PeekPointer(made));
    return made;
}

void
EvpnRouteDeleter::Delete(EvpnRoute* route)
{
    GetSharedRoutes().routes.erase(route);
    delete route;
}

uint64_t
HashEvpnRouteKey(const EvpnRouteKey& key)
{
    const uint64_t kind = uint64_t(key.ethernetTag) << 16 | uint64_t(key.type) << 8 | key.hasIp;
    return Mix(Mix(MixHash(key.rd.value), key.mac ^ uint64_t(key.ip) << 32), kind);
}

EvpnSharedCount
CountSharedEvpnRoutes()
{
    return {GetSharedRoutes().routes.size(), GetSharedRoutes().attributes.size()};
}

} // namespace ns3
