// SPDX-License-Identifier: Apache-2.0
#include "ui/views/speed_limit_menu.h"

#include "core/words/explain.h"

#include <QActionGroup>
#include <QInputDialog>

#include <algorithm>
#include <array>
#include <set>

namespace ui {

namespace {

constexpr int kKilobyte = 1000;
constexpr std::array<qint64, 7> kRates{100'000,   250'000,   500'000,   1'000'000,
                                       2'000'000, 5'000'000, 10'000'000};

} // namespace

SpeedLimitMenu::SpeedLimitMenu(const QString &title, QWidget *window)
    : QMenu(title)
    , m_window(window)
    , m_choices(new QActionGroup(this))
{
    setObjectName(QStringLiteral("speedLimitMenu"));
    fill();
}

void SpeedLimitMenu::setLimit(std::optional<qint64> bytesPerSecond)
{
    m_now = bytesPerSecond;
    m_isOne = true;
    fill();
}

void SpeedLimitMenu::setSeveral()
{
    m_now.reset();
    m_isOne = false;
    fill();
}

void SpeedLimitMenu::fill()
{
    clear();
    const auto add = [this](const QString &text, qint64 rate) {
        QAction *action = addAction(text);
        action->setCheckable(true);
        m_choices->addAction(action);
        action->setChecked(m_isOne && rate == m_now.value_or(0));
        connect(action, &QAction::triggered, this, [this, rate] { Q_EMIT chosen(rate); });
    };
    add(tr("&No limit"), 0);
    addSeparator();
    std::set<qint64> rates(kRates.begin(), kRates.end());
    if (m_now) {
        rates.insert(*m_now);
    }
    for (const qint64 rate : rates) {
        add(core::formatRate(rate), rate);
    }
    addSeparator();
    connect(addAction(tr("&Other…")), &QAction::triggered, this, &SpeedLimitMenu::askForOther);
}

void SpeedLimitMenu::askForOther()
{
    constexpr int kMost = 10'000'000;
    auto *dialog = new QInputDialog(m_window);
    dialog->setObjectName(QStringLiteral("speedLimitDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Speed limit"));
    dialog->setLabelText(tr("Kilobytes a second at most:"));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(1, kMost);
    const qint64 now = m_now.value_or(kKilobyte * kKilobyte) / kKilobyte;
    dialog->setIntValue(int(std::clamp<qint64>(now, 1, kMost)));
    connect(dialog, &QInputDialog::intValueSelected, this,
            [this](int value) { Q_EMIT chosen(qint64(value) * kKilobyte); });
    dialog->open();
}

} // namespace ui
