// SPDX-License-Identifier: Apache-2.0
#include "ui/clear_indicators.h"

#include "tests/support/test_program.h"
#include "tests/ui/contrast.h"

#include <QImage>
#include <QPainter>
#include <QPalette>
#include <QStyleOptionButton>
#include <QTest>

#include <algorithm>

class ClearIndicatorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void anEmptyOneIsSeenOnAnyGround_data()
    {
        QTest::addColumn<QStyle::PrimitiveElement>("element");
        QTest::addColumn<QColor>("ground");
        for (const QColor &ground : {QColor(Qt::white), QColor(0x1d, 0x20, 0x23)}) {
            const QByteArray on = " on " + ground.name().toLatin1();
            QTest::newRow(("box" + on).constData()) << QStyle::PE_IndicatorCheckBox << ground;
            QTest::newRow(("box of a list" + on).constData())
                << QStyle::PE_IndicatorItemViewItemCheck << ground;
            QTest::newRow(("round button" + on).constData())
                << QStyle::PE_IndicatorRadioButton << ground;
        }
    }
    void anEmptyOneIsSeenOnAnyGround()
    {
        QFETCH(const QStyle::PrimitiveElement, element);
        QFETCH(const QColor, ground);
        const bool isDark = ground != Qt::white;
        QStyleOptionButton option;
        option.palette = QPalette(isDark ? QColor(0x2c, 0x30, 0x34) : QColor(0xef, 0xef, 0xef));
        option.palette.setColor(QPalette::Base, ground);
        option.palette.setColor(QPalette::Text, isDark ? Qt::white : Qt::black);
        option.rect = QRect(2, 2, 16, 16);
        option.state = QStyle::State_Enabled | QStyle::State_Off;
        QImage image(20, 20, QImage::Format_RGB32);
        image.fill(ground);
        QPainter painter(&image);
        const ui::ClearIndicators style;
        style.drawPrimitive(element, &option, &painter, nullptr);
        painter.end();
        double seen = 1;
        for (int x = 0; x < image.width(); ++x) { // through its middle
            seen = std::max(seen, contrast(image.pixelColor(x, 10), ground));
        }
        QVERIFY2(seen >= 3, qPrintable(QString::number(seen)));
    }

    void whatStandsInAnEmptyFieldIsReadOnAnyGround_data()
    {
        QTest::addColumn<QColor>("ground");
        QTest::addColumn<QColor>("text");
        QTest::newRow("light") << QColor(Qt::white) << QColor(Qt::black);
        QTest::newRow("dark") << QColor(0x1d, 0x20, 0x23) << QColor(0xef, 0xf0, 0xf1);
    }
    void whatStandsInAnEmptyFieldIsReadOnAnyGround()
    {
        QFETCH(const QColor, ground);
        QFETCH(const QColor, text);
        ui::ClearIndicators style;
        QPalette palette = style.standardPalette(); // as of a theme that names these two alone
        palette.setColor(QPalette::Base, ground);
        palette.setColor(QPalette::Text, text);
        style.polish(palette);
        const double seen = contrast(palette.color(QPalette::PlaceholderText), ground);
        QVERIFY2(seen >= 4.5, qPrintable(QString::number(seen)));
    }
};

BELLHOP_TEST(ClearIndicatorsTest)
#include "tst_clear_indicators.moc"
