// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QScrollArea>

namespace ui {

/// A scroll area that asks for the height its content needs at its present width, so that it
/// scrolls only where the screen (or the person) leaves too little room.
class FittingScrollArea final : public QScrollArea {
    Q_OBJECT
public:
    explicit FittingScrollArea(QWidget *content, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightFor(int width) const;
    /// Makes the window higher, as far as the screen goes, when the content does not fit. Done by
    /// itself whenever the content changes; never makes it smaller.
    void growWindow();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace ui
