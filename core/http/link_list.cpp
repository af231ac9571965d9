// SPDX-License-Identifier: Apache-2.0
#include "core/http/link_list.h"

namespace core {

namespace {

/// More than explain() quotes: it must see the whole login to leave it out.
constexpr qsizetype kMaxKeptLength = 1'024;

/// The text up to the next end of line, which is taken off the front.
QStringView takeLine(QStringView *text)
{
    qsizetype end = 0;
    while (end < text->size() && text->at(end) != u'\n' && text->at(end) != u'\r') {
        ++end;
    }
    const QStringView line = text->first(end);
    const bool isPair = text->sliced(end).startsWith(u"\r\n");
    *text = text->sliced(std::min(end + (isPair ? 2 : 1), text->size()));
    return line;
}

} // namespace

LinkList parseLinkList(QStringView text)
{
    LinkList list;
    if (text.startsWith(QChar(QChar::ByteOrderMark))) {
        text = text.sliced(1);
    }
    for (int line = 1; !text.isEmpty(); ++line) {
        if (line > kMaxLinkListLines) {
            list.hasTooManyLines = true;
            break;
        }
        const QStringView typed = takeLine(&text).trimmed();
        if (typed.isEmpty() || typed.startsWith(u'#')) {
            continue;
        }
        if (const auto link = parseLink(typed)) {
            list.links += ListedLink{line, *link};
        } else {
            list.badLines += BadLine{line, link.error(), typed.left(kMaxKeptLength).toString()};
        }
    }
    return list;
}

} // namespace core
