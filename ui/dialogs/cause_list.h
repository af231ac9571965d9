// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTableWidget>

namespace ui {

/// Several questions of the same jobs, one a row, to choose which is looked at: how many files,
/// what happened to them, and how it is to be repaired. Each can be left for another time.
class CauseList final : public QTableWidget {
    Q_OBJECT
public:
    struct Row {
        int files = 0;
        QString whatHappened;
        QString repair; ///< that is chosen, or what it still waits for
        bool isChosen = true;

        bool operator==(const Row &) const = default;
    };

    explicit CauseList(QWidget *parent = nullptr);

    void setRows(const QList<Row> &rows);

Q_SIGNALS:
    void rowChosen(int row);
    /// It is to be answered now, or left for another time.
    void rowMarked(int row, bool isChosen);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setText(int row, int column, const QString &text);

    QList<Row> m_rows;
};

} // namespace ui
