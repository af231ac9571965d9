// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/link.h"
#include "core/service/job_service.h"
#include "ui/dialogs/add_page.h"

class QLineEdit;
class QListView;
class QPushButton;
class QVBoxLayout;

namespace ui {

class PlainLabel;
class SourceListModel;
class UploadOptions;

/// Turns files of this computer into jobs that send them, one for each.
class UploadPage final : public AddPage {
    Q_OBJECT
public:
    explicit UploadPage(core::JobService *service, QWidget *parent = nullptr);

    /// Absolute paths, after those that are there.
    void addFiles(const QStringList &paths);

    [[nodiscard]] QString problem() const override;
    [[nodiscard]] QString addText() const override;
    [[nodiscard]] QList<core::JobSpec> jobs() const override;
    void keepOnly(const QList<core::JobSpec> &jobs) override;
    void enter() override;

protected:
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void makeFiles(QVBoxLayout *layout);
    void makePlace(QVBoxLayout *layout);
    void choose();
    void takeOut();
    void describe();
    void describePlace();
    void colour();

    [[nodiscard]] std::optional<core::Link> target() const;
    [[nodiscard]] QString targetProblem() const;
    /// Where this file goes, as far as it is known before the server is asked.
    [[nodiscard]] QUrl addressOf(const QUrl &target, const QString &fileName) const;

    /// The same in words.
    [[nodiscard]] QString goesTo(const core::Link &target, const QString &fileName) const;

    SourceListModel *m_model;
    QListView *m_list;
    QPushButton *m_choose;
    QPushButton *m_remove;
    PlainLabel *m_summary;
    QLineEdit *m_address;
    PlainLabel *m_addressRemark;
    QLineEdit *m_name;
    UploadOptions *m_options;
};

} // namespace ui
