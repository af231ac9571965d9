// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace core {

/// Whether the computer is connected to any network, as NetworkManager tells it; where that is not
/// there, always. To be made on the main thread, where Qt keeps its one instance of this.
class SystemNetwork final : public QObject {
    Q_OBJECT
public:
    explicit SystemNetwork(QObject *parent = nullptr);

    [[nodiscard]] bool isOnline() const { return m_isOnline; }

Q_SIGNALS:
    void changed(bool isOnline);

private:
    void look();
    void become(bool isOnline);

    bool m_isOnline = true;
};

} // namespace core
