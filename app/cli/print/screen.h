// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>

namespace cli {

/// Standard output and standard error, and the lines below them that are redrawn in place. What is
/// printed appears above those lines. Text from outside must have passed terminalText() before.
class Screen {
public:
    /// `onBroken` is called once when standard output takes no more: nobody reads it, or it is a
    /// file on a full disk.
    Screen(int out, int err, std::function<void()> onBroken);
    ~Screen();
    Screen(const Screen &) = delete;
    Screen &operator=(const Screen &) = delete;

    /// Whole lines or parts of one, to standard output.
    void print(const QString &text);
    void printBytes(const QByteArray &bytes);
    /// To standard error.
    void complain(const QString &text);

    /// Shows these lines below all others, in place of those shown before. Ignored where standard
    /// error is no terminal that can be redrawn.
    void setLive(const QStringList &lines);

    /// errno of the first write to standard output that failed, or 0.
    [[nodiscard]] int outError() const { return m_outError; }
    [[nodiscard]] bool isLive() const { return m_isLive; }
    [[nodiscard]] bool isTable() const { return m_outIsTerminal; } ///< columns rather than tabs
    /// Cells in a line, as of now.
    [[nodiscard]] int width() const;

private:
    void erase();
    void draw();
    [[nodiscard]] QByteArray eraser() const;

    int m_out;
    int m_err;
    std::function<void()> m_onBroken;
    int m_outError = 0;
    bool m_outIsTerminal;
    bool m_isLive;
    QStringList m_live;
    qsizetype m_drawn = 0;
};

} // namespace cli
