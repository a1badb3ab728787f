// SPDX-License-Identifier: GPL-2.0-only
// Log components that belong to a class. ns-3's NS_LOG_COMPONENT_DEFINE makes a variable of the
// file, and two files compiled as one would have two.
#ifndef VXLAN_MULTICAST_CLASS_LOG_H
#define VXLAN_MULTICAST_CLASS_LOG_H

#include "ns3/log.h"

/** In a class, private: NS_LOG_… in its functions write to the class's component. */
#define NS_LOG_CLASS_DECLARE static ::ns3::LogComponent g_log
/** In the class's .cc; the component is called as the class, `NS_LOG=Class`. */
#define NS_LOG_CLASS_DEFINE(Class) ::ns3::LogComponent Class::g_log(#Class, __FILE__)

#endif
