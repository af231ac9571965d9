// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <limits>
#include <optional>
#include <span>

namespace core {

/// Reads the columns of one row from left to right, strict about types. The first column that is
/// not what it should be is remembered; from then on the row is bad as a whole.
class RowReader {
public:
    RowReader(const QSqlQuery &row, std::span<const char *const> columns)
        : m_row(row)
        , m_columns(columns)
    {
    }

    [[nodiscard]] QString text() { return take<QString>(); }
    [[nodiscard]] QByteArray bytes() { return take<QByteArray>(); }
    [[nodiscard]] qint64 integer() { return take<qint64>(); }
    /// A number from 0 to `max`.
    [[nodiscard]] qint64 count(qint64 max = std::numeric_limits<qint64>::max())
    {
        const qint64 value = integer();
        return require(value >= 0 && value <= max ? std::optional(value) : std::nullopt);
    }
    /// What `read` makes of the next column, or nothing where it is NULL.
    template <typename Read>
    [[nodiscard]] auto optional(Read read) -> std::optional<decltype(read())>
    {
        if (m_row.isNull(m_next)) {
            ++m_next;
            return std::nullopt;
        }
        return read();
    }

    /// The value, if the column read last could be understood.
    template <typename T>
    [[nodiscard]] T require(std::optional<T> value)
    {
        if (!value) {
            reject();
        }
        return std::move(value).value_or(T{});
    }
    /// The column read last is not acceptable.
    void reject()
    {
        if (m_badColumn < 0) {
            m_badColumn = m_next - 1;
        }
    }

    [[nodiscard]] bool isGood() const { return m_badColumn < 0; }
    /// The name of the first column that was not acceptable.
    [[nodiscard]] QString badColumn() const
    {
        return QString::fromLatin1(m_columns[static_cast<size_t>(m_badColumn)]);
    }

private:
    template <typename T>
    T take()
    {
        const QVariant value = m_row.value(m_next++);
        if (value.typeId() != QMetaType::fromType<T>().id() || value.isNull()) {
            reject();
            return {};
        }
        return value.value<T>();
    }

    const QSqlQuery &m_row;
    std::span<const char *const> m_columns;
    int m_next = 0;
    int m_badColumn = -1;
};

} // namespace core
