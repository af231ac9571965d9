// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/new_links_control.h"

#include "core/words/explain_service.h"
#include "ui/dialogs/plain_label.h"
#include "ui/views/plain_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QTextDocument>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

enum LinksColumn { kFileColumn, kLinkColumn };
constexpr int kLinksInSight = 5;

QStringList linesThatHoldAnything(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.split(u'\n')) {
        if (const QString trimmed = line.trimmed(); !trimmed.isEmpty()) {
            lines.append(trimmed);
        }
    }
    return lines;
}

QTableWidgetItem *nameItem(const QString &name)
{
    auto *item = new QTableWidgetItem(visibleText(name));
    item->setToolTip(Qt::convertFromPlainText(item->text()));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

bool isUsable(const core::LinkReport &report)
{
    return !report.problem && report.url.isValid();
}

} // namespace

NewLinksControl::NewLinksControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_service(context.service)
    , m_isTarget(context.error.type == core::JobType::Upload)
    , m_table(new QTableWidget(0, 2, this))
    , m_remark(new PlainLabel(Tone::Problem, this))
{
    m_table->setObjectName(QStringLiteral("linksTable"));
    m_table->setAccessibleName(m_isTarget ? tr("New addresses") : tr("New links"));
    m_table->setHorizontalHeaderLabels(
        {tr("File"), m_isTarget ? tr("New address") : tr("New link")});
    makePlain(m_table);
    m_table->setFrameShape(QFrame::StyledPanel);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::SelectedClicked |
                             QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_remark->setObjectName(QStringLiteral("linksRemark"));
    auto *pasteButton = new QPushButton(
        m_isTarget ? tr("&Paste a list of addresses") : tr("&Paste a list of links"), this);
    pasteButton->setObjectName(QStringLiteral("pasteListButton"));
    pasteButton->setAccessibleDescription(
        tr("Puts the links from the clipboard beside the files whose names they have"));
    pasteButton->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table);
    layout->addWidget(m_remark);
    layout->addWidget(pasteButton, 0, Qt::AlignLeading);
    setFocusProxy(m_table);
    connect(pasteButton, &QPushButton::clicked, this, &NewLinksControl::paste);
    connectTable();
    setFiles(context.files);
}

void NewLinksControl::connectTable()
{
    auto *shortcut = new QShortcut(QKeySequence::Paste, m_table);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, &NewLinksControl::paste);
    connect(m_table, &QTableWidget::cellChanged, this, [this](int row, int column) {
        if (column == kLinkColumn) {
            m_rows[row].typed = m_table->item(row, column)->text().trimmed();
            say({});
            inspect();
        }
    });
}

void NewLinksControl::setFiles(const QList<AskedFile> &files)
{
    QList<Row> rows;
    for (const AskedFile &file : files) {
        const Row *old = rowOf(file.id);
        rows.append(old ? Row{file, old->typed, old->report} : Row{file, {}, {}});
    }
    m_rows = rows;
    fillTable();
    inspect();
}

void NewLinksControl::fillTable()
{
    const QSignalBlocker quiet(m_table);
    m_table->setRowCount(int(m_rows.size()));
    for (int row = 0; row < m_rows.size(); ++row) {
        m_table->setItem(row, kFileColumn, nameItem(m_rows.at(row).file.label));
        const QTableWidgetItem *old = m_table->item(row, kLinkColumn);
        if (old == nullptr || old->text() != m_rows.at(row).typed) { // else it may be being edited
            m_table->setItem(row, kLinkColumn, new QTableWidgetItem(m_rows.at(row).typed));
        }
    }
    const int inSight = std::clamp(int(m_rows.size()), 2, kLinksInSight);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() +
                            inSight * m_table->verticalHeader()->defaultSectionSize() +
                            2 * m_table->frameWidth());
}

const NewLinksControl::Row *NewLinksControl::rowOf(core::FileId file) const
{
    const auto row =
        std::ranges::find_if(m_rows, [file](const Row &each) { return each.file.id == file; });
    return row == m_rows.end() ? nullptr : &*row;
}

QString NewLinksControl::draft(core::FileId file) const
{
    const Row *row = rowOf(file);
    return row ? row->typed : QString();
}

void NewLinksControl::setDraft(core::FileId file, const QString &draft)
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).file.id == file && !draft.isEmpty()) {
            m_table->item(row, kLinkColumn)->setText(draft);
        }
    }
}

std::optional<core::Fix> NewLinksControl::fixFor(core::FileId file) const
{
    const Row *row = rowOf(file);
    if (!row || !row->report || !isUsable(*row->report)) {
        return std::nullopt;
    }
    return core::fix::NewLink{.url = row->report->url, .fileIndex = file.index};
}

FixReadiness NewLinksControl::readiness() const
{
    int missing = 0;
    for (const Row &row : m_rows) {
        if (row.typed.isEmpty()) {
            ++missing;
        } else if (!row.report) {
            return {FixReadiness::Kind::Begun,
                    m_isTarget ? tr("Looking at the addresses…") : tr("Looking at the links…")};
        } else if (!isUsable(*row.report)) {
            return {FixReadiness::Kind::Wrong,
                    tr("%1: %2").arg(row.file.label, core::explain(*row.report))};
        }
    }
    if (missing == m_rows.size()) {
        return {FixReadiness::Kind::Incomplete, m_isTarget ? tr("Paste the new addresses first.")
                                                           : tr("Paste the new links first.")};
    }
    if (missing > 0) {
        return {FixReadiness::Kind::Begun,
                m_isTarget
                    ? tr("%1 still to be given an address, or to be taken out above.").arg(missing)
                : missing == 1
                    ? tr("One file has no new link yet. Give it one, or take it out above.")
                    : tr("%1 files have no new link yet. Give them some, or take them out "
                         "above.")
                          .arg(missing)};
    }
    return {};
}

void NewLinksControl::inspect()
{
    const quint64 question = ++m_question;
    QStringList links;
    for (Row &row : m_rows) {
        const bool isOld = row.report && row.report->typed == row.typed;
        if (!isOld) {
            row.report.reset();
        }
        if (!row.typed.isEmpty() && !isOld) {
            links.append(row.typed);
        }
    }
    if (!links.isEmpty()) {
        m_service->ask<core::message::InspectLinks>(
            {.links = links}, this,
            [this, question, links](const core::Answer<QList<core::LinkReport>> &answer) {
                if (question == m_question && answer) {
                    take(links, *answer);
                }
            });
    }
    Q_EMIT changed();
}

void NewLinksControl::take(const QStringList &asked, const QList<core::LinkReport> &reports)
{
    for (Row &row : m_rows) {
        if (const qsizetype place = asked.indexOf(row.typed);
            !row.report && place >= 0 && place < reports.size()) {
            row.report = reports.at(place);
            row.report->typed = row.typed;
        }
    }
    Q_EMIT changed();
}

void NewLinksControl::fillIn(const QString &pasted)
{
    const QStringList lines = linesThatHoldAnything(pasted);
    if (lines.isEmpty()) {
        say(tr("There is no link in the clipboard."));
        return;
    }
    if (lines.size() > m_rows.size()) {
        say(tr("These are %1 lines for %2 files. Nothing was filled in.")
                .arg(lines.size())
                .arg(m_rows.size()));
        return;
    }
    const quint64 pasting = ++m_pasted;
    m_service->ask<core::message::InspectLinks>(
        {.links = lines}, this,
        [this, pasting](const core::Answer<QList<core::LinkReport>> &answer) {
            if (pasting == m_pasted && answer && areLinks(*answer)) {
                distribute(*answer);
            }
        });
}

bool NewLinksControl::areLinks(const QList<core::LinkReport> &lines)
{
    for (int line = 0; line < lines.size(); ++line) {
        if (!isUsable(lines.at(line))) {
            say(tr("Line %1: %2 Nothing was filled in.")
                    .arg(QString::number(line + 1), core::explain(lines.at(line))));
            return false;
        }
    }
    return true;
}

QList<int> NewLinksControl::rowsFor(const QList<core::LinkReport> &links)
{
    QList<int> rows;
    QString stranger;
    for (const core::LinkReport &link : links) {
        int found = -1;
        for (int row = 0; row < m_rows.size() && found < 0; ++row) {
            const bool isNamed =
                m_rows.at(row).file.name.compare(link.suggestedName, Qt::CaseInsensitive) == 0;
            found = isNamed && !rows.contains(row) ? row : -1;
        }
        if (found >= 0) {
            rows.append(found);
        } else if (stranger.isEmpty()) {
            stranger = link.suggestedName.isEmpty() ? link.typed : link.suggestedName;
        }
    }
    if (rows.size() == links.size()) {
        return rows;
    }
    const int current = m_table->currentRow();
    if (rows.isEmpty() && links.size() == 1 && current >= 0) {
        return {current};
    }
    if (rows.isEmpty() && links.size() == m_rows.size()) {
        for (int row = 0; row < m_rows.size(); ++row) {
            rows.append(row);
        }
        say(tr("None of the links has the name of a file, so they stand in their own order. Look "
               "whether they fit."));
        return rows;
    }
    say(tr("No file of the list is called %1. Nothing was filled in.")
            .arg(u'\u201C' + visibleText(stranger) + u'\u201D'));
    return {};
}

void NewLinksControl::distribute(const QList<core::LinkReport> &links)
{
    say({});
    const QList<int> rows = rowsFor(links);
    for (int i = 0; i < rows.size(); ++i) {
        Row &row = m_rows[rows.at(i)];
        row.typed = links.at(i).typed.trimmed();
        row.report = links.at(i);
        row.report->typed = row.typed;
    }
    fillTable();
    Q_EMIT changed();
}

void NewLinksControl::paste()
{
    fillIn(QGuiApplication::clipboard()->text());
    m_table->setFocus(Qt::OtherFocusReason);
}

void NewLinksControl::say(const QString &sentence)
{
    m_remark->say(sentence);
}

} // namespace ui
