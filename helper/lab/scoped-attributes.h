// SPDX-License-Identifier: GPL-2.0-only
// Attribute defaults that hold while the objects of one node are made.
#ifndef VXLAN_MULTICAST_SCOPED_ATTRIBUTES_H
#define VXLAN_MULTICAST_SCOPED_ATTRIBUTES_H

#include "ns3/attribute.h"
#include "ns3/ptr.h"
#include "ns3/scenario.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** Sets attribute defaults, and gives the earlier ones back at its end. */
class ScopedAttributes
{
  public:
    /** \param settings of attributes that there are, with values that they take */
    explicit ScopedAttributes(const std::vector<AttributeSetting>& settings);
    ~ScopedAttributes();
    ScopedAttributes(const ScopedAttributes&) = delete;
    ScopedAttributes& operator=(const ScopedAttributes&) = delete;

  private:
    std::vector<std::pair<std::string, Ptr<const AttributeValue>>> m_before;
};

} // namespace ns3

#endif
