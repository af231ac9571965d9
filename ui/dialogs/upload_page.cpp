// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/upload_page.h"

#include "core/words/explain_link.h"
#include "ui/dialogs/disclosure.h"
#include "ui/dialogs/form_parts.h"
#include "ui/dialogs/plain_label.h"
#include "ui/dialogs/source_list_model.h"
#include "ui/dialogs/upload_options.h"
#include "ui/models/local_files.h"
#include "ui/views/icon.h"
#include "ui/views/job_look.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kFilesShown = 6;

bool isFolder(const QUrl &address)
{
    return address.path().endsWith(u'/');
}

} // namespace

UploadPage::UploadPage(core::JobService *service, QWidget *parent)
    : AddPage(parent)
    , m_model(new SourceListModel(service, this))
{
    setAcceptDrops(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    makeFiles(layout);
    makePlace(layout);
    m_options = new UploadOptions(service);
    auto *more = new Disclosure(tr("Mo&re"), m_options);
    connect(more, &Disclosure::toggled, this, &AddPage::grown);
    layout->addWidget(more);

    connect(m_choose, &QPushButton::clicked, this, &UploadPage::choose);
    connect(m_remove, &QPushButton::clicked, this, &UploadPage::takeOut);
    connect(m_model, &SourceListModel::changed, this, &UploadPage::describe);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &UploadPage::describe);
    connect(m_address, &QLineEdit::textChanged, this, &UploadPage::describe);
    connect(m_name, &QLineEdit::textChanged, this, &UploadPage::describe);
    connect(m_options, &UploadOptions::changed, this, &UploadPage::describe);
    colour();
    describe();
}

void UploadPage::makeFiles(QVBoxLayout *layout)
{
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("filesList"));
    m_list->setAccessibleName(tr("Files to send"));
    m_list->setModel(m_model);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    const int rowHeight = qMax(m_list->iconSize().height(), fontMetrics().lineSpacing()) + 10;
    m_list->setMinimumHeight(kFilesShown * rowHeight + 2 * m_list->frameWidth());
    layout->addWidget(makeLabel(tr("&Files to send; they can be dropped here:"), m_list));
    layout->addWidget(m_list, 1);

    auto *row = new QHBoxLayout;
    m_summary = new PlainLabel(Tone::Quiet);
    m_summary->setObjectName(QStringLiteral("filesSummary"));
    keepRoom(m_summary);
    m_choose = new QPushButton(tr("&Choose files…"));
    m_choose->setObjectName(QStringLiteral("chooseButton"));
    m_remove = new QPushButton(tr("&Take out"));
    m_remove->setObjectName(QStringLiteral("removeButton"));
    for (QPushButton *button : {m_choose, m_remove}) {
        button->setAutoDefault(false);
    }
    row->addWidget(m_summary, 1);
    row->addWidget(m_remove);
    row->addWidget(m_choose);
    layout->addLayout(row);
}

void UploadPage::makePlace(QVBoxLayout *layout)
{
    m_address = new QLineEdit;
    m_address->setObjectName(QStringLiteral("addressEdit"));
    m_address->setPlaceholderText(QStringLiteral("https://example.org/folder/"));
    layout->addWidget(makeLabel(tr("&Send to:"), m_address));
    layout->addWidget(m_address);
    m_addressRemark = new PlainLabel(Tone::Quiet);
    m_addressRemark->setObjectName(QStringLiteral("addressRemark"));
    keepRoom(m_addressRemark);
    layout->addWidget(m_addressRemark);
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("remoteNameEdit"));
    layout->addWidget(makeLabel(tr("&Name on the server:"), m_name));
    layout->addWidget(m_name);
}

void UploadPage::addFiles(const QStringList &paths)
{
    m_model->add(paths);
}

void UploadPage::choose()
{
    auto *picker = new QFileDialog(this, tr("Choose files to send"));
    picker->setAttribute(Qt::WA_DeleteOnClose);
    picker->setFileMode(QFileDialog::ExistingFiles);
    connect(picker, &QFileDialog::filesSelected, this, &UploadPage::addFiles);
    picker->open();
}

void UploadPage::takeOut()
{
    QList<int> rows;
    for (const QModelIndex &index : m_list->selectionModel()->selectedRows()) {
        rows.append(index.row());
    }
    m_model->remove(rows);
}

std::optional<core::Link> UploadPage::target() const
{
    const auto link = core::parseTarget(m_address->text());
    return link ? std::optional(*link) : std::nullopt;
}

QString UploadPage::targetProblem() const
{
    const QString typed = m_address->text();
    const auto link = core::parseTarget(typed);
    if (!link) {
        return typed.trimmed().isEmpty() ? QString() : core::explain(link.error(), typed);
    }
    return m_model->rowCount() > 1 && !isFolder(link->url) && !m_options->isTus()
               ? tr("Several files need the address of a folder: end it with “/”.")
               : QString();
}

QUrl UploadPage::addressOf(const QUrl &target, const QString &fileName) const
{
    const QString name = m_name->isEnabled() ? m_name->text().trimmed() : QString();
    return isFolder(target) ? core::addressIn(target, name.isEmpty() ? fileName : name) : target;
}

QString UploadPage::goesTo(const core::Link &target, const QString &fileName) const
{
    QUrl address = addressOf(target.url, fileName);
    if (!target.isSchemeGuessed) {
        return tr("Goes to %1").arg(address.toDisplayString());
    }
    address.setScheme(QString());
    return tr("Goes to %1, by https or else by http").arg(address.toDisplayString().mid(2));
}

void UploadPage::describe()
{
    const qsizetype all = m_model->rowCount();
    const QList<ChosenSource> good = m_model->good();
    m_summary->say(
        all > good.size() && !m_model->isLooking()
            ? tr("%1 of %2 can be sent").arg(QString::number(good.size()), QString::number(all))
            : QString());
    m_remove->setEnabled(m_list->selectionModel()->hasSelection());
    describePlace();
    Q_EMIT changed();
}

void UploadPage::describePlace()
{
    const int files = m_model->rowCount();
    const QList<ChosenSource> good = m_model->good();
    const QString wrong = targetProblem();
    const auto link = target();
    const bool isNamed = link && !isFolder(link->url);
    m_options->setSingleFile(files <= 1);
    m_name->setEnabled(files <= 1 && !isNamed && !m_options->isTus());
    m_name->setPlaceholderText(m_options->isTus() ? tr("The server gives the name")
                               : files > 1        ? tr("Each keeps its name")
                               : isNamed          ? link->url.fileName()
                               : !good.isEmpty()  ? good.first().name()
                                                  : QString());
    const bool isShown =
        wrong.isEmpty() && link && good.size() == 1 && files == 1 && !m_options->isTus();
    m_addressRemark->setTone(wrong.isEmpty() ? Tone::Quiet : Tone::Problem);
    m_addressRemark->say(isShown ? goesTo(*link, good.first().name()) : wrong);
}

QString UploadPage::problem() const
{
    if (m_model->rowCount() == 0) {
        return tr("Choose at least one file.");
    }
    if (m_model->isLooking()) {
        return tr("Looking at the files…");
    }
    if (m_model->good().isEmpty()) {
        return tr("None of these can be sent.");
    }
    if (!target() || !targetProblem().isEmpty()) {
        return m_address->text().trimmed().isEmpty() ? tr("Say where to send it.")
                                                     : targetProblem();
    }
    if (m_name->isEnabled() && m_name->text().contains(u'/')) {
        return tr("A name cannot have “/” in it.");
    }
    return m_options->problem();
}

QString UploadPage::addText() const
{
    const qsizetype count = m_model->good().size();
    return count > 1 ? tr("&Add %1 uploads").arg(count) : tr("&Add");
}

QList<core::JobSpec> UploadPage::jobs() const
{
    QList<core::JobSpec> jobs;
    const auto link = target();
    for (const ChosenSource &source : link ? m_model->good() : QList<ChosenSource>()) {
        const bool isRenamed = m_name->isEnabled() && !m_name->text().trimmed().isEmpty();
        core::FileSpec file{.url = isRenamed ? addressOf(link->url, source.name()) : link->url,
                            .name = source.name(),
                            .hash = m_options->hash()};
        if (link->isSchemeGuessed) {
            file.url.setScheme(QString()); // the engine finds it
        }
        jobs.append({.type = core::JobType::Upload,
                     .name = {},
                     .folder = source.folder(),
                     .files = {file},
                     .options = m_options->options({link->user, link->password})});
    }
    return jobs;
}

void UploadPage::keepOnly(const QList<core::JobSpec> &jobs)
{
    QStringList paths;
    for (const core::JobSpec &job : jobs) {
        paths.append(job.folder + u'/' + job.files.first().name);
    }
    m_model->keepOnly(paths);
}

void UploadPage::enter()
{
    m_model->look();
    if (m_model->rowCount() > 0) {
        m_address->setFocus(Qt::OtherFocusReason);
    } else {
        m_choose->setFocus(Qt::OtherFocusReason);
    }
}

void UploadPage::changeEvent(QEvent *event)
{
    AddPage::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        colour();
    }
}

void UploadPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (!filesIn(*event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void UploadPage::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    addFiles(filesIn(*event->mimeData()));
}

void UploadPage::colour()
{
    m_model->setIcons(icon(QStringLiteral("state-done"), colourOf(Accent::Good, palette())),
                      icon(QStringLiteral("state-error"), colourOf(Accent::Attention, palette())));
}

} // namespace ui
