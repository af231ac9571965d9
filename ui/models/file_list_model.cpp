// SPDX-License-Identifier: Apache-2.0
#include "ui/models/file_list_model.h"

#include "core/remedy/catalogue.h"
#include "core/words/explain.h"
#include "ui/models/file_words.h"
#include "ui/models/job_words.h"
#include "ui/models/spans.h"

#include <QGuiApplication>
#include <QPalette>
#include <QTextDocument>

#include <algorithm>
#include <array>
#include <utility>

namespace ui {

namespace {

QString progressText(const core::FileSnapshot &file, const QDateTime & /*nowUtc*/,
                     core::JobType /*type*/)
{
    const auto fraction = fractionDone(file);
    const bool isThere =
        file.state == core::FileState::Whole || file.state == core::FileState::Published;
    const int most = isThere ? 100 : 99; // what was sent is not there yet
    return fraction ? isolated(FileListModel::tr("%1 %").arg(std::min(int(*fraction * 100), most)))
                    : QString();
}

QString nameText(const core::FileSnapshot &file, const QDateTime & /*nowUtc*/,
                 core::JobType /*type*/)
{
    return displayName(file);
}

QString sizeText(const core::FileSnapshot &file, const QDateTime & /*nowUtc*/,
                 core::JobType /*type*/)
{
    return isolated(amount(file));
}

struct FileColumn {
    const char *title;
    QString (*text)(const core::FileSnapshot &, const QDateTime &, core::JobType);
    Qt::AlignmentFlag alignment;
};

QString savedText(const core::FileSnapshot &file, const QDateTime & /*nowUtc*/,
                  core::JobType /*type*/)
{
    return isolated(core::formatBytes(file.bytesDone));
}

QString repairText(const core::FileSnapshot &file, const QDateTime & /*nowUtc*/,
                   core::JobType /*type*/)
{
    const auto fixes = file.error ? core::fixesFor(*file.error) : QList<core::FixKind>();
    return fixes.isEmpty() ? QString() : core::label(fixes.first(), *file.error);
}

// In the order of FileListModel::Column.
// clang-format off
constexpr std::array kFileColumns{
    FileColumn{QT_TRANSLATE_NOOP("ui::FileListModel", "Name"),     nameText,     Qt::AlignLeading},
    FileColumn{QT_TRANSLATE_NOOP("ui::FileListModel", "State"),    describe,     Qt::AlignLeading},
    FileColumn{QT_TRANSLATE_NOOP("ui::FileListModel", "Size"),     sizeText,     Qt::AlignTrailing},
    FileColumn{QT_TRANSLATE_NOOP("ui::FileListModel", "Progress"), progressText, Qt::AlignTrailing},
};

// In the order of FileListModel::FailedColumn.
constexpr std::array kFailedColumns{
    FileColumn{QT_TRANSLATE_NOOP("ui::FileListModel", "Name"),          nameText,   Qt::AlignLeading},
    FileColumn{QT_TRANSLATE_NOOP("ui::FileListModel", "What happened"), describe,   Qt::AlignLeading},
    FileColumn{QT_TRANSLATE_NOOP("ui::FileListModel", "Saved"),         savedText,  Qt::AlignTrailing},
    FileColumn{QT_TRANSLATE_NOOP("ui::FileListModel", "Repair"),        repairText, Qt::AlignLeading},
};
// clang-format on
static_assert(kFileColumns.size() == kFailedColumns.size());

bool isWanted(const core::FileSnapshot &file)
{
    return file.state != core::FileState::Unwanted;
}

const FileColumn &columnOf(FileListModel::Shows shows, int column)
{
    return shows == FileListModel::Shows::All ? kFileColumns.at(size_t(column))
                                              : kFailedColumns.at(size_t(column));
}

} // namespace

FileListModel::FileListModel(core::JobService *service, const core::Clock *clock, QObject *parent,
                             Shows shows)
    : QAbstractTableModel(parent)
    , m_service(service)
    , m_clock(clock)
    , m_shows(shows)
{
}

FileListModel::~FileListModel() = default;

int FileListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_total;
}

int FileListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(kFileColumns.size());
}

QVariant FileListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const FileColumn &column = columnOf(m_shows, index.column());
    if (role == Qt::TextAlignmentRole) {
        return int(column.alignment | Qt::AlignVCenter);
    }
    const core::FileSnapshot *found = file(index.row());
    if (!found) {
        return {};
    }
    switch (role) {
    case FileRole:
        return QVariant::fromValue(*found);
    case Qt::CheckStateRole:
        return hasBox(index.column()) ? QVariant(isWanted(*found) ? Qt::Checked : Qt::Unchecked)
                                      : QVariant();
    case Qt::ForegroundRole:
        return isWanted(*found) ? QVariant()
                                : QGuiApplication::palette().brush(QPalette::PlaceholderText);
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        break;
    default:
        return {};
    }
    const QString text = column.text(*found, m_clock->utcNow(), m_type);
    // Qt would take a tool tip that looks like HTML for HTML.
    return role == Qt::ToolTipRole ? Qt::convertFromPlainText(text) : text;
}

bool FileListModel::hasBox(int column) const
{
    return isChoosable() && m_shows == Shows::All && column == Name;
}

bool FileListModel::mayBeChosen(const core::FileSnapshot &file) const
{
    return file.state != core::FileState::Published &&
           (file.state != core::FileState::Whole || m_obstacle == file.id.index);
}

Qt::ItemFlags FileListModel::flags(const QModelIndex &index) const
{
    const core::FileSnapshot *found = index.isValid() ? file(index.row()) : nullptr;
    const auto usual = QAbstractTableModel::flags(index);
    return found && hasBox(index.column()) && mayBeChosen(*found) ? usual | Qt::ItemIsUserCheckable
                                                                  : usual;
}

bool FileListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const core::FileSnapshot *found = index.isValid() ? file(index.row()) : nullptr;
    if (role != Qt::CheckStateRole || !found || !hasBox(index.column()) || !mayBeChosen(*found)) {
        return false;
    }
    Q_EMIT wantedChosen(found->id.index, value.value<Qt::CheckState>() == Qt::Checked);
    return true;
}

void FileListModel::setChoosable(bool isChoosable, std::optional<int> obstacle)
{
    const bool isOther = m_isChoosable != isChoosable || m_obstacle != obstacle;
    m_isChoosable = isChoosable;
    m_obstacle = obstacle;
    if (isOther && m_total > 0) {
        Q_EMIT dataChanged(index(0, Name), index(m_total - 1, Name));
    }
}

QVariant FileListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= int(kFileColumns.size())) {
        return {};
    }
    const FileColumn &column = columnOf(m_shows, section);
    if (role == Qt::DisplayRole) {
        return tr(column.title);
    }
    return role == Qt::TextAlignmentRole ? QVariant(int(column.alignment | Qt::AlignVCenter))
                                         : QVariant();
}

void FileListModel::setJob(core::JobId job, core::JobType type)
{
    if (job == m_job) {
        return;
    }
    beginResetModel();
    m_job = job;
    m_type = type;
    m_total = 0;
    m_pages.clear();
    m_firstInSight = 0;
    m_lastInSight = 0;
    ++m_generation;
    endResetModel();
    if (m_job.value != 0) {
        m_pages.resize(1);
        ask(0);
    }
}

void FileListModel::lookAt(int firstRow, int lastRow)
{
    m_firstInSight = std::max(0, firstRow);
    m_lastInSight = std::max(m_firstInSight, lastRow);
    askForStale();
}

void FileListModel::refresh()
{
    for (Page &page : m_pages) {
        page.isStale = true;
    }
    askForStale();
}

void FileListModel::askForStale()
{
    const int last = std::min(m_lastInSight / kPageSize, int(m_pages.size()) - 1);
    for (int number = m_firstInSight / kPageSize; number <= last; ++number) {
        if (m_pages[size_t(number)].isStale) {
            ask(number);
        }
    }
}

const core::FileSnapshot *FileListModel::file(int row) const
{
    const QList<core::FileSnapshot> &files = m_pages[size_t(row / kPageSize)].files;
    const int place = row % kPageSize;
    return place < files.size() ? &files.at(place) : nullptr;
}

void FileListModel::ask(int number)
{
    Page &page = m_pages[size_t(number)];
    if (page.isAsked) {
        return;
    }
    page.isAsked = true;
    page.isStale = false; // it becomes so again when the job changes before the answer comes
    m_service->ask<core::message::Files>(
        {.job = m_job,
         .first = number * kPageSize,
         .count = kPageSize,
         .only = m_shows == Shows::Failed ? std::optional(core::FileState::Failed) : std::nullopt},
        this, [this, number, generation = m_generation](const auto &answer) {
            if (generation != m_generation || size_t(number) >= m_pages.size()) {
                return;
            }
            m_pages[size_t(number)].isAsked = false;
            if (answer) {
                take(number, *answer);
                askForStale();
            }
        });
}

void FileListModel::take(int number, const core::FilePage &answer)
{
    resize(answer.total);
    if (size_t(number) < m_pages.size()) {
        replace(number, answer.files);
    }
}

/// Files are only ever added at the end of a job; those that have failed come and go.
void FileListModel::resize(int total)
{
    const auto pages = size_t(std::max(1, (total + kPageSize - 1) / kPageSize));
    if (total > m_total) {
        beginInsertRows({}, m_total, total - 1);
        m_pages.resize(pages);
        m_total = total;
        endInsertRows();
    } else if (total < m_total) {
        beginRemoveRows({}, total, m_total - 1);
        m_pages.resize(pages);
        m_total = total;
        endRemoveRows();
    }
}

void FileListModel::replace(int number, const QList<core::FileSnapshot> &files)
{
    QList<core::FileSnapshot> &old = m_pages[size_t(number)].files;
    QList<int> changed;
    const int start = number * kPageSize;
    for (int place = 0; place < files.size() && start + place < m_total; ++place) {
        if (place >= old.size() || old.at(place) != files.at(place)) {
            changed.append(start + place);
        }
    }
    old = files;
    for (const Span &span : spansOf(changed)) {
        Q_EMIT dataChanged(index(span.first, 0), index(span.last, int(kFileColumns.size()) - 1));
    }
}

} // namespace ui
