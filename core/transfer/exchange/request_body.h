// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIODevice>

namespace core {

/// What is sent with a request. QNetworkAccessManager begins again by itself when a connection ends
/// without an answer, whatever the server may have done by then; here it is refused that. Of a size
/// that is known; may have nothing to give for a while.
class RequestBody : public QIODevice {
public:
    bool seek(qint64 /*position*/) override { return false; }
    /// It is to be sent once more, from its first byte: false if that cannot be.
    [[nodiscard]] virtual bool rewind() = 0;

protected:
    /// Goes to the first byte, whatever seek() says.
    bool goToBegin() { return QIODevice::seek(0); }
};

} // namespace core
