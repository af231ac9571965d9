// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_program.h"

#include <QColor>
#include <QDir>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <QTest>

#include <algorithm>
#include <cmath>

namespace {

QStringList iconNames()
{
    return QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
}

QImage drawn(const QString &name, int edge, const QColor &background)
{
    QImage image(edge, edge, QImage::Format_RGB32);
    image.fill(background);
    QPainter painter(&image);
    QSvgRenderer(QStringLiteral(":/icons/") + name).render(&painter);
    return image;
}

/// WCAG 2, relative luminance.
double luminance(QColor colour)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(double(colour.redF())) + 0.7152 * linear(double(colour.greenF())) +
           0.0722 * linear(double(colour.blueF()));
}

double contrast(QColor a, QColor b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

/// How many pixels stand out from the background, by the measure for graphics (3 to 1).
int legiblePixels(const QImage &image, const QColor &background)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            count += contrast(image.pixelColor(x, y), background) >= 3.0 ? 1 : 0;
        }
    }
    return count;
}

} // namespace

class IconsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void allAreThere()
    {
        const QStringList names = iconNames();
        QVERIFY(names.size() > 20);
        for (const char *wanted : {"bellhop", "bellhop-busy", "bellhop-attention", "empty"}) {
            QVERIFY(names.contains(QLatin1StringView(wanted) + QLatin1StringView(".svg")));
        }
    }

    void isLegibleOnLightAndDark_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : iconNames()) {
            QTest::newRow(qPrintable(name)) << name;
        }
    }

    void isLegibleOnLightAndDark()
    {
        QFETCH(QString, name);
        const QSvgRenderer renderer(QStringLiteral(":/icons/") + name);
        QVERIFY(renderer.isValid());
        // A picture is shown in its own size, an icon also when small.
        const int edge = renderer.defaultSize().width() > 64 ? renderer.defaultSize().width() : 32;
        constexpr int kLeast = 40; // of 1024; thin icons have about a hundred
        for (const QColor background : {QColor(0xffffff), QColor(0x232629)}) {
            const int legible = legiblePixels(drawn(name, edge, background), background);
            QVERIFY2(legible >= kLeast, qPrintable(QString::number(legible)));
        }
    }
};

BELLHOP_TEST(IconsTest)
#include "tst_icons.moc"
