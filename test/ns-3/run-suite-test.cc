// SPDX-License-Identifier: GPL-2.0-only
// The suite that an ns-3 tree's test.py runs, run here.
#include "ns3/test.h"

#include <gtest/gtest.h>

TEST(Ns3TestSuite, Passes)
{
    char program[] = "test-ns-3";
    char suite[] = "--suite=vxlan-multicast";
    char* arguments[] = {program, suite, nullptr};
    EXPECT_EQ(ns3::TestRunner::Run(2, arguments), 0);
}
