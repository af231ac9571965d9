// SPDX-License-Identifier: Apache-2.0
#include "tests/gallery/dialog_pictures.h"
#include "tests/gallery/window_pictures.h"
#include "ui/clear_indicators.h"

#include <QApplication>
#include <QDir>
#include <QFont>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

#include <cstdio>

namespace {

QPalette darkPalette()
{
    QPalette palette(QColor(0x2c, 0x30, 0x34));
    const QColor text(0xee, 0xf0, 0xf1);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::BrightText, QPalette::ToolTipText}) {
        palette.setColor(role, text);
        palette.setColor(QPalette::Disabled, role, QColor(0x80, 0x86, 0x8b));
    }
    palette.setColor(QPalette::Base, QColor(0x1d, 0x20, 0x23));
    palette.setColor(QPalette::AlternateBase, QColor(0x23, 0x26, 0x29));
    palette.setColor(QPalette::ToolTipBase, QColor(0x31, 0x36, 0x3b));
    palette.setColor(QPalette::Highlight, QColor(0x2f, 0x6f, 0xb5));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(0x6c, 0xb4, 0xf7));
    return palette;
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication app(argc, argv);
    if (argc != 2) {
        std::fputs("usage: gallery OUTDIR\n", stderr);
        return 2;
    }
    const QString outDir = QString::fromLocal8Bit(argv[1]);
    if (!QDir().mkpath(outDir)) {
        std::fputs("gallery: the folder cannot be made\n", stderr);
        return 1;
    }
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    ui::ClearIndicators::install();
    QApplication::setQuitOnLastWindowClosed(false);
    const auto render = [&outDir](QPalette palette, int points, const QString &suffix) {
        QApplication::style()->polish(palette); // as the palette of a desktop is
        QApplication::setPalette(palette);
        QApplication::setFont(QFont(QStringLiteral("DejaVu Sans"), points));
        renderWindows(outDir, suffix);
        renderDialogs(outDir, suffix);
    };
    const QPalette light = QApplication::style()->standardPalette();
    render(light, 10, QStringLiteral("-light"));
    render(darkPalette(), 10, QStringLiteral("-dark"));
    render(light, 18, QStringLiteral("-big"));
    return 0;
}
