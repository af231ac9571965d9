// SPDX-License-Identifier: Apache-2.0
#include "core/http/shell_words.h"

namespace core {

namespace {

/// Characters that end a simple command, or mean more than themselves when they are not quoted.
bool isOperator(QChar c)
{
    return QStringView(u";|&<>()`^").contains(c);
}

class ShellReader {
public:
    explicit ShellReader(QStringView text)
        : m_text(text)
    {
    }

    std::optional<QStringList> read()
    {
        while (m_at < m_text.size() && m_isGood) {
            readOne();
        }
        endWord();
        return m_isGood ? std::optional(m_words) : std::nullopt;
    }

private:
    QChar next() { return m_text.at(m_at++); }
    [[nodiscard]] bool has(qsizetype count = 1) const { return m_at + count <= m_text.size(); }
    void add(QChar c)
    {
        m_word += c;
        m_isWord = true;
    }

    void readOne()
    {
        const QChar c = next();
        if (c == u'\\') {
            readEscaped();
        } else if (c == u'\'') {
            readSingle();
        } else if (c == u'"') {
            readDouble();
        } else if (c == u'$' && has() && m_text.at(m_at) == u'\'') {
            ++m_at;
            readAnsi();
        } else if (c.isSpace()) {
            endWord();
        } else if (isOperator(c)) {
            m_isGood = false;
        } else {
            add(c);
        }
    }

    void readEscaped()
    {
        if (!has()) {
            return; // the last line goes on with nothing
        }
        const QChar c = next();
        if (c == u'\r' && has() && m_text.at(m_at) == u'\n') {
            ++m_at;
        } else if (c != u'\n') {
            add(c);
        }
    }

    void readSingle()
    {
        m_isWord = true;
        const qsizetype end = m_text.indexOf(u'\'', m_at);
        m_isGood = end >= 0;
        if (m_isGood) {
            m_word += m_text.sliced(m_at, end - m_at);
            m_at = end + 1;
        }
    }

    void readDouble()
    {
        m_isWord = true;
        while (has()) {
            const QChar c = next();
            if (c == u'"') {
                return;
            }
            const bool isEscape =
                c == u'\\' && has() && QStringView(u"\\\"$`\n!").contains(m_text.at(m_at));
            if (!isEscape) {
                m_word += c;
            } else if (const QChar escaped = next(); escaped != u'\n') {
                m_word += escaped;
            }
        }
        m_isGood = false;
    }

    void readAnsi()
    {
        m_isWord = true;
        while (has()) {
            const QChar c = next();
            if (c == u'\'') {
                return;
            }
            if (c == u'\\' && has()) {
                readAnsiEscape();
            } else {
                m_word += c;
            }
        }
        m_isGood = false;
    }

    void readAnsiEscape()
    {
        const QChar c = next();
        switch (c.unicode()) {
        case u'n':
            m_word += u'\n';
            return;
        case u'r':
            m_word += u'\r';
            return;
        case u't':
            m_word += u'\t';
            return;
        case u'x':
            return readHex(2);
        case u'u':
            return readHex(4);
        default: // a backslash or a quotation mark stands for itself
            m_word += c;
        }
    }

    void readHex(int digits)
    {
        qsizetype count = 0;
        while (count < digits && has(count + 1) &&
               QStringView(u"0123456789abcdefABCDEF").contains(m_text.at(m_at + count))) {
            ++count;
        }
        if (count == 0) {
            m_isGood = false;
            return;
        }
        m_word += QChar(m_text.sliced(m_at, count).toUShort(nullptr, 16));
        m_at += count;
    }

    void endWord()
    {
        if (m_isWord) {
            m_words.append(m_word);
        }
        m_word.clear();
        m_isWord = false;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    QStringList m_words;
    QString m_word;
    bool m_isWord = false; ///< also an empty one, in quotation marks
    bool m_isGood = true;
};

} // namespace

std::optional<QStringList> shellWords(const QString &text)
{
    return ShellReader(text).read();
}

} // namespace core
