// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/change_menus.h"

#include "ui/views/speed_limit_menu.h"

#include <QActionGroup>

#include <algorithm>
#include <array>

namespace ui {

namespace {

struct PriorityRow {
    core::Priority priority = core::Priority::Normal;
    const char *text = nullptr;
};
constexpr std::array kPriorities{
    PriorityRow{core::Priority::Foreground,
                QT_TRANSLATE_NOOP("ui::ChangeMenus", "&Foreground: beside all others")},
    PriorityRow{core::Priority::High, QT_TRANSLATE_NOOP("ui::ChangeMenus", "&High")},
    PriorityRow{core::Priority::Normal, QT_TRANSLATE_NOOP("ui::ChangeMenus", "&Normal")},
    PriorityRow{core::Priority::Low,
                QT_TRANSLATE_NOOP("ui::ChangeMenus", "&Low: when no other runs")},
};

/// What all of the jobs have in common; nothing where they differ.
template <typename T>
std::optional<T> common(const QList<core::JobSnapshot> &jobs, T core::JobSnapshot::*member)
{
    const bool isSame = !jobs.isEmpty() && std::ranges::all_of(jobs, [&](const auto &job) {
        return job.*member == jobs.first().*member;
    });
    return isSame ? std::make_optional(jobs.first().*member) : std::nullopt;
}

} // namespace

ChangeMenus::ChangeMenus(QWidget *window)
    : QObject(window)
    , m_limits(std::make_unique<SpeedLimitMenu>(tr("Speed li&mit"), window))
    , m_priorities(std::make_unique<QMenu>(tr("Priorit&y")))
    , m_levels(new QActionGroup(this))
{
    connect(m_limits.get(), &SpeedLimitMenu::chosen, this,
            [this](qint64 rate) { choose({.limitBytesPerSecond = rate}); });
}

ChangeMenus::~ChangeMenus() = default;

void ChangeMenus::setJobs(const QList<core::JobSnapshot> &selected)
{
    m_jobs = selected;
    m_jobs.removeIf([](const core::JobSnapshot &job) { return core::isFinal(job.state); });
    m_limits->setEnabled(!m_jobs.isEmpty());
    m_priorities->setEnabled(!m_jobs.isEmpty());
    if (const auto limit = common(m_jobs, &core::JobSnapshot::limitBytesPerSecond)) {
        m_limits->setLimit(*limit);
    } else {
        m_limits->setSeveral();
    }
    fillPriorities();
}

void ChangeMenus::fillPriorities()
{
    const auto now = common(m_jobs, &core::JobSnapshot::priority);
    m_priorities->clear();
    for (const PriorityRow &row : kPriorities) {
        QAction *action = m_priorities->addAction(tr(row.text));
        action->setCheckable(true);
        m_levels->addAction(action);
        action->setChecked(now == row.priority);
        connect(action, &QAction::triggered, this,
                [this, priority = row.priority] { choose({.priority = priority}); });
    }
    m_priorities->addSeparator();
    connect(m_priorities->addAction(tr("&Before the others")), &QAction::triggered, this,
            [this] { choose({.move = core::QueueEnd::First}); });
    connect(m_priorities->addAction(tr("B&ehind the others")), &QAction::triggered, this,
            [this] { choose({.move = core::QueueEnd::Last}); });
}

void ChangeMenus::fill(QMenu *menu) const
{
    menu->addMenu(m_limits.get());
    menu->addMenu(m_priorities.get());
}

void ChangeMenus::choose(const core::JobChange &change)
{
    core::JobIds ids;
    for (const core::JobSnapshot &job : std::as_const(m_jobs)) {
        ids.append(job.id);
    }
    Q_EMIT chosen(change, ids);
}

} // namespace ui
