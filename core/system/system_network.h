// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/system/connectivity.h"

#include <QObject>

namespace core {

/// How the computer is connected, as NetworkManager tells it; where that is not there, freely. To
/// be made on the main thread, where Qt keeps its one instance of this.
class SystemNetwork final : public QObject {
    Q_OBJECT
public:
    explicit SystemNetwork(QObject *parent = nullptr);

    [[nodiscard]] Connectivity connectivity() const { return m_connectivity; }

Q_SIGNALS:
    void changed(core::Connectivity connectivity);

private:
    void look();
    void become(Connectivity connectivity);

    Connectivity m_connectivity = Connectivity::Free;
};

} // namespace core
