// SPDX-License-Identifier: GPL-2.0-only
// What a machine under test has sent, and whether the test has looked at it.
#ifndef VXLAN_MULTICAST_TEST_OUTBOX_H
#define VXLAN_MULTICAST_TEST_OUTBOX_H

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace ns3
{

/** Messages in order. A test that asks for all of them, or how many there are, expects them. */
template <typename T>
class Outbox
{
  public:
    void Add(const T& message)
    {
        m_messages.push_back(message);
    }

    /** \returns all messages, which are expected from now on. */
    const std::vector<T>& Get() const
    {
        m_expected = m_messages.size();
        return m_messages;
    }

    std::size_t size() const
    {
        return Get().size();
    }

    bool empty() const
    {
        return Get().empty();
    }

    /** Does not make the others expected. */
    const T& operator[](std::size_t i) const
    {
        return m_messages.at(i);
    }

    const T& back() const
    {
        return m_messages.back();
    }

    void Forget()
    {
        m_messages.clear();
        m_expected = 0;
    }

    /** Fails the test if messages have come that it has not looked at. */
    void ExpectNothingElse() const
    {
        EXPECT_EQ(m_messages.size(), m_expected) << "messages that nobody expected";
    }

  private:
    std::vector<T> m_messages;
    mutable std::size_t m_expected{0};
};

} // namespace ns3

#endif
