// SPDX-License-Identifier: Apache-2.0
#include "core/disk/local_name.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {
constexpr qsizetype kMax = 255;
}

class LocalNameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aNameIsOneComponent_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isOne");
        QTest::newRow("plain") << QStringLiteral("a.iso") << true;
        QTest::newRow("three dots") << QStringLiteral("...") << true;
        QTest::newRow("spaces") << QStringLiteral(" ") << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("dot") << QStringLiteral(".") << false;
        QTest::newRow("dots") << QStringLiteral("..") << false;
        QTest::newRow("slash") << QStringLiteral("a/b") << false;
        QTest::newRow("absolute") << QStringLiteral("/a") << false;
        QTest::newRow("up") << QStringLiteral("../a") << false;
        QTest::newRow("NUL") << QString(QStringLiteral("a") + QChar(0) + QStringLiteral("b"))
                             << false;
    }
    void aNameIsOneComponent()
    {
        QFETCH(QString, name);
        QTEST(isOneComponent(name), "isOne");
    }

    void namesAreNumbered_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("second");
        QTest::newRow("extension") << QStringLiteral("a.iso") << QStringLiteral("a (2).iso");
        QTest::newRow("none") << QStringLiteral("README") << QStringLiteral("README (2)");
        QTest::newRow("packed") << QStringLiteral("a.tar.gz") << QStringLiteral("a (2).tar.gz");
        QTest::newRow("hidden") << QStringLiteral(".rc") << QStringLiteral(".rc (2)");
        QTest::newRow("only .tar") << QStringLiteral(".tar.gz") << QStringLiteral(".tar (2).gz");
        QTest::newRow("a sentence") << QStringLiteral("Hello. How are you today")
                                    << QStringLiteral("Hello. How are you today (2)");
    }
    void namesAreNumbered()
    {
        QFETCH(QString, name);
        QCOMPARE(numberedName(name, 0, kMax), name);
        QTEST(numberedName(name, 2, kMax), "second");
    }

    void partsAreNumberedFromTwoOn()
    {
        const QString name = QStringLiteral("a.iso");
        QCOMPARE(partName(name, 1, kMax), QStringLiteral("a.iso.part"));
        QCOMPARE(partName(name, 2, kMax), QStringLiteral("a.iso.2.part"));
    }

    void noNameIsLongerThanAllowed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("latin") << QString(255, u'x');
        QTest::newRow("with extension") << QString(251, u'x') + QStringLiteral(".iso");
        QTest::newRow("umlauts") << QString(127, QChar(0xe4));
        QTest::newRow("Chinese") << QString(85, QChar(0x4e2d));
        QTest::newRow("beyond the first plane") << QStringLiteral("\U0001F4E6").repeated(63);
    }
    void noNameIsLongerThanAllowed()
    {
        QFETCH(QString, name);
        for (const qsizetype max : {qsizetype(143), kMax}) {
            for (const int number : {1, 2, 999}) {
                for (const QString &made :
                     {partName(name, number, max), numberedName(name, number, max)}) {
                    QVERIFY(made.toUtf8().size() <= max);
                    QVERIFY(made.toUtf8().size() > max - 5);
                    // No character was cut in two.
                    QCOMPARE(QString::fromUtf8(made.toUtf8()), made);
                }
            }
        }
        QVERIFY(numberedName(QString(300, u'x') + QStringLiteral(".iso"), 7, kMax)
                    .endsWith(QStringLiteral(" (7).iso")));
    }

    void formsAreRecognised_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isOne");
        QTest::newRow("plain") << QStringLiteral("a 7.iso") << true;
        QTest::newRow("first") << QStringLiteral("a 7 (1).iso") << true;
        QTest::newRow("later") << QStringLiteral("a 7 (4711).iso") << true;
        QTest::newRow("leading zero") << QStringLiteral("a 7 (01).iso") << false;
        QTest::newRow("too far") << QStringLiteral("a 7 (99999999999).iso") << false;
        QTest::newRow("other") << QStringLiteral("a 8.iso") << false;
        QTest::newRow("part") << QStringLiteral("a 7.iso.part") << false;
        QTest::newRow("empty") << QString() << false;
    }
    void formsAreRecognised()
    {
        QFETCH(QString, name);
        const NameForm form = [](int number) {
            return numberedName(QStringLiteral("a 7.iso"), number, kMax);
        };
        QTEST(isOfForm(name, form), "isOne");
    }
};

BELLHOP_TEST(LocalNameTest)
#include "tst_local_name.moc"
