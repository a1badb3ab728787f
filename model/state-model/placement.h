// SPDX-License-Identifier: GPL-2.0-only
// Where members are placed: on hosts, which are grouped by leaf and pod. A pod is what stays
// connected without the routers of tier `core` (in a topology without any, all of it).
//
//   uniform       anywhere
//   pod-uniform   a random pod, anywhere in it; then another pod
//   fill-leaf     a random pod, a random leaf of it, as many free hosts of the leaf as needed, the
//                 next random leaf of the pod, and the next pod when this one is full
//   cap:P         as fill-leaf, but at most P on a leaf until every leaf of every pod has its P
#ifndef VXLAN_MULTICAST_PLACEMENT_H
#define VXLAN_MULTICAST_PLACEMENT_H

#include "ns3/model-network.h"
#include "ns3/state-random.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** How members are spread. */
struct Placement
{
    enum class Kind
    {
        Uniform,
        PodUniform,
        FillLeaf,
        Cap
    };

    Kind kind{Kind::Uniform};
    uint32_t cap{0}; //!< of Kind::Cap
};

/** \returns the placement written as \p text, or nothing. */
std::optional<Placement> ParsePlacement(const std::string& text);

/** Places by leaf and pod; a place is a number below the count of places. */
struct PlaceMap
{
    struct Leaf
    {
        uint32_t pod;
        std::vector<uint32_t> places;
    };

    std::vector<Leaf> leaves;
    std::vector<std::vector<uint32_t>> pods; //!< numbers of their leaves
    std::vector<uint32_t> leafOf;            //!< by place

    explicit PlaceMap(const std::vector<ModelHost>& hosts);
};

/**
 * Moves \p count random ones of \p items to its end.
 * \p count is at most the number of items
 */
void ShuffleToEnd(std::vector<uint32_t>& items, std::size_t count, StateRandom& random);

/** Places the members of one VNI after another, each on a place of its own; keeps none of them. */
class VniScatter
{
  public:
    VniScatter(const std::vector<ModelHost>& hosts, Placement placement);

    /** \param members gets \p count places, at most as many as there are */
    void Take(uint32_t count, StateRandom& random, std::vector<uint32_t>& members);

  private:
    void TakeAnywhere(uint32_t count, StateRandom& random, std::vector<uint32_t>& members);
    void TakeFromPods(uint32_t count, StateRandom& random, std::vector<uint32_t>& members);
    void TakeFromLeaves(uint32_t count, StateRandom& random, std::vector<uint32_t>& members);

    PlaceMap m_map;
    Placement m_placement;
    std::vector<uint32_t> m_takenBy; //!< by place: the last call that took it
    uint32_t m_call{0};
    std::vector<uint32_t> m_items;
};

/** Puts tenants' machines one tenant after another; a place takes several of them. */
class TenantPlacer
{
  public:
    /** \param room how many machines a place takes */
    TenantPlacer(const std::vector<ModelHost>& hosts, Placement placement, uint32_t room);

    /**
     * \param places gets \p count places; with fill-leaf and when room is scarce some are the same.
     * There must be room for as many.
     */
    void Take(uint32_t count, StateRandom& random, std::vector<uint32_t>& places);

  private:
    uint32_t
    TakeFromLeaf(uint32_t leaf, uint32_t count, StateRandom& random, std::vector<uint32_t>& places);
    void TakeAnywhere(uint32_t count, StateRandom& random, std::vector<uint32_t>& places);
    void TakeFromPods(uint32_t count, StateRandom& random, std::vector<uint32_t>& places);
    void FillLeaves(uint32_t count, StateRandom& random, std::vector<uint32_t>& places);
    void TakeCapped(uint32_t count, StateRandom& random, std::vector<uint32_t>& places);
    void TakeFrom(const std::vector<uint32_t>& leaves,
                  uint32_t count,
                  StateRandom& random,
                  std::vector<uint32_t>& places);
    void Use(uint32_t place);
    std::vector<uint32_t> GetOpenLeaves(uint32_t pod) const;
    std::vector<uint32_t> GetOpenPods() const;

    PlaceMap m_map; //!< its leaves hold the places with room
    Placement m_placement;
    std::vector<uint32_t> m_room; //!< by place
    std::vector<uint32_t> m_items;
};

} // namespace ns3

#endif
