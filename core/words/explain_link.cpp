// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_link.h"

#include "core/words/sentence.h"

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
    case LinkRefusal::Fragment:
        return QCoreApplication::translate("explain",
                                           "No server is told what follows “#” in “%1”: leave it "
                                           "out, or write %23 if it belongs to the name.")
            .arg(quoted);
    }
    Q_UNREACHABLE();
}

QString explain(const CurlRefusal &refusal)
{
    const QString subject = plain(refusal.subject, 40);
    switch (refusal.kind) {
    case CurlRefusal::Kind::Unreadable:
        return QCoreApplication::translate("explain",
                                           "This command cannot be read: copy it again as cURL, "
                                           "in the form for bash.");
    case CurlRefusal::Kind::NoLink:
        return QCoreApplication::translate("explain", "This command has no link in it.");
    case CurlRefusal::Kind::SeveralLinks:
        return QCoreApplication::translate("explain",
                                           "This command has several links: copy that of one "
                                           "request.");
    case CurlRefusal::Kind::BadLink:
        return QCoreApplication::translate("explain",
                                           "The link in this command is no web link: copy the "
                                           "request for the file itself.");
    case CurlRefusal::Kind::BadHeader:
        return QCoreApplication::translate(
                   "explain", "The header “%1” in this command cannot be sent: leave it out.")
            .arg(subject);
    case CurlRefusal::Kind::OtherMethod:
        return QCoreApplication::translate("explain",
                                           "This command sends something (%1) and does not only "
                                           "fetch: copy the request for the file itself.")
            .arg(subject);
    case CurlRefusal::Kind::Option:
        return QCoreApplication::translate("explain",
                                           "The option %1 of this command cannot be used here: "
                                           "leave it out, or copy the request for the file itself.")
            .arg(subject);
    }
    Q_UNREACHABLE();
}

} // namespace core
