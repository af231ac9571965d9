// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QDialog>
#include <QStringList>

class QLineEdit;
class QListView;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;
class QStackedWidget;
class QVBoxLayout;

namespace ui {

class AddOptions;
class FittingScrollArea;
class FolderField;
class FreshLinkOffer;
class LinkListModel;
class PlainLabel;

/// Turns links into jobs. Shows at once what was understood of each line and sends nothing: the
/// jobs go out with submitted().
class AddJobDialog final : public QDialog {
    Q_OBJECT
public:
    explicit AddJobDialog(core::JobService *service, QWidget *parent = nullptr);

    /// Puts those that are not there yet into the box, one link a line, after what is there.
    void addLinks(const QStringList &lines);

    void setVisible(bool visible) override;

Q_SIGNALS:
    /// One of the links is for a job that waits for it.
    void freshLinkGiven(core::JobId job, const core::Fix &repair);
    void submitted(const QList<core::JobSpec> &jobs);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeContent();
    void makeLinks(QVBoxLayout *layout);
    [[nodiscard]] QWidget *makeNameRow();
    [[nodiscard]] QWidget *makeGrouping();
    [[nodiscard]] QWidget *makeBottom();
    void connectAll();

    void askForFolder();
    void describe();
    void describeGood(qsizetype count);
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QList<core::JobSpec> jobs() const;
    void submit();
    void colour();

    core::JobService *m_service;
    LinkListModel *m_model;
    QPlainTextEdit *m_links;
    QListView *m_list;
    PlainLabel *m_summary;
    FreshLinkOffer *m_offer = nullptr;
    FolderField *m_folder;
    PlainLabel *m_folderRemark;
    QLineEdit *m_name;
    QStackedWidget *m_ofCount = nullptr;
    QRadioButton *m_oneForAll;
    AddOptions *m_options;
    FittingScrollArea *m_area;
    PlainLabel *m_problem;
    QPushButton *m_add;
};

} // namespace ui
