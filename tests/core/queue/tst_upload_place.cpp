// SPDX-License-Identifier: Apache-2.0
#include "core/queue/upload_place.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;

class UploadPlaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aPlaceIsKnownHoweverItIsWritten_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("isSame");
        const auto row = [](const char *what, const QString &one, const QString &other,
                            bool isSame) { QTest::newRow(what) << one << other << isSame; };
        const QString place = u"https://files.example/up/a.bin"_s;
        row("itself", place, place, true);
        row("case of the host", place, u"https://FILES.Example/up/a.bin"_s, true);
        row("case of the path", place, u"https://files.example/up/A.bin"_s, false);
        row("the usual port", place, u"https://files.example:443/up/a.bin"_s, true);
        row("another port", place, u"https://files.example:8443/up/a.bin"_s, false);
        row("unencrypted", place, u"http://files.example/up/a.bin"_s, true);
        row("unencrypted, at the same odd port", u"https://files.example:81/a"_s,
            u"http://files.example:81/a"_s, true);
        row("the port of the other scheme", place, u"https://files.example:80/up/a.bin"_s, false);
        row("a full name", place, u"https://files.example./up/a.bin"_s, true);
        row("another server", place, u"https://file.example/up/a.bin"_s, false);
        row("doubled slashes", place, u"https://files.example//up//a.bin"_s, true);
        row("dot segments", place, u"https://files.example/x/../up/./a.bin"_s, true);
        row("above the root", place, u"https://files.example/../../up/a.bin"_s, true);
        row("encoded letters", place, u"https://files.example/%75p/a%2Ebin"_s, true);
        row("an encoded slash", place, u"https://files.example/up%2Fa.bin"_s, true);
        row("another folder", place, u"https://files.example/a.bin"_s, false);
        row("a login", place, u"https://anna:x@files.example/up/a.bin"_s, true);
        row("this computer by its number", u"http://localhost:8080/a"_s,
            u"http://127.0.0.1:8080/a"_s, true);
        row("this computer by its other number", u"http://localhost:8080/a"_s,
            u"http://[::1]:8080/a"_s, true);
        row("another loopback address", u"http://localhost:8080/a"_s, u"http://127.0.0.2:8080/a"_s,
            false);
        row("a query that names the file", u"https://files.example/put?name=a"_s,
            u"https://files.example/put?name=b"_s, false);
        row("another signature", place + u"?X-Amz-Date=1&X-Amz-Signature=a"_s,
            place + u"?X-Amz-Date=2&X-Amz-Signature=b"_s, true);
        row("another part of a signed one", place + u"?partNumber=1&X-Amz-Signature=a"_s,
            place + u"?partNumber=2&X-Amz-Signature=b"_s, false);
    }
    void aPlaceIsKnownHoweverItIsWritten()
    {
        QFETCH(const QString, one);
        QFETCH(const QString, other);
        QTEST(uploadPlace(QUrl(one)) == uploadPlace(QUrl(other)), "isSame");
    }
};

BELLHOP_TEST(UploadPlaceTest)
#include "tst_upload_place.moc"
