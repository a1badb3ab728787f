// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/yaml-document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <unordered_map>

namespace ns3
{

/** Takes what yaml-cpp reads. Item 0 is a null node, for what is not there. */
class YamlDocument::Builder : public YAML::EventHandler
{
  public:
    explicit Builder(YamlDocument& document)
        : m_document(document)
    {
        m_document.m_items.emplace_back();
    }

    uint32_t GetRoot() const
    {
        return m_open.front().children.empty() ? 0 : m_open.front().children.front();
    }

    void OnDocumentStart(const YAML::Mark&) override
    {
    }

    void OnDocumentEnd() override
    {
    }

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        Add(Kind::NOTHING, mark, anchor);
    }

    void OnAlias(const YAML::Mark&, YAML::anchor_t anchor) override
    {
        m_open.back().children.push_back(m_anchors.at(anchor));
    }

    void OnScalar(const YAML::Mark& mark,
                  const std::string&,
                  YAML::anchor_t anchor,
                  const std::string& value) override
    {
        Item& item = m_document.m_items[Add(Kind::SCALAR, mark, anchor)];
        item.first = static_cast<uint32_t>(m_document.m_text.size());
        item.count = static_cast<uint32_t>(value.size());
        m_document.m_text += value;
    }

    void OnSequenceStart(const YAML::Mark& mark,
                         const std::string&,
                         YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        m_open.push_back({Add(Kind::SEQUENCE, mark, anchor), {}});
    }

    void OnSequenceEnd() override
    {
        Close();
    }

    void OnMapStart(const YAML::Mark& mark,
                    const std::string&,
                    YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        m_open.push_back({Add(Kind::MAP, mark, anchor), {}});
    }

    void OnMapEnd() override
    {
        Close();
    }

  private:
    /** A sequence or map that is not complete. */
    struct Open
    {
        uint32_t number;
        std::vector<uint32_t> children;
    };

    uint32_t Add(Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor)
    {
        const auto number = static_cast<uint32_t>(m_document.m_items.size());
        m_document.m_items.push_back({kind, std::max(mark.line, 0) + 1, 0, 0});
        m_open.back().children.push_back(number);
        if (anchor != YAML::NullAnchor)
        {
            m_anchors[anchor] = number;
        }
        return number;
    }

    void Close()
    {
        const Open& last = m_open.back();
        Item& item = m_document.m_items[last.number];
        item.first = static_cast<uint32_t>(m_document.m_children.size());
        item.count = static_cast<uint32_t>(last.children.size());
        m_document.m_children.insert(
            m_document.m_children.end(), last.children.begin(), last.children.end());
        m_open.pop_back();
    }

    YamlDocument& m_document;
    std::vector<Open> m_open{1}; //!< the first is around the root
    std::unordered_map<YAML::anchor_t, uint32_t> m_anchors;
};

YamlNode
YamlDocument::Read(std::istream& stream)
{
    const auto document = std::make_shared<YamlDocument>();
    Builder builder(*document);
    YAML::Parser(stream).HandleNextDocument(builder);
    return YamlNode(document, builder.GetRoot());
}

YamlNode::YamlNode(std::shared_ptr<const YamlDocument> document, uint32_t number)
    : m_document(std::move(document)),
      m_number(number)
{
}

std::string
YamlNode::GetText() const
{
    const YamlDocument::Item& item = Get();
    return IsScalar() ? m_document->m_text.substr(item.first, item.count) : "";
}

YamlNode
YamlNode::GetChild(std::size_t number) const
{
    return YamlNode(m_document, m_document->m_children[Get().first + number]);
}

YamlNode
YamlNode::GetItem(std::size_t number) const
{
    return GetChild(number);
}

std::pair<YamlNode, YamlNode>
YamlNode::GetPair(std::size_t number) const
{
    return {GetChild(2 * number), GetChild(2 * number + 1)};
}

YamlNode
YamlNode::Find(const std::string& key) const
{
    for (std::size_t i = 0; IsMap() && i < GetSize(); ++i)
    {
        const auto [name, value] = GetPair(i);
        if (name.IsScalar() && name.GetText() == key)
        {
            return value;
        }
    }
    return YamlNode(m_document, 0);
}

} // namespace ns3
