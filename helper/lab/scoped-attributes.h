// SPDX-License-Identifier: GPL-2.0-only
// Attribute defaults that hold while the objects of one node, or of one run, are made.
#ifndef VXLAN_MULTICAST_SCOPED_ATTRIBUTES_H
#define VXLAN_MULTICAST_SCOPED_ATTRIBUTES_H

#include "ns3/attribute.h"
#include "ns3/ptr.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** An ns-3 attribute default, checked: `ns3::PimSmRouting::SptThreshold` and a value's text. */
struct AttributeSetting
{
    std::string name;
    std::string value;
    int line{0}; //!< in the scenario's file
};

/** Sets attribute defaults, and restores the earlier ones when it is destroyed. */
class ScopedAttributes
{
  public:
    /** \param settings existing attributes, with values that they accept */
    explicit ScopedAttributes(const std::vector<AttributeSetting>& settings);
    ~ScopedAttributes();
    ScopedAttributes(const ScopedAttributes&) = delete;
    ScopedAttributes& operator=(const ScopedAttributes&) = delete;

  private:
    std::vector<std::pair<std::string, Ptr<const AttributeValue>>> m_before;
};

} // namespace ns3

#endif
