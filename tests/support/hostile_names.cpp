// SPDX-License-Identifier: Apache-2.0
#include "tests/support/hostile_names.h"

#include "tests/support/hostile_name_tables.h"

#include <QRandomGenerator>

#include <algorithm>

namespace {

using Place = ProposedName::Place;

/// A field is one line; the rest is the server's own fault, not the name's.
bool fitsIntoAField(const QByteArray &value)
{
    return std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

QByteArray mutated(QByteArray bytes, QRandomGenerator *random)
{
    if (!bytes.isEmpty() && random->bounded(4) == 0) {
        bytes[random->bounded(int(bytes.size()))] = char(random->bounded(256));
    }
    return bytes;
}

QByteArray putTogether(QRandomGenerator *random)
{
    const QStringList &pieces = hostilePieces();
    QByteArray name;
    for (int left = random->bounded(1, 9); left > 0; --left) {
        name += pieces.at(random->bounded(int(pieces.size()))).toUtf8();
    }
    return mutated(name, random);
}

} // namespace

const QStringList &hostilePieces()
{
    static const QStringList pieces{QStringLiteral("/"),
                                    QStringLiteral("\\"),
                                    QStringLiteral(".."),
                                    QStringLiteral("."),
                                    QStringLiteral("../"),
                                    QStringLiteral("..\\"),
                                    QStringLiteral(" "),
                                    QStringLiteral("\t"),
                                    QStringLiteral("\n"),
                                    QStringLiteral("\r"),
                                    QString(QChar(0)),
                                    QStringLiteral("\x7f"),
                                    QStringLiteral("\u0085"),
                                    QStringLiteral("\u00a0"),
                                    QStringLiteral("\u00ad"),
                                    QStringLiteral("\u061c"),
                                    QStringLiteral("\u200b"),
                                    QStringLiteral("\u200f"),
                                    QStringLiteral("\u2028"),
                                    QStringLiteral("\u202e"),
                                    QStringLiteral("\u2066"),
                                    QStringLiteral("\ufeff"),
                                    QString(QChar(0xd83d)),
                                    QString(QChar(0xde00)),
                                    QStringLiteral("\U0001f600"),
                                    QStringLiteral("\u3000"),
                                    QStringLiteral("ä"),
                                    QStringLiteral("漢"),
                                    QStringLiteral("con"),
                                    QStringLiteral("NUL"),
                                    QStringLiteral("com1"),
                                    QStringLiteral("lpt¹"),
                                    QStringLiteral(".txt"),
                                    QStringLiteral(".tar.gz"),
                                    QStringLiteral(".desktop"),
                                    QStringLiteral("~"),
                                    QStringLiteral("-"),
                                    QStringLiteral("C:"),
                                    QStringLiteral("|"),
                                    QStringLiteral("*"),
                                    QStringLiteral("?"),
                                    QStringLiteral("\""),
                                    QStringLiteral("<b>"),
                                    QStringLiteral("%2e%2e%2f"),
                                    QStringLiteral("name"),
                                    QStringLiteral("\U000e0041"),
                                    QStringLiteral("\ufffe"),
                                    QString(90, u'x'),
                                    QString(90, u'漢')};
    return pieces;
}

QList<ProposedName> waysToSay(const QByteArray &name)
{
    QByteArray quoted = name;
    quoted.replace('\\', "\\\\").replace('"', "\\\"");
    const QByteArray percent = name.toPercentEncoding();
    const QList<QByteArray> values{"attachment; filename=\"" + quoted + '"',
                                   "attachment; filename=\"" + name + '"',
                                   "attachment; filename=" + name,
                                   "attachment; filename*=UTF-8''" + percent,
                                   "attachment; filename=\"" + percent + '"',
                                   "attachment; filename=\"=?UTF-8?B?" + name.toBase64() + "?=\""};
    QList<ProposedName> ways;
    for (const QByteArray &value : values) {
        if (fitsIntoAField(value)) {
            ways.append({Place::Header, value});
        }
    }
    ways.append({Place::Address, percent});
    return ways;
}

QList<ProposedName> hostileNames(const QByteArray &watched)
{
    QList<ProposedName> all;
    for (const QByteArray &name : namesThatMeanHarm(watched)) {
        all += waysToSay(name);
    }
    for (const QByteArray &header : brokenHeaders()) {
        all.append({Place::Header, header});
    }
    return all;
}

QList<ProposedName> generatedNames(quint32 seed, int count)
{
    QRandomGenerator random(seed);
    QList<ProposedName> all;
    while (all.size() < count) {
        const QList<ProposedName> ways = waysToSay(putTogether(&random));
        ProposedName chosen = ways.at(random.bounded(int(ways.size())));
        if (chosen.place == Place::Header) {
            const QByteArray damaged = mutated(chosen.bytes, &random);
            chosen.bytes = fitsIntoAField(damaged) ? damaged : chosen.bytes;
        }
        all.append(chosen);
    }
    return all;
}
