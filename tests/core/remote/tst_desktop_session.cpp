// SPDX-License-Identifier: Apache-2.0
#include "core/remote/desktop_session.h"

#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;

class DesktopSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void whatSaysNothingOfADesktopIsLeftOut()
    {
        QProcessEnvironment front;
        front.insert(u"LANG"_s, u"de_DE.UTF-8"_s);
        front.insert(u"PATH"_s, u"/elsewhere"_s);
        QCOMPARE(desktopIn(front), QStringList()); // nobody would see it
        front.insert(u"DISPLAY"_s, u":3"_s);
        QCOMPARE(desktopIn(front), QStringList({u"DISPLAY=:3"_s, u"LANG=de_DE.UTF-8"_s}));
    }

    void itTakesThePlaceOfWhatWasThere()
    {
        QProcessEnvironment engine;
        engine.insert(u"PATH"_s, u"/usr/bin"_s);
        engine.insert(u"LC_ALL"_s, u"C"_s);
        const auto there = onDesktop(engine, {u"DISPLAY=:3"_s, u"PATH=/elsewhere"_s});
        QCOMPARE(there.value(u"DISPLAY"_s), u":3"_s);
        QCOMPARE(there.value(u"PATH"_s), u"/usr/bin"_s);
        QVERIFY(!there.contains(u"LC_ALL"_s));
        QCOMPARE(onDesktop(engine, {}).toStringList(), engine.toStringList());
    }
};

BELLHOP_TEST(DesktopSessionTest)
#include "tst_desktop_session.moc"
