// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QToolButton;

namespace ui {

/// A heading that opens and closes what is below it. Closed at first.
class Disclosure final : public QWidget {
    Q_OBJECT
public:
    /// The title is our own text and may carry a mnemonic. Takes the content as a child.
    Disclosure(const QString &title, QWidget *content, QWidget *parent = nullptr);

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    void setOpen(bool open);

Q_SIGNALS:
    void toggled(bool open);

private:
    QToolButton *m_toggle;
    QWidget *m_content;
    bool m_isOpen = false;
};

} // namespace ui
