// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QDialog>
#include <QStringList>

class QPushButton;
class QStackedWidget;
class QTabBar;

namespace ui {

class AddPage;
class DownloadPage;
class FittingScrollArea;
class PlainLabel;
class UploadPage;

/// Turns links, or files of this computer, into jobs and sends nothing: the jobs go out with
/// submitted(), and it waits for settle().
class AddJobDialog final : public QDialog {
    Q_OBJECT
public:
    explicit AddJobDialog(core::JobService *service, QWidget *parent = nullptr);

    /// To be downloaded: puts those that are not there yet into the box, one link a line, after
    /// what is there.
    void addLinks(const QStringList &lines);
    /// To be uploaded: absolute paths.
    void addFiles(const QStringList &paths);

    /// What was submitted is answered: it closes, or stays with what was refused, and says why.
    void settle(const QList<core::JobSpec> &refused, const QString &why);

    void setVisible(bool visible) override;

Q_SIGNALS:
    /// One of the links is for a job that waits for it.
    void freshLinkGiven(core::JobId job, const core::Fix &repair);
    void submitted(const QList<core::JobSpec> &jobs);

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *makeContent();
    [[nodiscard]] QWidget *makeBottom();
    void addPage(AddPage *page, const QString &title);
    [[nodiscard]] AddPage *page() const;
    void showPage(AddPage *page);
    void turn();
    void describe();
    void submit();

    DownloadPage *m_download;
    UploadPage *m_upload;
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    FittingScrollArea *m_area;
    PlainLabel *m_problem;
    QString m_refusal;         ///< of what was submitted last
    qsizetype m_submitted = 0; ///< that are not answered yet
    QPushButton *m_add;
};

} // namespace ui
