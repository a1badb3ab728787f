// SPDX-License-Identifier: GPL-2.0-only
// Thousands of entries have a map or a set that next to none of them uses.
#ifndef VXLAN_MULTICAST_SPARSE_H
#define VXLAN_MULTICAST_SPARSE_H

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <type_traits>
#include <utility>

namespace ns3
{

/** The values of a map; of a set void. */
template <typename Container, typename = void>
struct SparseMapped
{
    using Type = void;
};

template <typename Container>
struct SparseMapped<Container, std::void_t<typename Container::mapped_type>>
{
    using Type = typename Container::mapped_type;
};

/**
 * A map or set that takes one pointer as long as it has never held anything; else it is what
 * \p Container is.
 * \tparam Container of the standard library's or Boost's associative ones
 */
template <typename Container>
class Sparse
{
  public:
    using key_type = typename Container::key_type;
    using mapped_type = typename SparseMapped<Container>::Type;
    using value_type = typename Container::value_type;
    using iterator = typename Container::iterator;
    using const_iterator = typename Container::const_iterator;

    Sparse() = default;
    Sparse(Sparse&&) noexcept = default;

    Sparse(const Sparse& other)
        : m_container(other.empty() ? nullptr : std::make_unique<Container>(*other.m_container))
    {
    }

    Sparse(std::initializer_list<value_type> values)
        : Sparse(values.begin(), values.end())
    {
    }

    template <typename Iterator>
    Sparse(Iterator first, Iterator last)
    {
        insert(first, last);
    }

    Sparse& operator=(Sparse other) noexcept
    {
        m_container = std::move(other.m_container);
        return *this;
    }

    iterator begin()
    {
        return Get().begin();
    }

    iterator end()
    {
        return Get().end();
    }

    const_iterator begin() const
    {
        return Get().begin();
    }

    const_iterator end() const
    {
        return Get().end();
    }

    bool empty() const
    {
        return !m_container || m_container->empty();
    }

    std::size_t size() const
    {
        return m_container ? m_container->size() : 0;
    }

    iterator find(const key_type& key)
    {
        return Get().find(key);
    }

    const_iterator find(const key_type& key) const
    {
        return Get().find(key);
    }

    std::size_t count(const key_type& key) const
    {
        return m_container ? m_container->count(key) : 0;
    }

    /** Of a map. */
    template <typename Map = Container>
    const typename Map::mapped_type& at(const key_type& key) const
    {
        return Get().at(key);
    }

    template <typename Map = Container>
    typename Map::mapped_type& operator[](const key_type& key)
    {
        return Make()[key];
    }

    template <typename... Arguments>
    std::pair<iterator, bool> emplace(Arguments&&... arguments)
    {
        return Make().emplace(std::forward<Arguments>(arguments)...);
    }

    std::pair<iterator, bool> insert(const value_type& value)
    {
        return Make().insert(value);
    }

    iterator insert(const_iterator hint, const value_type& value)
    {
        return m_container ? m_container->insert(hint, value) : Make().insert(value).first;
    }

    template <typename Iterator>
    void insert(Iterator first, Iterator last)
    {
        if (first != last)
        {
            Make().insert(first, last);
        }
    }

    std::size_t erase(const key_type& key)
    {
        return m_container ? m_container->erase(key) : 0;
    }

    iterator erase(iterator place)
    {
        return m_container->erase(place);
    }

    void clear()
    {
        m_container.reset();
    }

    friend bool operator==(const Sparse& a, const Sparse& b)
    {
        return a.Get() == b.Get();
    }

    friend bool operator!=(const Sparse& a, const Sparse& b)
    {
        return !(a == b);
    }

  private:
    /** What all that hold nothing share. */
    static Container& GetEmpty()
    {
        static Container& empty = *new Container;
        return empty;
    }

    Container& Get()
    {
        return m_container ? *m_container : GetEmpty();
    }

    const Container& Get() const
    {
        return m_container ? *m_container : GetEmpty();
    }

    Container& Make()
    {
        if (!m_container)
        {
            m_container = std::make_unique<Container>();
        }
        return *m_container;
    }

    std::unique_ptr<Container> m_container;
};

} // namespace ns3

#endif
