// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/list_file.h"

#include "app/cli/args/typed_values.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/words/explain_link.h"

#include <QStringDecoder>
#include <QStringList>

namespace cli {

namespace {

Parsed<core::Link> parseLine(const QByteArray &line)
{
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decode(line);
    if (decode.hasError()) {
        return misused(Words::tr("This is not UTF-8 text."));
    }
    return parseTypedLink(text);
}

} // namespace

Parsed<QList<core::Link>> parseLinkList(const QByteArray &content, const QString &source)
{
    QList<core::Link> links;
    QStringList problems;
    qsizetype number = 0;
    QByteArray body = content.startsWith("\xef\xbb\xbf") ? content.sliced(3) : content;
    body.replace("\r\n", "\n").replace('\r', '\n');
    for (const QByteArray &raw : body.split('\n')) {
        ++number;
        const QByteArray line = raw.trimmed();
        if (line.isEmpty() || line.startsWith('#')) {
            continue;
        }
        if (auto link = parseLine(line)) {
            links.append(*std::move(link));
        } else {
            problems.append(
                Words::tr("%1, line %2: %3")
                    .arg(terminalText(source), QString::number(number), link.error().sentence));
        }
    }
    if (!problems.isEmpty()) {
        problems.append(Words::tr("Nothing was added; correct the list and try again."));
        return misused(problems.join(u'\n'));
    }
    return links;
}

} // namespace cli
