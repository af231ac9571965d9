// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_fields.h"

namespace core {

json::Wrong json::Codec<ExpectedHash>::read(const QJsonValue &json, ExpectedHash *out, Reading in)
{
    QString typed;
    const Wrong fault = Codec<QString>::read(json, &typed, in);
    const auto hash = parseExpectedHash(typed);
    *out = hash.value_or(*out);
    return fault || hash ? fault : wrong(FieldFault::BadValue);
}

bool fields::isFingerprint(const QByteArray &sha256Hex)
{
    return !sha256Hex.isEmpty() && parseFingerprint(QString::fromLatin1(sha256Hex)) == sha256Hex;
}

bool fields::looksLikeName(const QString &text)
{
    constexpr qsizetype kLongestName = 32;
    return !text.isEmpty() && text.size() <= kLongestName && std::ranges::all_of(text, [](QChar c) {
        return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z');
    });
}

} // namespace core
