// SPDX-License-Identifier: Apache-2.0
#include "core/http/curl_command.h"

#include "core/http/headers.h"
#include "core/http/link.h"
#include "core/http/shell_words.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <utility>

namespace core {

namespace {

using Kind = CurlRefusal::Kind;

/// What an option of curl means here. Those that are not in the table are refused.
enum class Meaning {
    Link,
    Header,
    Cookie,
    UserAgent,
    Referer,
    Login,
    Method,
    Nothing,
    NothingWithValue
};

struct CurlOptionRow {
    const char *name;
    char letter; ///< 0: none
    Meaning meaning;
};

// clang-format off
constexpr std::array kCurlOptions{
    CurlOptionRow{"url",              0,  Meaning::Link},
    CurlOptionRow{"header",           'H', Meaning::Header},
    CurlOptionRow{"cookie",           'b', Meaning::Cookie},
    CurlOptionRow{"user-agent",       'A', Meaning::UserAgent},
    CurlOptionRow{"referer",          'e', Meaning::Referer},
    CurlOptionRow{"user",             'u', Meaning::Login},
    CurlOptionRow{"request",          'X', Meaning::Method},
    CurlOptionRow{"get",              'G', Meaning::Nothing},
    CurlOptionRow{"compressed",       0,  Meaning::Nothing},
    CurlOptionRow{"location",         'L', Meaning::Nothing},
    CurlOptionRow{"silent",           's', Meaning::Nothing},
    CurlOptionRow{"show-error",       'S', Meaning::Nothing},
    CurlOptionRow{"fail",             'f', Meaning::Nothing},
    CurlOptionRow{"verbose",          'v', Meaning::Nothing},
    CurlOptionRow{"include",          'i', Meaning::Nothing},
    CurlOptionRow{"globoff",          'g', Meaning::Nothing},
    CurlOptionRow{"progress-bar",     '#', Meaning::Nothing},
    CurlOptionRow{"remote-name",      'O', Meaning::Nothing},
    CurlOptionRow{"remote-header-name", 'J', Meaning::Nothing},
    CurlOptionRow{"http1.1",          0,  Meaning::Nothing},
    CurlOptionRow{"http2",            0,  Meaning::Nothing},
    CurlOptionRow{"output",           'o', Meaning::NothingWithValue},
    CurlOptionRow{"continue-at",      'C', Meaning::NothingWithValue},
    CurlOptionRow{"range",            'r', Meaning::NothingWithValue},
    CurlOptionRow{"retry",            0,  Meaning::NothingWithValue},
};
// clang-format on

bool takesValue(Meaning meaning)
{
    return meaning != Meaning::Nothing;
}

tl::unexpected<CurlRefusal> refusal(Kind kind, const QString &subject = {})
{
    return tl::unexpected(CurlRefusal{kind, subject});
}

/// Reads the words after the name of the program, one after the other.
class CurlReader {
public:
    explicit CurlReader(QStringList words)
        : m_words(std::move(words))
    {
    }

    tl::expected<CopiedRequest, CurlRefusal> read()
    {
        for (m_at = 1; m_at < m_words.size() && !m_refusal; ++m_at) {
            const QString word = m_words.at(m_at);
            if (word.startsWith(u"--")) {
                readLong(word.sliced(2));
            } else if (word.size() > 1 && word.startsWith(u'-')) {
                readShort(word.sliced(1));
            } else {
                take(Meaning::Link, word);
            }
        }
        if (m_refusal) {
            return tl::unexpected(*m_refusal);
        }
        return m_request.url.isEmpty() ? refusal(Kind::NoLink)
                                       : tl::expected<CopiedRequest, CurlRefusal>(m_request);
    }

private:
    void refuse(Kind kind, const QString &subject = {}) { m_refusal = CurlRefusal{kind, subject}; }

    void readLong(const QString &option)
    {
        const auto row = std::ranges::find_if(kCurlOptions, [&option](const CurlOptionRow &r) {
            return option == QLatin1StringView(r.name);
        });
        if (row == kCurlOptions.end()) {
            refuse(Kind::Option, QStringLiteral("--") + option.section(u'=', 0, 0));
        } else if (!takesValue(row->meaning)) {
            take(row->meaning, {});
        } else {
            takeNext(row->meaning, QStringLiteral("--") + option);
        }
    }

    /// Letters may stand together, and the value right behind the last one.
    void readShort(const QString &letters)
    {
        for (qsizetype i = 0; i < letters.size() && !m_refusal; ++i) {
            const QChar letter = letters.at(i);
            const auto row = std::ranges::find_if(kCurlOptions, [letter](const CurlOptionRow &r) {
                return r.letter != 0 && letter == QLatin1Char(r.letter);
            });
            if (row == kCurlOptions.end()) {
                refuse(Kind::Option, QStringLiteral("-") + letter);
            } else if (!takesValue(row->meaning)) {
                take(row->meaning, {});
            } else if (i + 1 < letters.size()) {
                take(row->meaning, letters.sliced(i + 1));
                return;
            } else {
                takeNext(row->meaning, QStringLiteral("-") + letter);
            }
        }
    }

    void takeNext(Meaning meaning, const QString &option)
    {
        if (m_at + 1 >= m_words.size()) {
            refuse(Kind::Option, option);
            return;
        }
        take(meaning, m_words.at(++m_at));
    }

    void take(Meaning meaning, const QString &value)
    {
        switch (meaning) {
        case Meaning::Link:
            return takeLink(value);
        case Meaning::Header:
            return takeHeader(value);
        case Meaning::Cookie:
            // Without a "=" it is the name of a file with cookies.
            return value.contains(u'=') ? add("Cookie", value)
                                        : refuse(Kind::Option, QStringLiteral("-b"));
        case Meaning::UserAgent:
            return add("User-Agent", value);
        case Meaning::Referer:
            return add("Referer", value);
        case Meaning::Login:
            m_request.user = value.section(u':', 0, 0);
            m_request.password = value.section(u':', 1);
            return;
        case Meaning::Method:
            return value == u"GET" ? void() : refuse(Kind::OtherMethod, value.left(20));
        case Meaning::Nothing:
        case Meaning::NothingWithValue:
            return;
        }
    }

    void takeLink(const QString &text)
    {
        const auto link = parseLink(text);
        if (!m_request.url.isEmpty()) {
            refuse(Kind::SeveralLinks);
        } else if (!link) {
            refuse(Kind::BadLink);
        } else {
            m_request.url = link->url;
            if (!link->user.isEmpty()) {
                m_request.user = link->user;
                m_request.password = link->password;
            }
        }
    }

    void takeHeader(const QString &text)
    {
        const auto field = parseHeaderLine(text.toUtf8());
        if (!field) { // "Name;" and "Name:" send an empty field, or none
            return text.endsWith(u':') || text.endsWith(u';')
                       ? void()
                       : refuse(Kind::BadHeader, text.section(u':', 0, 0).left(40));
        }
        add(field->first, QString::fromUtf8(field->second));
    }

    void add(const QByteArray &name, const QString &value)
    {
        const QByteArray bytes = value.toUtf8();
        if (!isFieldValue(bytes)) {
            refuse(Kind::BadHeader, QString::fromUtf8(name));
        } else if (!isReservedFieldName(name) && !bytes.isEmpty()) {
            m_request.headers.append({name, bytes});
        }
    }

    QStringList m_words;
    qsizetype m_at = 0;
    CopiedRequest m_request;
    std::optional<CurlRefusal> m_refusal;
};

} // namespace

bool isCurlCommand(const QString &text)
{
    const QString begin =
        text.trimmed().left(9).section(QRegularExpression(QStringLiteral("\\s")), 0, 0);
    return begin == u"curl" || begin == u"curl.exe";
}

tl::expected<CopiedRequest, CurlRefusal> parseCurlCommand(const QString &text)
{
    const auto words = shellWords(text);
    if (!words || words->isEmpty()) {
        return refusal(Kind::Unreadable);
    }
    return CurlReader(*words).read();
}

} // namespace core
