// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/actions/desktop.h"

#include <QStringList>

/// A desktop that opens nothing and notes what it was asked for.
class NotedDesktop final : public ui::Desktop {
public:
    bool open(const QString &path) override
    {
        log.append(QStringLiteral("open ") + path);
        return true;
    }
    void reveal(const QString &path, std::function<void()> /*failed*/) override
    {
        log.append(QStringLiteral("reveal ") + path);
    }

    bool startsAtLogin() const override { return isAutostarted; }
    QString setStartsAtLogin(bool isWanted) override
    {
        isAutostarted = isWanted;
        return {};
    }

    bool isAutostarted = false;
    QStringList log;
};
