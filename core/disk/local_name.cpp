// SPDX-License-Identifier: Apache-2.0
#include "core/disk/local_name.h"

namespace core {

namespace {

/// At most this many bytes of UTF-8, cut between characters.
QString shortened(QString text, qsizetype maxBytes)
{
    while (!text.isEmpty() && text.toUtf8().size() > maxBytes) {
        text.chop(text.size() > 1 && text.back().isLowSurrogate() ? 2 : 1);
    }
    return text;
}

QString withEnding(const QString &start, const QString &ending, qsizetype maxBytes)
{
    return shortened(start, maxBytes - ending.toUtf8().size()) + ending;
}

/// Where the extension begins, its dot included; "x.tar.gz" has ".tar.gz".
qsizetype extensionStart(const QString &name)
{
    constexpr qsizetype kLongest = 16; // a longer "extension" is a sentence with a dot in it
    const qsizetype dot = name.lastIndexOf(u'.');
    if (dot <= 0 || name.size() - dot > kLongest) {
        return name.size();
    }
    const QStringView before = QStringView(name).first(dot);
    constexpr qsizetype kTar = 4;
    return dot > kTar && before.endsWith(u".tar", Qt::CaseInsensitive) ? dot - kTar : dot;
}

} // namespace

bool isOneComponent(QStringView name)
{
    return !name.isEmpty() && name != u"." && name != u".." && !name.contains(u'/') &&
           !name.contains(QChar(u'\0'));
}

QString partName(const QString &fileName, int number, qsizetype maxBytes)
{
    return withEnding(fileName,
                      number < 2 ? QStringLiteral(".part") : QStringLiteral(".%1.part").arg(number),
                      maxBytes);
}

QString numberedName(const QString &fileName, int number, qsizetype maxBytes)
{
    if (number < 1) {
        return fileName;
    }
    const qsizetype stem = extensionStart(fileName);
    return withEnding(fileName.first(stem),
                      QStringLiteral(" (%1)").arg(number) + fileName.sliced(stem), maxBytes);
}

bool isOfForm(const QString &name, const NameForm &form)
{
    if (name == form(0) || name == form(1)) {
        return true;
    }
    // The number is one of the runs of digits in the name.
    int number = 0;
    for (qsizetype i = 0; i <= name.size(); ++i) {
        const bool digit = i < name.size() && name.at(i) >= u'0' && name.at(i) <= u'9';
        if (digit && number <= kMaxNameNumber) {
            number = number * 10 + (name.at(i).unicode() - u'0');
        } else if (!digit) {
            if (number > 1 && number <= kMaxNameNumber && name == form(number)) {
                return true;
            }
            number = 0;
        }
    }
    return false;
}

} // namespace core
