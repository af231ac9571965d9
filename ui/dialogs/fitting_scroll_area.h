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
    /// Gives the window the size that all of it needs, as far as the screen goes. To be called
    /// before it is shown: a window that is resized while it comes up is put anywhere, and one that
    /// grows later moves its buttons away under the mouse.
    void fitWindow();
    /// Makes the window higher, as far as the screen goes, when the content does not fit, and moves
    /// it up where its end would be below the screen. For what the person has opened.
    void growWindow();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QSize room() const;
};

} // namespace ui
