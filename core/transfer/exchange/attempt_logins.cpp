// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/attempt_logins.h"

#include "core/http/grammar.h"
#include "core/http/headers.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace core {

namespace {

/// The first challenge that fits the first of these is answered.
struct WayRow {
    const char *scheme;
    const char *algorithm;
    QCryptographicHash::Algorithm hash;
    bool isOfSession; ///< the first digest is salted once more
};
constexpr std::array kWays{
    WayRow{"digest", "sha-256", QCryptographicHash::Sha256, false},
    WayRow{"digest", "sha-256-sess", QCryptographicHash::Sha256, true},
    WayRow{"digest", "md5", QCryptographicHash::Md5, false},
    WayRow{"digest", "md5-sess", QCryptographicHash::Md5, true},
    WayRow{"basic", "", QCryptographicHash::Md5, false},
};

QByteArray algorithmOf(const Challenge &challenge)
{
    if (challenge.scheme != "digest") {
        return {};
    }
    return challenge.parameters.value("algorithm", "md5").toLower();
}

bool hasQopAuth(const Challenge &challenge)
{
    const QByteArrayList words = challenge.parameters.value("qop").toLower().split(',');
    return std::ranges::any_of(words,
                               [](const QByteArray &word) { return word.trimmed() == "auth"; });
}

/// Without a nonce there is nothing to answer; "auth-int" alone is not known.
bool isUsable(const Challenge &challenge)
{
    return challenge.scheme != "digest" ||
           (!challenge.parameters.value("nonce").isEmpty() &&
            (hasQopAuth(challenge) || !challenge.parameters.contains("qop")));
}

const WayRow *wayOf(const Challenge &challenge)
{
    const auto way = std::ranges::find_if(kWays, [&challenge](const WayRow &each) {
        return challenge.scheme == each.scheme && algorithmOf(challenge) == each.algorithm;
    });
    return way == kWays.end() || !isUsable(challenge) ? nullptr : &*way;
}

/// A server that asks without saying how is taken to ask for Basic.
std::optional<Challenge> bestOf(const QByteArray &field)
{
    if (field.trimmed().isEmpty()) {
        return Challenge{.scheme = "basic", .parameters = {}};
    }
    const QList<Challenge> all = parseChallenges(field);
    const auto best = std::ranges::min_element(all, {}, [](const Challenge &each) {
        const WayRow *way = wayOf(each);
        return way == nullptr ? qsizetype(kWays.size()) : qsizetype(way - kWays.data());
    });
    return best == all.end() || wayOf(*best) == nullptr ? std::nullopt : std::optional(*best);
}

QByteArray quotedString(QByteArray text)
{
    return '"' + text.replace('\\', "\\\\").replace('"', "\\\"") + '"';
}

/// As it stands in the request line.
QByteArray targetOf(const QUrl &url)
{
    QUrl target = url;
    if (target.path().isEmpty()) {
        target.setPath(QStringLiteral("/"));
    }
    return target.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment |
                            QUrl::NormalizePathSegments);
}

QByteArray digestField(const Challenge &challenge, const WayRow &way, const Login &login,
                       const QByteArray &method, const QByteArray &target, int count)
{
    const auto hashed = [&way](const QByteArray &text) {
        return QCryptographicHash::hash(text, way.hash).toHex();
    };
    const QByteArray user = login.user.toUtf8();
    const QByteArray realm = challenge.parameters.value("realm");
    const QByteArray nonce = challenge.parameters.value("nonce");
    std::array<quint32, 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    const QByteArray cnonce =
        QByteArray(reinterpret_cast<const char *>(random.data()), sizeof random).toHex();
    const QByteArray nc = QByteArray::number(count, 16).rightJustified(8, '0');
    QByteArray secret = hashed(user + ':' + realm + ':' + login.password.toUtf8());
    if (way.isOfSession) {
        secret = hashed(secret + ':' + nonce + ':' + cnonce);
    }
    const QByteArray asked = hashed(method + ':' + target);
    const bool hasQop = hasQopAuth(challenge);
    const QByteArray answer =
        hasQop ? hashed(secret + ':' + nonce + ':' + nc + ':' + cnonce + ":auth:" + asked)
               : hashed(secret + ':' + nonce + ':' + asked);
    QByteArray field = "Digest username=" + quotedString(user) + ", realm=" + quotedString(realm) +
                       ", nonce=" + quotedString(nonce) + ", uri=" + quotedString(target) +
                       ", response=\"" + answer + '"';
    if (challenge.parameters.contains("algorithm")) {
        field += ", algorithm=" + challenge.parameters.value("algorithm");
    }
    if (challenge.parameters.contains("opaque")) {
        field += ", opaque=" + quotedString(challenge.parameters.value("opaque"));
    }
    if (hasQop) {
        field += ", qop=auth, nc=" + nc + ", cnonce=\"" + cnonce + '"';
    }
    return field;
}

} // namespace

std::optional<Login> loginFor(const JobOptions &options, const QUrl &first, const QUrl &hop)
{
    const Origin origin = originOf(hop);
    const auto found =
        std::ranges::find(options.otherLogins, text(origin), &LoginElsewhere::origin);
    if (found != options.otherLogins.end()) {
        return found->login;
    }
    return origin == originOf(first) ? options.login : std::nullopt;
}

QByteArray basicField(const Login &login)
{
    return "Basic " + (login.user + u':' + login.password).toUtf8().toBase64();
}

QByteArray AttemptLogins::fieldFor(const QUrl &hop, const QByteArray &method,
                                   const std::optional<Login> &login)
{
    const auto asked = m_asked.find(originOf(hop));
    if (asked == m_asked.end() || !login) {
        return {};
    }
    const WayRow &way = *wayOf(asked->challenge);
    asked->isSent = true;
    const QByteArray field =
        asked->challenge.scheme == "basic"
            ? basicField(*login)
            : digestField(asked->challenge, way, *login, method, targetOf(hop), ++asked->count);
    return isFieldValue(field) ? field : QByteArray();
}

std::optional<SignIn> AttemptLogins::take(const ResponseHead &head,
                                          const std::optional<Login> &login)
{
    const auto best = bestOf(head.header("WWW-Authenticate"));
    if (!best) {
        return SignIn::Unknown;
    }
    if (!login) {
        return SignIn::NotGiven;
    }
    const Origin origin = originOf(head.url);
    const auto before = m_asked.constFind(origin);
    const bool isStale = isSame(best->parameters.value("stale"), "true");
    const bool isSameAgain = before != m_asked.constEnd() && before->isSent &&
                             before->challenge.scheme == "basic" && best->scheme == "basic";
    const int allowed = isStale ? 2 : 1; // the answer, and once more where only the nonce was old
    if (isSameAgain || m_answered >= allowed) {
        m_asked.remove(origin);
        return SignIn::NotAccepted;
    }
    ++m_answered;
    m_asked.insert(origin, {.challenge = *best});
    return std::nullopt;
}

} // namespace core
