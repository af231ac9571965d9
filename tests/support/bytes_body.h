// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/request_body.h"

#include <algorithm>
#include <cstring>

/// Bytes as the body of a request. It is sent again as often as is wanted.
class BytesBody final : public core::RequestBody {
public:
    explicit BytesBody(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
    [[nodiscard]] bool rewind() override { return goToBegin(); }

protected:
    qint64 readData(char *data, qint64 maxBytes) override
    {
        const qint64 count = std::min(maxBytes, qint64(m_bytes.size()) - pos());
        std::memcpy(data, m_bytes.constData() + pos(), size_t(count));
        return count;
    }
    qint64 writeData(const char * /*data*/, qint64 /*maxBytes*/) override { return -1; }

private:
    QByteArray m_bytes;
};
