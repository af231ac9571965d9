// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/typed_values.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/http/headers.h"
#include "core/words/explain_link.h"

#include <QLocale>
#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <cmath>

namespace cli {

namespace {

bool hasControls(const QString &text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.category() == QChar::Other_Control; });
}

bool isComponent(const QString &name)
{
    return !name.isEmpty() && name != u'.' && name != QLatin1StringView("..") &&
           !name.contains(u'/') && !hasControls(name);
}

/// A plain decimal number; "1e3", "inf" and "0x10" are none.
std::optional<double> parseDecimal(const QString &typed)
{
    static const QRegularExpression form(QStringLiteral("\\A[0-9]{1,15}(\\.[0-9]{1,9})?\\z"));
    if (!form.match(typed).hasMatch()) {
        return std::nullopt;
    }
    bool ok = false;
    const double value = QLocale::c().toDouble(typed, &ok);
    return ok ? std::optional(value) : std::nullopt;
}

template <typename T>
struct Choice {
    const char *typed;
    T value;
};

template <typename T, std::size_t N>
const Choice<T> *choose(const std::array<Choice<T>, N> &choices, const QString &typed)
{
    const auto found = std::ranges::find_if(choices, [&typed](const Choice<T> &choice) {
        return typed == QLatin1StringView(choice.typed);
    });
    return found == choices.end() ? nullptr : &*found;
}

} // namespace

Parsed<std::optional<qint64>> parseRate(const QString &typed)
{
    constexpr double kLargest = 1e12;
    static constexpr std::array kUnits{Choice<double>{"K", 1e3}, Choice<double>{"M", 1e6},
                                       Choice<double>{"G", 1e9}};
    const Choice<double> *unit = choose(kUnits, typed.right(1).toUpper());
    const auto number = parseDecimal(unit == nullptr ? typed : typed.chopped(1));
    const double rate = number.value_or(-1) * (unit == nullptr ? 1 : unit->value);
    if (rate < 0 || rate > kLargest || (rate > 0 && rate < 1)) {
        return misused(
            Words::tr("--limit %1 is no rate; write bytes a second such as 500K or 1.5M.")
                .arg(quoted(typed)));
    }
    return rate == 0 ? std::optional<qint64>() : std::optional<qint64>(std::llround(rate));
}

Parsed<std::chrono::milliseconds> parseSeconds(const QString &typed)
{
    constexpr double kLongest = 30.0 * 24 * 3600;
    const auto number = parseDecimal(typed);
    if (!number || *number > kLongest) {
        return misused(Words::tr("%1 is no length of time; write seconds, 2592000 at most.")
                           .arg(quoted(typed)));
    }
    return std::chrono::milliseconds(std::llround(*number * 1000));
}

Parsed<core::ExpectedHash> parseHash(const QString &typed)
{
    if (const auto hash = core::recognizeHash(typed)) {
        return *hash;
    }
    if (typed == QLatin1StringView("none")) {
        return misused(Words::tr("A new job needs no --hash; leave it out. \"none\" is for \"bhop "
                                 "resume\", where a checksum turned out to be wrong."));
    }
    return misused(
        Words::tr("--hash %1 is no checksum; write md5:, sha1:, sha256:, sha512: or blake2b: and "
                  "all its hexadecimal digits.")
            .arg(quoted(typed)));
}

Parsed<std::optional<core::ExpectedHash>> parseHashOrNone(const QString &typed)
{
    if (typed == QLatin1StringView("none")) {
        return std::nullopt;
    }
    return parseHash(typed).map([](const core::ExpectedHash &hash) { return std::optional(hash); });
}

Parsed<QByteArray> parseTrustCert(const QString &typed)
{
    QByteArray fingerprint = core::parseFingerprint(typed);
    if (fingerprint.isEmpty()) {
        return misused(Words::tr("--trust-cert %1 is no fingerprint; write the SHA-256 of the "
                                 "certificate, 64 hexadecimal digits.")
                           .arg(quoted(typed)));
    }
    return fingerprint;
}

Parsed<core::Priority> parsePriorityOption(const QString &typed)
{
    QStringList words;
    for (const core::Priority each : core::allOf<core::Priority>()) {
        words.append(QString::fromLatin1(core::name(each)).toLower());
        if (typed.compare(words.last(), Qt::CaseInsensitive) == 0) {
            return each;
        }
    }
    return misused(Words::tr("--priority %1 is none of these: %2.")
                       .arg(quoted(typed), words.join(QStringLiteral(", "))));
}

Parsed<FileReference> parseFileReference(const QString &typed)
{
    bool isNumber = false;
    const int number = typed.toInt(&isNumber);
    if (typed.isEmpty() || (isNumber && number < 1)) {
        return misused(Words::tr("%1 names no file; write its number, from 1, or its name.")
                           .arg(quoted(typed)));
    }
    if (isNumber) {
        return FileReference{.index = number - 1};
    }
    return FileReference{.index = std::nullopt, .name = typed};
}

Parsed<core::ExistingFile> parseExisting(const QString &typed)
{
    static constexpr std::array kChoices{
        Choice<core::ExistingFile>{"keep-both", core::ExistingFile::KeepBoth},
        Choice<core::ExistingFile>{"replace", core::ExistingFile::Replace},
        Choice<core::ExistingFile>{"skip", core::ExistingFile::Skip},
        Choice<core::ExistingFile>{"fail", core::ExistingFile::Ask}};
    if (const auto *choice = choose(kChoices, typed)) {
        return choice->value;
    }
    return misused(Words::tr("--existing %1 is none of keep-both, replace, skip and fail.")
                       .arg(quoted(typed)));
}

Parsed<IfExists> parseIfExists(const QString &typed)
{
    static constexpr std::array kChoices{Choice<IfExists>{"replace", IfExists::Replace},
                                         Choice<IfExists>{"fail", IfExists::Fail},
                                         Choice<IfExists>{"ask", IfExists::Ask}};
    if (const auto *choice = choose(kChoices, typed)) {
        return choice->value;
    }
    return misused(
        Words::tr("--if-exists %1 is none of replace, fail and ask.").arg(quoted(typed)));
}

Parsed<core::UploadProtocol> parseProtocol(const QString &typed)
{
    using core::UploadProtocol;
    static constexpr std::array kChoices{Choice<UploadProtocol>{"auto", UploadProtocol::Auto},
                                         Choice<UploadProtocol>{"put", UploadProtocol::Put},
                                         Choice<UploadProtocol>{"tus", UploadProtocol::Tus}};
    if (const auto *choice = choose(kChoices, typed.toLower())) {
        return choice->value;
    }
    return misused(Words::tr("--protocol %1 is none of auto, put and tus.").arg(quoted(typed)));
}

Parsed<OnError> parseOnError(const QString &typed)
{
    static constexpr std::array kChoices{
        Choice<OnError>{"stop", OnError::Stop}, Choice<OnError>{"cancel", OnError::Cancel},
        Choice<OnError>{"complete", OnError::Complete}, Choice<OnError>{"ask", OnError::Ask}};
    if (const auto *choice = choose(kChoices, typed)) {
        return choice->value;
    }
    return misused(
        Words::tr("--on-error %1 is none of stop, cancel, complete and ask.").arg(quoted(typed)));
}

Parsed<int> parseConnections(const QString &typed)
{
    bool ok = false;
    const int number = typed.toInt(&ok);
    if (!ok || number < 1 || number > core::kMaxConnections) {
        return misused(Words::tr("--connections %1 is no number from 1 to %2.")
                           .arg(quoted(typed))
                           .arg(core::kMaxConnections));
    }
    return number;
}

Parsed<QUrl> parseProxy(const QString &typed)
{
    if (typed == QLatin1StringView("direct")) {
        return core::noProxy();
    }
    if (typed == QLatin1StringView("system")) {
        return QUrl();
    }
    const bool hasScheme = typed.contains(QLatin1StringView("://"));
    const QUrl url(hasScheme ? typed : QStringLiteral("http://") + typed, QUrl::StrictMode);
    if (typed.contains(u'@')) { // never repeated: it may hold a password
        return misused(
            Words::tr("A login does not belong into the address of a proxy, where others "
                      "can read it; give the name with --proxy-user."));
    }
    const bool isUsable = core::isUsableProxy(url) && (hasScheme || url.port() > 0);
    if (!isUsable || hasControls(typed)) {
        return misused(Words::tr("--proxy %1 is no address of a proxy; write it like "
                                 "http://proxy.example:3128 or socks5://localhost:1080, or direct "
                                 "for none.")
                           .arg(quoted(typed)));
    }
    return url;
}

QUrl withLogin(QUrl proxy, const core::Login &login)
{
    proxy.setUserName(login.user, QUrl::DecodedMode);
    proxy.setPassword(login.password, QUrl::DecodedMode);
    return proxy;
}

QString linkText(const QByteArray &typed)
{
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decode(typed);
    if (!decode.hasError()) {
        return text;
    }
    QString encoded;
    for (const char c : typed) {
        const auto byte = static_cast<uchar>(c);
        encoded += byte < 0x80 ? QString(QLatin1Char(c)) : u'%' + QString::number(byte, 16);
    }
    return encoded;
}

Parsed<core::Link> parseTypedLink(const QString &typed)
{
    return core::parseTypedLink(typed).map_error(
        [&typed](core::LinkRefusal refusal) { return UsageError{core::explain(refusal, typed)}; });
}

Parsed<core::Link> parseTarget(const QString &typed)
{
    return core::parseTarget(typed).map_error(
        [&typed](core::LinkRefusal refusal) { return UsageError{core::explain(refusal, typed)}; });
}

Parsed<QString> parseFileName(const QString &typed)
{
    if (typed == u'-') {
        return misused(Words::tr("Bhop does not write to standard output: a file is checked and "
                                 "gone on with where it lies. Give it a name, or leave --output "
                                 "out."));
    }
    if (!isComponent(typed)) {
        return misused(
            Words::tr("%1 is no name for a file; give the folder with --dir and the name "
                      "without slashes or control characters.")
                .arg(quoted(typed)));
    }
    return typed;
}

Parsed<QString> parseRemoteName(const QString &typed)
{
    if (!isComponent(typed)) {
        return misused(Words::tr("%1 is no name for a file; put folders on the server into the "
                                 "address, and give the name without slashes or control "
                                 "characters.")
                           .arg(quoted(typed)));
    }
    return typed;
}

Parsed<QString> parseUser(const QString &option, const QString &typed)
{
    if (typed.isEmpty() || typed.contains(u':') || hasControls(typed)) {
        return misused(Words::tr("%1 takes the name alone, without a colon or control characters; "
                                 "the password is asked for or comes with --password-stdin.")
                           .arg(option));
    }
    return typed;
}

Parsed<core::HeaderField> parseHeader(const QString &typed)
{
    const auto field = core::parseHeaderLine(typed.toUtf8());
    if (!field) { // never repeated: it may hold a secret
        return misused(Words::tr("What was given as a request header is none; write it like "
                                 "'Name: value'."));
    }
    if (core::isReservedFieldName(field->first)) {
        return misused(Words::tr("The header %1 is set by the transfer itself; leave it out.")
                           .arg(QString::fromLatin1(field->first)));
    }
    return *field;
}

Parsed<core::JobIds> parseJobIds(const QStringList &typed)
{
    core::JobIds ids;
    for (const QString &word : typed) {
        const auto id = core::parseJobId(word);
        if (!id) {
            return misused(Words::tr("%1 is no number of a job; \"bhop list\" shows the numbers.")
                               .arg(quoted(word)));
        }
        if (!ids.contains(*id)) {
            ids.append(*id);
        }
    }
    return ids;
}

} // namespace cli
