// SPDX-License-Identifier: Apache-2.0
#include "ui/views/icon.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace ui {

namespace {

class TintedSvg final : public QIconEngine {
public:
    TintedSvg(QString name, QColor colour)
        : m_name(std::move(name))
        , m_colour(colour)
    {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(m_name));
        if (file.open(QIODevice::ReadOnly)) {
            m_svg = file.readAll();
        }
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State /*state*/,
                         qreal /*scale*/) override
    {
        const QColor colour =
            mode == QIcon::Disabled
                ? QApplication::palette().color(QPalette::Disabled, QPalette::WindowText)
                : m_colour;
        const QString key = QStringLiteral("tinted/%1/%2/%3x%4/%5")
                                .arg(m_name, colour.name(QColor::HexArgb))
                                .arg(size.width())
                                .arg(size.height())
                                .arg(int(mode));
        QPixmap drawn;
        if (!QPixmapCache::find(key, &drawn)) {
            drawn = draw(size, colour, mode);
            QPixmapCache::insert(key, drawn);
        }
        return drawn;
    }

    bool isNull() override { return m_svg.isEmpty(); }
    [[nodiscard]] QString key() const override { return QStringLiteral("ui::TintedSvg"); }
    [[nodiscard]] QIconEngine *clone() const override { return new TintedSvg(*this); }

private:
    [[nodiscard]] QPixmap draw(const QSize &size, const QColor &colour, QIcon::Mode mode) const
    {
        QPixmap drawn(size);
        drawn.fill(Qt::transparent);
        if (m_svg.isEmpty() || size.isEmpty()) {
            return drawn;
        }
        QByteArray svg = m_svg;
        if (colour.isValid()) {
            svg.replace("currentColor", colour.name().toLatin1());
        }
        QSvgRenderer renderer(svg);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        QPainter painter(&drawn);
        renderer.render(&painter);
        if (mode == QIcon::Disabled) {
            painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
            painter.fillRect(drawn.rect(), colour);
        }
        return drawn;
    }

    QString m_name;
    QColor m_colour;
    QByteArray m_svg;
};

} // namespace

QIcon icon(const QString &name)
{
    return icon(name, QColor());
}

QIcon icon(const QString &name, const QColor &colour)
{
    return QIcon(new TintedSvg(name, colour));
}

} // namespace ui
