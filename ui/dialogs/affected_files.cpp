// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/affected_files.h"

#include "core/words/explain.h"
#include "ui/dialogs/plain_label.h"
#include "ui/views/plain_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QTextDocument>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kFilesInSight = 6;
constexpr int kColumns = 3;

QString keptOf(const core::JobError &error)
{
    if (error.fileBytesTotal) {
        return AffectedFilesModel::tr("%1 of %2")
            .arg(core::formatBytes(error.fileBytesDone), core::formatBytes(*error.fileBytesTotal));
    }
    return core::formatBytes(error.fileBytesDone);
}

} // namespace

void AffectedFilesModel::setFiles(const QList<AskedFile> &files)
{
    if (files == m_files) {
        return;
    }
    const bool wasChosen = m_files.isEmpty() || !chosen().isEmpty();
    const QList<AskedFile> before = std::exchange(m_files, {});
    beginResetModel();
    m_files = files;
    for (const AskedFile &file : files) {
        if (m_only && !m_only->contains(file.id.job) &&
            std::ranges::find(before, file.id, &AskedFile::id) == before.end()) {
            m_takenOut.insert(file.id);
        }
    }
    endResetModel();
    if (wasChosen && chosen().isEmpty()) {
        m_takenOut.clear();
        m_only.reset();
    }
    Q_EMIT chosenChanged();
}

void AffectedFilesModel::chooseOnly(const core::JobIds &jobs)
{
    m_only = jobs;
    m_takenOut.clear();
    for (const AskedFile &file : std::as_const(m_files)) {
        if (!jobs.contains(file.id.job)) {
            m_takenOut.insert(file.id);
        }
    }
    marksChanged();
}

void AffectedFilesModel::choose(bool all)
{
    m_only.reset();
    m_takenOut.clear();
    for (const AskedFile &file : std::as_const(m_files)) {
        if (!all) {
            m_takenOut.insert(file.id);
        }
    }
    marksChanged();
}

void AffectedFilesModel::marksChanged()
{
    if (!m_files.isEmpty()) {
        Q_EMIT dataChanged(index(0, File), index(int(m_files.size()) - 1, File),
                           {Qt::CheckStateRole});
    }
    Q_EMIT chosenChanged();
}

QList<AskedFile> AffectedFilesModel::chosen() const
{
    QList<AskedFile> files = m_files;
    files.removeIf([this](const AskedFile &file) { return m_takenOut.contains(file.id); });
    return files;
}

bool AffectedFilesModel::hasJobNames() const
{
    return std::ranges::any_of(
               m_files,
               [this](const AskedFile &file) { return file.id.job != m_files.first().id.job; }) &&
           std::ranges::any_of(m_files,
                               [](const AskedFile &file) { return file.jobName != file.name; });
}

int AffectedFilesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_files.size());
}

int AffectedFilesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QVariant AffectedFilesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const AskedFile &file = m_files.at(index.row());
    if (role == Qt::CheckStateRole && index.column() == File) {
        return m_takenOut.contains(file.id) ? Qt::Unchecked : Qt::Checked;
    }
    if (role == Qt::TextAlignmentRole && index.column() == Kept) {
        return int(Qt::AlignTrailing | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && index.column() == File) {
        return Qt::convertFromPlainText(
            visibleText(file.label)); // else HTML would be taken as such
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return index.column() == File ? visibleText(file.label)
           : index.column() == Job
               ? visibleText(file.jobName == file.name ? QString() : file.jobName)
               : keptOf(file.error);
}

bool AffectedFilesModel::isOfUploads() const
{
    return !m_files.isEmpty() && m_files.first().error.type == core::JobType::Upload;
}

QVariant AffectedFilesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == File  ? tr("File")
           : section == Job ? tr("Job")
           : isOfUploads()  ? tr("Sent")
                            : tr("Saved");
}

Qt::ItemFlags AffectedFilesModel::flags(const QModelIndex &index) const
{
    return QAbstractTableModel::flags(index) |
           (index.column() == File ? Qt::ItemIsUserCheckable : Qt::NoItemFlags);
}

bool AffectedFilesModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || index.column() != File) {
        return false;
    }
    const core::FileId id = m_files.at(index.row()).id;
    if (value.toInt() == Qt::Checked) {
        m_takenOut.remove(id);
    } else {
        m_takenOut.insert(id);
    }
    Q_EMIT dataChanged(index, index, {role});
    Q_EMIT chosenChanged();
    return true;
}

AffectedFilesView::AffectedFilesView(AffectedFilesModel *model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("affectedFiles"));
    setAccessibleName(tr("What this applies to"));
    setModel(model);
    makePlain(this);
    setFrameShape(QFrame::StyledPanel);
    setTextElideMode(Qt::ElideMiddle);
    horizontalHeader()->setSectionResizeMode(AffectedFilesModel::File, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(AffectedFilesModel::Job, QHeaderView::Stretch);
    setColumnWidth(AffectedFilesModel::Kept,
                   fontMetrics().horizontalAdvance(QStringLiteral("0000.0 MB of 0000.0 MB")));
    fit();
}

void AffectedFilesView::fit()
{
    setColumnHidden(AffectedFilesModel::Job, !m_model->hasJobNames());
    const int rows = std::clamp(m_model->rowCount(), 2, kFilesInSight);
    setFixedHeight(horizontalHeader()->sizeHint().height() +
                   rows * verticalHeader()->defaultSectionSize() + 2 * frameWidth());
}

/// Space turns the mark of each selected row, in whatever column the focus is.
void AffectedFilesView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Space) {
        QTableView::keyPressEvent(event);
        return;
    }
    for (const QModelIndex &row : selectionModel()->selectedRows(AffectedFilesModel::File)) {
        const bool isChosen = row.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        m_model->setData(row, isChosen ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    }
}

} // namespace ui
