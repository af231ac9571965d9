// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_link.h"

#include <QCoreApplication>

namespace core {

QString explain(LinkRefusal refusal, const QString &typed)
{
    const QString quoted = quotableLink(typed);
    switch (refusal) {
    case LinkRefusal::Empty:
        return QCoreApplication::translate(
            "explain", "There is no link here: give one that starts with https:// or http://.");
    case LinkRefusal::ControlCharacter:
        return QCoreApplication::translate("explain",
                                           "“%1” contains invisible control characters, such as a "
                                           "line break: copy the link again, in one piece.")
            .arg(quoted);
    case LinkRefusal::TooLong:
        return QCoreApplication::translate("explain",
                                           "The link that begins with “%1” is longer than %2 "
                                           "characters: get a shorter one for the same file.")
            .arg(quoted, QString::number(kMaxLinkLength));
    case LinkRefusal::NotHttp:
        return QCoreApplication::translate("explain",
                                           "“%1” is not a web link: give one that starts with "
                                           "https:// or http://.")
            .arg(quoted);
    case LinkRefusal::NoHost:
        return QCoreApplication::translate("explain",
                                           "“%1” does not name a server: after https:// must come "
                                           "one, as in https://example.org/file.zip.")
            .arg(quoted);
    case LinkRefusal::Malformed:
        return QCoreApplication::translate("explain",
                                           "“%1” is not a link that can be followed: check the "
                                           "name of the server and the port, or copy it again.")
            .arg(quoted);
    }
    Q_UNREACHABLE();
}

} // namespace core
