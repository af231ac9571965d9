// SPDX-License-Identifier: Apache-2.0
#include "core/words/sentence.h"

#include "core/http/name_characters.h"

#include <QCoreApplication>
#include <QList>

#include <utility>

namespace core {

namespace {

bool isVisible(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default: // of Qt's enum, not ours
        return true;
    }
}

const Filling *find(const Fillings &fillings, QStringView name)
{
    for (const Filling &filling : fillings) {
        if (name == filling.name) {
            return &filling;
        }
    }
    return nullptr;
}

QString valueAt(const Filling &filling, bool startsSentence)
{
    QString value = filling.value;
    if (startsSentence && filling.ourWords && !value.isEmpty()) {
        value[0] = value.at(0).toUpper();
    }
    return value;
}

} // namespace

QString translated(const char *source)
{
    return QCoreApplication::translate("explain", source);
}

QString counted(const char *one, const char *many, int n)
{
    return QCoreApplication::translate("explain", n == 1 ? one : many, nullptr, n);
}

QString filled(const QString &pattern, const Fillings &fillings)
{
    QString text;
    qsizetype at = 0;
    while (at < pattern.size()) {
        const qsizetype open = pattern.indexOf(u'{', at);
        const qsizetype close = open < 0 ? -1 : pattern.indexOf(u'}', open);
        if (close < 0) {
            break;
        }
        text += QStringView(pattern).mid(at, open - at);
        const Filling *filling =
            find(fillings, QStringView(pattern).mid(open + 1, close - open - 1));
        Q_ASSERT_X(filling != nullptr, "filled", qPrintable(pattern));
        if (filling != nullptr) {
            const bool startsSentence = open == 0 || text.endsWith(QLatin1StringView(". "));
            text += valueAt(*filling, startsSentence);
        }
        at = close + 1;
    }
    text += QStringView(pattern).mid(at);
    return text;
}

QString said(const char *source, const Fillings &fillings)
{
    return filled(translated(source), fillings);
}

QString andMore(const QString &shown, qsizetype more)
{
    return QCoreApplication::translate("explain", "%1 and %2 more")
        .arg(shown, QString::number(more));
}

bool isVisibleAt(QStringView text, qsizetype at)
{
    const QChar first = text.at(at);
    const bool isPair =
        first.isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate();
    return isVisible(isPair ? QChar::surrogateToUcs4(first, text.at(at + 1)) : first.unicode()) ||
           isMeantJoiner(text, at);
}

QString plain(const QString &outside, int maxChars)
{
    QList<uint> points = outside.toUcs4();
    if (points.size() > maxChars) {
        const qsizetype head = (maxChars - 1) / 2;
        const qsizetype tail = maxChars - 1 - head;
        points = points.first(head) + QList<uint>{0x2026} + points.last(tail);
    }
    const QString text =
        QString::fromUcs4(reinterpret_cast<const char32_t *>(points.constData()), points.size());
    QString shown;
    shown.reserve(text.size());
    for (const uint point : std::as_const(points)) {
        shown += QChar::fromUcs4(isVisibleAt(text, shown.size()) ? point : 0xfffd);
    }
    return shown;
}

QString quoted(const QString &outside)
{
    return u'\u201C' + plain(outside) + u'\u201D';
}

} // namespace core
