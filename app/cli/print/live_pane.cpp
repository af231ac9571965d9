// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/live_pane.h"

#include "core/system/when_ready.h"

#include <algorithm>

namespace cli {

namespace {

using namespace std::chrono_literals;

constexpr int kMostLines = 8;

} // namespace

LivePane::LivePane(core::JobService *service, Screen *screen, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_screen(screen)
{
    m_time.start();
    connect(&m_tick, &QTimer::timeout, this, &LivePane::redraw);
    m_tick.start(1s); // a wait counts down although nothing else changes
}

void LivePane::show(const core::JobSnapshot &job)
{
    if (!m_screen->isLive()) {
        return;
    }
    Pane &pane = m_panes[job.id];
    pane.job = job;
    if (core::isRunning(job.state)) {
        askForFiles(job.id);
    } else {
        pane.active.clear();
        redraw();
    }
}

void LivePane::forget(core::JobId job)
{
    m_panes.remove(job);
    redraw();
}

void LivePane::setHeld(bool held)
{
    m_isHeld = held;
    redraw();
}

void LivePane::askForFiles(core::JobId job)
{
    Pane &pane = m_panes[job];
    if (pane.isAsking) {
        return;
    }
    pane.isAsking = true;
    core::whenReady(m_service->call<core::message::Files>(
                        {.job = job, .count = kMostLines, .only = core::FileState::Active}),
                    this, [this, job](const core::Answer<core::FilePage> &page) {
                        if (m_panes.contains(job)) {
                            m_panes[job].isAsking = false;
                            takeFiles(job, page.value_or(core::FilePage{}));
                        }
                    });
}

void LivePane::takeFiles(core::JobId job, const core::FilePage &page)
{
    Pane &pane = m_panes[job];
    pane.active = page.files;
    m_meters.removeIf([&](auto meter) {
        return meter.key().job == job &&
               std::ranges::find(page.files, meter.key(), &core::FileSnapshot::id) ==
                   page.files.end();
    });
    for (const core::FileSnapshot &file : page.files) {
        m_meters[file.id].update(file.bytesDone, std::chrono::milliseconds(m_time.elapsed()));
    }
    redraw();
}

void LivePane::redraw()
{
    QStringList lines;
    const int width = m_screen->width() - 1;
    for (const Pane &pane : std::as_const(m_panes)) {
        QList<std::optional<qint64>> rates;
        for (const core::FileSnapshot &file : pane.active) {
            rates.append(m_meters.value(file.id).bytesPerSecond());
        }
        lines += liveLines(pane.job, pane.active, rates, width, QDateTime::currentDateTimeUtc());
    }
    m_screen->setLive(m_isHeld ? QStringList() : lines);
}

} // namespace cli
