// SPDX-License-Identifier: Apache-2.0
#include "core/http/challenge.h"

#include "core/http/grammar.h"

#include <algorithm>

namespace core {

namespace {

constexpr qsizetype kMaxField = 16'384;
constexpr qsizetype kMaxChallenges = 16;

/// Reads a field from its begin to its end.
class ChallengeReader {
public:
    explicit ChallengeReader(QByteArrayView text)
        : m_text(text)
    {
    }

    [[nodiscard]] bool isAtEnd() const { return m_at >= m_text.size(); }
    void skipOws()
    {
        while (!isAtEnd() && isOws(m_text.at(m_at))) {
            ++m_at;
        }
    }
    bool take(char wanted)
    {
        const bool isThere = !isAtEnd() && m_text.at(m_at) == wanted;
        m_at += isThere ? 1 : 0;
        return isThere;
    }
    void skipOne() { ++m_at; }
    QByteArray token()
    {
        const qsizetype begin = m_at;
        while (!isAtEnd() && isTokenChar(m_text.at(m_at))) {
            ++m_at;
        }
        return m_text.sliced(begin, m_at - begin).toByteArray();
    }
    /// Up to the closing quote, which the opening one was taken for.
    QByteArray quotedText()
    {
        QByteArray out;
        while (!isAtEnd() && m_text.at(m_at) != '"') {
            if (m_text.at(m_at) == '\\' && m_at + 1 < m_text.size()) {
                ++m_at;
            }
            out += m_text.at(m_at++);
        }
        take('"');
        return out;
    }

private:
    QByteArrayView m_text;
    qsizetype m_at = 0;
};

} // namespace

QList<Challenge> parseChallenges(QByteArrayView field)
{
    QList<Challenge> all;
    ChallengeReader reader(field.first(std::min(field.size(), kMaxField)));
    while (!reader.isAtEnd() && all.size() <= kMaxChallenges) {
        reader.skipOws();
        const QByteArray word = reader.token().toLower();
        reader.skipOws();
        if (word.isEmpty()) {
            reader.skipOne();
        } else if (!reader.take('=')) {
            all.append({.scheme = word, .parameters = {}});
        } else {
            reader.skipOws();
            const QByteArray value = reader.take('"') ? reader.quotedText() : reader.token();
            if (!all.isEmpty() && !all.last().parameters.contains(word)) {
                all.last().parameters.insert(word, value);
            }
        }
    }
    return all;
}

} // namespace core
