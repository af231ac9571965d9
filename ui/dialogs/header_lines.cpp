// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/header_lines.h"

#include "core/job/job_spec.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

namespace {

struct HeaderLinesText {
    Q_DECLARE_TR_FUNCTIONS(ui::HeaderLinesText)
};

/// token of RFC 9110, 5.6.2
bool isToken(QStringView name)
{
    static constexpr QStringView kMarks = u"!#$%&'*+-.^_`|~";
    return !name.isEmpty() && std::ranges::all_of(name, [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || kMarks.contains(c);
    });
}

QString problemOf(QStringView name, QStringView value, qsizetype colon)
{
    if (colon < 0) {
        return HeaderLinesText::tr("Line %1 has no colon. Write it as “Name: value”.");
    }
    if (!isToken(name)) {
        return HeaderLinesText::tr(
            "Line %1: the name before the colon may only have letters, digits and hyphens.");
    }
    if (std::ranges::any_of(value,
                            [](QChar c) { return c.unicode() < 0x20 || c == QChar(0x7F); })) {
        return HeaderLinesText::tr("Line %1 has a control character in it. Type the value again.");
    }
    return {};
}

} // namespace

HeaderLines parseHeaderLines(const QString &typed)
{
    HeaderLines result;
    qsizetype bytes = 0;
    int lineNumber = 0;
    for (const QStringView raw : QStringView(typed).split(u'\n')) {
        ++lineNumber;
        const QStringView line = raw.trimmed();
        if (line.isEmpty()) {
            continue;
        }
        const qsizetype colon = line.indexOf(u':');
        const QStringView name = line.first(qMax(colon, 0)).trimmed();
        const QStringView value = line.sliced(colon + 1).trimmed();
        const QString problem = problemOf(name, value, colon);
        if (!problem.isEmpty()) {
            return {.fields = {}, .problem = problem.arg(lineNumber)};
        }
        result.fields.append({name.toLatin1(), value.toUtf8()});
        bytes += name.size() + value.toUtf8().size() + 4;
    }
    if (bytes > core::kMaxHeaderBytes) {
        return {.fields = {},
                .problem =
                    HeaderLinesText::tr("These headers are too long together. Leave some out.")};
    }
    return result;
}

} // namespace ui
