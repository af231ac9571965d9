// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace core {

/// The bytes [first, end) of a file.
struct ByteRange {
    qint64 first = 0;
    qint64 end = 0; ///< one past the last byte

    [[nodiscard]] constexpr qint64 sizeBytes() const { return end - first; }
    bool operator==(const ByteRange &) const = default;
};

/// A set of bytes of one file, kept as sorted, disjoint, non-adjacent ranges. Offsets are never
/// negative. It is a value, and the form in which durable bytes are claimed in the store.
class RangeSet {
public:
    RangeSet() = default;
    /// [0, end): a prefix. Empty when end is 0.
    [[nodiscard]] static RangeSet prefix(qint64 end);

    /// Adds the bytes of the range. Ranges that are empty or start below zero are ignored.
    void insert(ByteRange range);
    /// Takes the bytes of the range out.
    void remove(ByteRange range);

    [[nodiscard]] bool isEmpty() const { return m_ranges.isEmpty(); }
    [[nodiscard]] bool contains(ByteRange range) const;
    [[nodiscard]] qint64 sizeBytes() const;
    /// The length of the unbroken run that starts at byte 0.
    [[nodiscard]] qint64 prefixBytes() const;
    /// One past the last byte; 0 when the set is empty.
    [[nodiscard]] qint64 end() const { return m_ranges.isEmpty() ? 0 : m_ranges.last().end; }
    /// What is not in the set, of a file of this size.
    [[nodiscard]] RangeSet missingFrom(qint64 fileSizeBytes) const;
    [[nodiscard]] const QList<ByteRange> &ranges() const { return m_ranges; }

    /// "0-100,200-300" with ends exclusive; the empty set is "".
    [[nodiscard]] QString toText() const;
    /// The reverse of toText(); nothing when the text is not exactly of that form.
    [[nodiscard]] static std::optional<RangeSet> fromText(QStringView text);

    bool operator==(const RangeSet &) const = default;

private:
    QList<ByteRange> m_ranges;
};

} // namespace core
