// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_change.h"
#include "core/job/job_snapshot.h"

#include <QTableView>

class QMenu;

namespace ui {

class FileListModel;

/// The files of a job, and by boxes, menu and keys what is chosen of them. Tells the model which
/// rows are in sight, so that only those are fetched.
class FileTable final : public QTableView {
    Q_OBJECT
public:
    explicit FileTable(FileListModel *model, QWidget *parent = nullptr);

    /// Whether a person may choose which files are wanted, and which come first.
    void setChoosable(bool isChoosable, std::optional<int> obstacle);
    /// What may be chosen of the selected files.
    void fillMenu(QMenu *menu);

Q_SIGNALS:
    void chosen(const core::FileChange &change);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void showEvent(QShowEvent *event) override;

private:
    void tellWhatIsInSight();
    [[nodiscard]] bool isConcerned(const core::FileSnapshot &file,
                                   const core::FileChange &change) const;
    [[nodiscard]] QList<int> concernedBy(const core::FileChange &change) const;
    void choose(core::FileChange change);
    void toggleWanted();

    FileListModel *m_model;
};

} // namespace ui
