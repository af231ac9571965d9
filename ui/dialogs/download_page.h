// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "ui/dialogs/add_page.h"
#include "ui/dialogs/fresh_link_offer.h"

class QLineEdit;
class QListView;
class QPlainTextEdit;
class QRadioButton;
class QStackedWidget;
class QVBoxLayout;

namespace ui {

class AddOptions;
class FolderField;
class LinkListModel;
class Disclosure;
class PlainLabel;

/// Turns links into jobs. Shows at once what was understood of each line. A request that is pasted
/// as a command for curl is taken with its headers and its login.
class DownloadPage final : public AddPage {
    Q_OBJECT
public:
    explicit DownloadPage(core::JobService *service, QWidget *parent = nullptr);

    /// Puts those that are not there yet into the box, one link a line, after what is there.
    void addLinks(const QStringList &lines);
    /// The links that are for jobs which wait for them.
    [[nodiscard]] QList<FreshLink> freshLinks() const;

    [[nodiscard]] QString problem() const override;
    [[nodiscard]] QString addText() const override;
    [[nodiscard]] QList<core::JobSpec> jobs() const override;
    void keepOnly(const QList<core::JobSpec> &jobs) override;
    void enter() override;

Q_SIGNALS:
    /// Enter in the box, where it does not begin another line.
    void addRequested();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeLinks(QVBoxLayout *layout);
    [[nodiscard]] QWidget *makeNameRow();
    [[nodiscard]] QWidget *makeGrouping();
    void connectAll();

    void takeTyped();
    [[nodiscard]] bool takeCommand(const QString &typed);
    [[nodiscard]] bool takeCommandsAmongLinks(QString typed);
    [[nodiscard]] bool meansAdd(Qt::KeyboardModifiers held) const;
    void askForFolder();
    void describe();
    void describeGood(qsizetype count);
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
    qsizetype m_typedChars = 0;
    bool m_isPasted = false;     ///< what changed last in the box was not typed
    bool m_isCommandCut = false; ///< there is less of a command for curl than it had
    Disclosure *m_more = nullptr;
};

} // namespace ui
