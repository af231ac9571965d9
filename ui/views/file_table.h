// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTableView>

namespace ui {

class FileListModel;

/// The files of a job. Tells the model which rows are in sight, so that only those are fetched.
class FileTable final : public QTableView {
    Q_OBJECT
public:
    explicit FileTable(FileListModel *model, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void showEvent(QShowEvent *event) override;

private:
    void tellWhatIsInSight();

    FileListModel *m_model;
};

} // namespace ui
