// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

namespace ui {

/// One line of plain text that is cut short rather than making its window wider. The whole of it is
/// in the tool tip and can be copied.
class ElidedLabel final : public QFrame {
    Q_OBJECT
public:
    explicit ElidedLabel(Qt::TextElideMode elide, QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    /// The colour of text, less prominent.
    void setQuiet(bool quiet);
    void setColour(const QColor &colour);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    Qt::TextElideMode m_elide;
    QString m_text;
    QColor m_colour;
    bool m_isQuiet = false;
};

} // namespace ui
