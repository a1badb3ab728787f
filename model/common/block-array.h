// SPDX-License-Identifier: GPL-2.0-only
// An array that only grows, of which nothing moves. Unlike std::deque it finds an element without a
// division, and its blocks are as large as they are told to be.
#ifndef VXLAN_MULTICAST_BLOCK_ARRAY_H
#define VXLAN_MULTICAST_BLOCK_ARRAY_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace ns3
{

/**
 * Elements by number.
 * \tparam T the type of the elements
 * \tparam BLOCK how many are made at once, a power of two
 */
template <typename T, uint32_t BLOCK = 64>
class BlockArray
{
    static_assert(BLOCK > 0 && (BLOCK & (BLOCK - 1)) == 0, "a division otherwise");

  public:
    T& operator[](uint32_t number)
    {
        return m_blocks[number / BLOCK][number % BLOCK];
    }

    const T& operator[](uint32_t number) const
    {
        return m_blocks[number / BLOCK][number % BLOCK];
    }

    /** Adds a T(). \returns its number: the first is 0. */
    uint32_t Add()
    {
        if (m_size % BLOCK == 0)
        {
            m_blocks.push_back(std::make_unique<T[]>(BLOCK));
        }
        return m_size++;
    }

  private:
    std::vector<std::unique_ptr<T[]>> m_blocks;
    uint32_t m_size{0};
};

} // namespace ns3

#endif
