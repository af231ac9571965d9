// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QTreeWidget;
class QVBoxLayout;

namespace ui {

class FolderField;
class LinkListModel;
class PlainLabel;

/// Unfinished files that no job of the list knows of, in one folder or in all that jobs are in.
/// Says which of them is to be gone on with, from which link; doing it is up to others.
class AdoptDialog final : public QDialog {
    Q_OBJECT
public:
    explicit AdoptDialog(core::JobService *service, QWidget *parent = nullptr);

    /// Looks for them again.
    void look();
    /// Why the one that was chosen could not be taken.
    void refuse(const core::Refusal &refusal);

Q_SIGNALS:
    void chosen(const QString &path, const QUrl &link);

private:
    void makeParts(QVBoxLayout *layout);
    void makeLink(QVBoxLayout *layout);
    void makeBottom(QVBoxLayout *layout);
    void connectAll();
    void followFolder();
    void list(const core::Answer<QList<core::LonePart>> &parts);
    void describe();
    void choose();
    [[nodiscard]] QString problem() const;

    core::JobService *m_service;
    FolderField *m_folder;
    PlainLabel *m_folderRemark;
    QTreeWidget *m_parts;
    PlainLabel *m_found;
    LinkListModel *m_understood; ///< of the one link
    QLineEdit *m_link;
    PlainLabel *m_problem;
    QPushButton *m_adopt;
    QString m_searched;     ///< the folder; empty: those of the jobs
    quint64 m_question = 0; ///< an answer to an earlier one is dropped
};

} // namespace ui
