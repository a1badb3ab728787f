// SPDX-License-Identifier: GPL-2.0-only
// A YAML document as a tree in a few vectors: a scenario may have a hundred thousand lines, and
// yaml-cpp's own nodes take half a kilobyte for each word.
#ifndef VXLAN_MULTICAST_YAML_DOCUMENT_H
#define VXLAN_MULTICAST_YAML_DOCUMENT_H

#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

class YamlNode;

/** The first document of a stream. Its nodes keep it alive. */
class YamlDocument
{
  public:
    /** \returns the root, a null node of an empty stream. \throws YAML::Exception */
    static YamlNode Read(std::istream& stream);

  private:
    friend class YamlNode;
    class Builder;

    enum class Kind : uint8_t
    {
        NOTHING,
        SCALAR,
        SEQUENCE,
        MAP //!< keys and values by turns
    };

    /** Of a scalar the range is of bytes, of the others of children. */
    struct Item
    {
        Kind kind{Kind::NOTHING};
        int32_t line{1};
        uint32_t first{0};
        uint32_t count{0};
    };

    std::vector<Item> m_items;
    std::vector<uint32_t> m_children;
    std::string m_text;
};

/** A node of a document. */
class YamlNode
{
  public:
    bool IsNull() const
    {
        return Get().kind == YamlDocument::Kind::NOTHING;
    }

    bool IsScalar() const
    {
        return Get().kind == YamlDocument::Kind::SCALAR;
    }

    bool IsSequence() const
    {
        return Get().kind == YamlDocument::Kind::SEQUENCE;
    }

    bool IsMap() const
    {
        return Get().kind == YamlDocument::Kind::MAP;
    }

    /** \returns its line in the file, from 1. */
    int GetLine() const
    {
        return Get().line;
    }

    /** \returns the text of a scalar; of another node nothing. */
    std::string GetText() const;

    /** \returns the number of items of a sequence, or of keys of a map. */
    std::size_t GetSize() const
    {
        return IsMap() ? Get().count / 2 : IsSequence() ? Get().count : 0;
    }

    /** \returns an item of a sequence. */
    YamlNode GetItem(std::size_t number) const;
    /** \returns a key of a map, in the order of the file, and its value. */
    std::pair<YamlNode, YamlNode> GetPair(std::size_t number) const;
    /** \returns the value at \p key of a map; a null node without it, or if this is no map. */
    YamlNode Find(const std::string& key) const;

  private:
    friend class YamlDocument;

    YamlNode(std::shared_ptr<const YamlDocument> document, uint32_t number);

    const YamlDocument::Item& Get() const
    {
        return m_document->m_items[m_number];
    }

    YamlNode GetChild(std::size_t number) const;

    std::shared_ptr<const YamlDocument> m_document;
    uint32_t m_number;
};

} // namespace ns3

#endif
