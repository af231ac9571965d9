// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/plain_label.h"

#include "tests/support/test_program.h"
#include "tests/ui/contrast.h"

#include <QApplication>
#include <QTest>

using ui::PlainLabel;
using ui::Tone;

class PlainLabelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void markupAndAmpersandsStayLiteral()
    {
        PlainLabel label;
        label.say(QStringLiteral("<b>a</b> & b"));
        QCOMPARE(label.textFormat(), Qt::PlainText);
        QCOMPARE(label.text(), QStringLiteral("<b>a</b> & b"));
        QCOMPARE(label.accessibleName(), QStringLiteral("<b>a</b> & b"));
    }

    void whatHidesOrTurnsTextBecomesVisible()
    {
        QCOMPARE(ui::visibleText(QStringLiteral("a\u202Egpj.exe\nb\u0000c").left(10)),
                 QStringLiteral("a\uFFFDgpj.exe\uFFFD").left(10));
        QCOMPARE(ui::visibleText(QStringLiteral("Zoë 東京")), QStringLiteral("Zoë 東京"));
    }

    void aWordOfAnyLengthDoesNotWidenTheWindow()
    {
        PlainLabel label;
        label.say(QString(4000, u'x'));
        QVERIFY(label.minimumSizeHint().width() < label.fontMetrics().averageCharWidth() * 60);
        QCOMPARE(label.accessibleName().size(), 4000);
    }

    void anEmptyTextTakesNoRoom()
    {
        QWidget parent;
        PlainLabel label(Tone::Plain, &parent);
        label.say(QStringLiteral("a"));
        QVERIFY(label.isVisibleTo(&parent));
        label.say({});
        QVERIFY(!label.isVisibleTo(&parent));
    }

    void everyToneCanBeReadOnLightAndDark()
    {
        const QPalette before = QApplication::palette();
        for (const auto &[window, text] :
             {std::pair(Qt::white, Qt::black), std::pair(Qt::black, Qt::white)}) {
            QPalette palette = before;
            palette.setColor(QPalette::Window, window);
            palette.setColor(QPalette::WindowText, text);
            for (const Tone tone : {Tone::Plain, Tone::Heading, Tone::Quiet, Tone::Problem}) {
                QWidget parent;
                PlainLabel label(tone, &parent);
                parent.setPalette(palette); // live: after the label was made
                QCoreApplication::processEvents();
                QVERIFY(contrast(label.palette().color(QPalette::WindowText), window) >= 4.5);
            }
        }
    }
};

BELLHOP_TEST(PlainLabelTest)
#include "tst_plain_label.moc"
