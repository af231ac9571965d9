// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/download_page.h"

#include "core/http/curl_command.h"
#include "ui/dialogs/add_options.h"
#include "ui/dialogs/disclosure.h"
#include "ui/dialogs/folder_field.h"
#include "ui/dialogs/form_parts.h"
#include "ui/dialogs/header_edit.h"
#include "ui/dialogs/link_list_model.h"
#include "ui/dialogs/plain_label.h"
#include "ui/views/icon.h"
#include "ui/views/job_look.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTextBlock>
#include <QVBoxLayout>

#include <utility>

namespace ui {

namespace {

/// What there is to say depends on how many links can be fetched.
enum OfCount { kNothing, kNameRow, kGroupingRow };

constexpr int kLinesAtLeast = 2;
constexpr int kRowsUnderstood = 4;

} // namespace

DownloadPage::DownloadPage(core::JobService *service, QWidget *parent)
    : AddPage(parent)
    , m_service(service)
    , m_model(new LinkListModel(service, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    makeLinks(layout);

    m_offer = new FreshLinkOffer(m_service, this);
    layout->addWidget(m_offer);

    m_folder = new FolderField(m_service, core::MissingFolder::Create, this);
    layout->addWidget(makeLabel(tr("&Save in:"), m_folder->edit()));
    layout->addWidget(m_folder);
    m_folderRemark = new PlainLabel(Tone::Quiet, this);
    m_folderRemark->setObjectName(QStringLiteral("folderRemark"));
    keepRoom(m_folderRemark);
    layout->addWidget(m_folderRemark);

    m_ofCount = new QStackedWidget;
    m_ofCount->addWidget(new QWidget);
    m_ofCount->addWidget(makeNameRow());
    m_ofCount->addWidget(makeGrouping());
    layout->addWidget(m_ofCount);
    m_options = new AddOptions(m_service);
    m_more = new Disclosure(tr("Mo&re"), m_options);
    connect(m_more, &Disclosure::toggled, this, &AddPage::grown);
    layout->addWidget(m_more);
    connectAll();
    colour();
    askForFolder();
    describe();
}

void DownloadPage::makeLinks(QVBoxLayout *layout)
{
    m_links = new QPlainTextEdit;
    m_links->setObjectName(QStringLiteral("linksEdit"));
    m_links->setAccessibleName(tr("Links"));
    m_links->setPlaceholderText(QStringLiteral("https://…"));
    m_links->setTabChangesFocus(true);
    m_links->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_links->installEventFilter(this);
    setLinesShown(m_links, kLinesAtLeast); // where letters are large and the screen is not
    m_links->setMaximumHeight(QWIDGETSIZE_MAX);
    m_links->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    layout->addWidget(makeLabel(tr("&Links, one on each line:"), m_links));
    layout->addWidget(m_links, 1);

    m_summary = new PlainLabel(Tone::Quiet);
    m_summary->setObjectName(QStringLiteral("summary"));
    keepRoom(m_summary);
    layout->addWidget(m_summary);
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("understoodList"));
    m_list->setAccessibleName(tr("What was understood"));
    m_list->setModel(m_model);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTextElideMode(Qt::ElideMiddle);
    const int rowHeight = qMax(m_list->iconSize().height(), fontMetrics().lineSpacing()) + 10;
    m_list->setMinimumHeight(rowHeight + 2 * m_list->frameWidth());
    m_list->setMaximumHeight(kRowsUnderstood * rowHeight + 2 * m_list->frameWidth());
    keepRoom(m_list);
    layout->addWidget(m_list);
}

QWidget *DownloadPage::makeNameRow()
{
    auto *row = new QWidget;
    auto *layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_name = new QLineEdit(row);
    m_name->setObjectName(QStringLiteral("nameEdit"));
    m_name->setAccessibleName(tr("Name"));
    layout->addWidget(makeLabel(tr("&Name:"), m_name));
    layout->addWidget(m_name);
    return row;
}

QWidget *DownloadPage::makeGrouping()
{
    auto *grouping = new QWidget;
    auto *layout = new QHBoxLayout(grouping);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *oneEach = new QRadioButton(tr("A job for &each link"), grouping);
    oneEach->setObjectName(QStringLiteral("oneEach"));
    oneEach->setChecked(true);
    m_oneForAll = new QRadioButton(tr("One &job for all"), grouping);
    m_oneForAll->setObjectName(QStringLiteral("oneForAll"));
    m_oneForAll->setAccessibleDescription(
        tr("The files appear together, once all of them are there."));
    layout->addWidget(oneEach);
    layout->addWidget(m_oneForAll);
    layout->addStretch(1);
    return grouping;
}

void DownloadPage::connectAll()
{
    connect(m_links, &QPlainTextEdit::textChanged, this, &DownloadPage::takeTyped);
    connect(m_model, &LinkListModel::changed, this, [this] {
        m_offer->consider(m_model->goodReports());
        describe();
    });
    connect(m_offer, &FreshLinkOffer::changed, this, &DownloadPage::describe);
    connect(m_folder, &FolderField::changed, this, &DownloadPage::describe);
    connect(m_name, &QLineEdit::textChanged, this, &DownloadPage::describe);
    connect(m_options, &AddOptions::changed, this, &DownloadPage::describe);
}

void DownloadPage::takeTyped()
{
    const QString typed = m_links->toPlainText();
    m_isPasted = typed.size() > std::exchange(m_typedChars, typed.size()) + 1;
    m_isCommandCut = m_isCommandCut && !typed.isEmpty();
    if (m_isPasted && (takeCommand(typed) || takeCommandsAmongLinks(typed))) {
        m_isPasted = true; // what they were put as is no typing
        return;
    }
    m_model->setText(typed);
}

/// Of a command among other links the link alone is taken: its headers would go to the others, too.
bool DownloadPage::takeCommandsAmongLinks(QString typed)
{
    static const QRegularExpression kGoesOn(QStringLiteral("\\\\\\s*\\n\\s*"));
    QStringList lines = typed.replace(kGoesOn, QStringLiteral(" ")).split(u'\n');
    bool isAnyTaken = false;
    for (QString &line : lines) {
        const auto request = core::isCurlCommand(line)
                                 ? core::parseCurlCommand(line).value_or(core::CopiedRequest())
                                 : core::CopiedRequest();
        if (!request.url.isEmpty()) {
            line = request.url.toString(QUrl::FullyEncoded);
            isAnyTaken = true;
            m_isCommandCut =
                m_isCommandCut || !request.headers.isEmpty() || !request.user.isEmpty();
        }
    }
    if (isAnyTaken) {
        m_links->setPlainText(lines.join(u'\n'));
        m_links->moveCursor(QTextCursor::End);
    }
    return isAnyTaken;
}

/// What it has beside the link is shown where it is put. Once there, the link alone is in the box.
bool DownloadPage::takeCommand(const QString &typed)
{
    const auto request =
        core::isCurlCommand(typed) ? std::optional(core::parseCurlCommand(typed)) : std::nullopt;
    if (!request || !*request) {
        return false;
    }
    m_options->take(**request);
    m_more->setOpen(m_more->isOpen() || !(*request)->headers.isEmpty() ||
                    !(*request)->user.isEmpty());
    m_links->setPlainText((*request)->url.toString(QUrl::FullyEncoded));
    return true;
}

void DownloadPage::addLinks(const QStringList &lines)
{
    QStringList all = m_links->toPlainText().split(u'\n', Qt::SkipEmptyParts);
    const QStringList before = all;
    for (const QString &line : lines) {
        const auto request = core::isCurlCommand(line) && !before.isEmpty()
                                 ? core::parseCurlCommand(line).value_or(core::CopiedRequest())
                                 : core::CopiedRequest(); // its headers are not for the others
        const QString link =
            request.url.isEmpty() ? line : request.url.toString(QUrl::FullyEncoded);
        m_isCommandCut = m_isCommandCut || !request.headers.isEmpty() || !request.user.isEmpty();
        if (!before.contains(link)) {
            all.append(link);
        }
    }
    m_links->setPlainText(all.join(u'\n'));
    m_links->moveCursor(QTextCursor::End);
    m_model->look();
}

void DownloadPage::askForFolder()
{
    m_folder->setFolder(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
    const QString proposed = m_folder->folder();
    m_service->ask<core::message::GetSettings>(
        {}, this, [this, proposed](const core::Answer<core::Settings> &answer) {
            const bool isUntouched = m_folder->folder() == proposed;
            if (answer && !answer->downloadFolder.isEmpty() && isUntouched) {
                m_folder->setFolder(answer->downloadFolder);
            }
        });
}

void DownloadPage::describe()
{
    const qsizetype all = m_model->lines().size();
    const qsizetype good = m_model->goodLines().size();
    m_summary->say(
        all > good
            ? tr("%1 of %2 lines can be fetched:").arg(QString::number(good), QString::number(all))
        : m_isCommandCut ? tr("Of a command for curl among other links the link alone is taken. "
                              "Paste it alone to send its headers and its login.")
                         : QString());
    m_list->setVisible(all > 0);
    const bool isFolderBad = !m_folder->problem().isEmpty();
    m_folderRemark->setTone(isFolderBad ? Tone::Problem : Tone::Quiet);
    m_folderRemark->say(isFolderBad ? m_folder->problem() : m_folder->freeSpace());
    describeGood(good);
    Q_EMIT changed();
}

void DownloadPage::describeGood(qsizetype count)
{
    m_ofCount->setCurrentIndex(count == 1 ? kNameRow : count > 1 ? kGroupingRow : kNothing);
    m_options->setSingleLink(count == 1);
    m_name->setPlaceholderText(count == 1 ? m_model->goodLines().first().report.suggestedName
                                          : QString());
}

QString DownloadPage::addText() const
{
    const qsizetype count = m_model->goodLines().size();
    return count > 1 ? tr("&Add %1 links").arg(count) : tr("&Add");
}

void DownloadPage::enter()
{
    m_folder->look(); // room may have changed since
    m_links->setFocus(Qt::OtherFocusReason);
}

void DownloadPage::changeEvent(QEvent *event)
{
    AddPage::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        colour();
    }
}

void DownloadPage::colour()
{
    m_model->setIcons(icon(QStringLiteral("state-done"), colourOf(Accent::Good, palette())),
                      icon(QStringLiteral("state-error"), colourOf(Accent::Attention, palette())));
}

bool DownloadPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_links && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && meansAdd(key->modifiers())) {
            Q_EMIT addRequested();
            return true;
        }
    }
    return AddPage::eventFilter(watched, event);
}

/// Whoever types one link after the other makes a new line with Enter; whoever has pasted them, or
/// is on an empty line after the last, has nothing more to say. With Ctrl it always means Add.
bool DownloadPage::meansAdd(Qt::KeyboardModifiers held) const
{
    const QTextCursor cursor = m_links->textCursor();
    const bool isDone = m_isPasted || (cursor.atEnd() && cursor.block().text().trimmed().isEmpty());
    return held.testFlag(Qt::ControlModifier) ||
           (isDone && !held.testFlag(Qt::ShiftModifier) && problem().isEmpty());
}

} // namespace ui
