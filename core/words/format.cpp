// SPDX-License-Identifier: Apache-2.0
#include "core/words/error_words.h"
#include "core/words/explain.h"
#include "core/words/sentence.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>

namespace core {

namespace {

using namespace std::chrono_literals;

// clang-format off
constexpr std::array kByteUnits{
    QT_TRANSLATE_NOOP("explain", "{number} kB"),
    QT_TRANSLATE_NOOP("explain", "{number} MB"),
    QT_TRANSLATE_NOOP("explain", "{number} GB"),
    QT_TRANSLATE_NOOP("explain", "{number} TB"),
    QT_TRANSLATE_NOOP("explain", "{number} PB"),
    QT_TRANSLATE_NOOP("explain", "{number} EB"),
};
constexpr std::array kRateUnits{
    QT_TRANSLATE_NOOP("explain", "{number} kB/s"),
    QT_TRANSLATE_NOOP("explain", "{number} MB/s"),
    QT_TRANSLATE_NOOP("explain", "{number} GB/s"),
    QT_TRANSLATE_NOOP("explain", "{number} TB/s"),
    QT_TRANSLATE_NOOP("explain", "{number} PB/s"),
    QT_TRANSLATE_NOOP("explain", "{number} EB/s"),
};
// clang-format on

/// An amount of at least 1000, in the largest unit that leaves it at 1 or more once rounded.
template <size_t N>
QString inUnits(qint64 amount, const std::array<const char *, N> &units)
{
    double value = double(amount) / 1000.0;
    size_t unit = 0;
    while (unit + 1 < N && value >= 999.5) {
        value /= 1000.0;
        ++unit;
    }
    const int digits = value < 99.95 ? 1 : 0;
    return said(units.at(unit),
                {{QLatin1StringView("number"), QLocale().toString(value, 'f', digits)}});
}

QString whole(const char *unit, qint64 number)
{
    return said(unit, {{QLatin1StringView("number"), QLocale().toString(number)}});
}

/// "2 h 5 min", or "2 h" when nothing is left over.
QString twoUnits(const char *large, const char *small, qint64 total, qint64 ratio)
{
    const qint64 rest = total % ratio;
    if (rest == 0) {
        return whole(large, total / ratio);
    }
    return whole(large, total / ratio) + u' ' + whole(small, rest);
}

} // namespace

QString formatDay(const QDateTime &utc)
{
    static const QRegularExpression kWeekday(QStringLiteral("[,\u060C]?\\s*dddd[,\u060C]?\\s*"));
    const QLocale locale;
    const QString format = locale.dateFormat(QLocale::LongFormat).remove(kWeekday);
    return locale.toString(utc.toLocalTime().date(), format);
}

QString formatBytes(qint64 bytes)
{
    const qint64 amount = std::max<qint64>(bytes, 0);
    if (amount < 1000) {
        return counted(QT_TRANSLATE_NOOP("explain", "1 byte"),
                       QT_TRANSLATE_N_NOOP("explain", "%n bytes"), int(amount));
    }
    return inUnits(amount, kByteUnits);
}

QString formatRate(qint64 bytesPerSecond)
{
    const qint64 amount = std::max<qint64>(bytesPerSecond, 0);
    if (amount < 1000) {
        return whole(QT_TRANSLATE_NOOP("explain", "{number} B/s"), amount);
    }
    return inUnits(amount, kRateUnits);
}

QString formatDuration(std::chrono::seconds duration)
{
    const char *const days = QT_TRANSLATE_NOOP("explain", "{number} d");
    const char *const hours = QT_TRANSLATE_NOOP("explain", "{number} h");
    const char *const minutes = QT_TRANSLATE_NOOP("explain", "{number} min");
    const char *const seconds = QT_TRANSLATE_NOOP("explain", "{number} s");
    const std::chrono::seconds time = std::max(duration, 0s);
    if (time < 1min) {
        return whole(seconds, time.count());
    }
    if (time < 10min) {
        return twoUnits(minutes, seconds, time.count(), 60);
    }
    const auto wholeMinutes = std::chrono::round<std::chrono::minutes>(time);
    if (wholeMinutes < 1h) {
        return whole(minutes, wholeMinutes.count());
    }
    if (wholeMinutes < 24h) {
        return twoUnits(hours, minutes, wholeMinutes.count(), 60);
    }
    return twoUnits(days, hours, std::chrono::round<std::chrono::hours>(time).count(), 24);
}

QString amountOf(qint64 done, qint64 total)
{
    QString first = formatBytes(done);
    const QString second = formatBytes(total);
    const qsizetype unit = second.indexOf(u' ');
    const bool isSameUnit = unit > 0 && done >= 1000 && first.endsWith(second.mid(unit));
    if (isSameUnit) {
        first.chop(second.size() - unit);
    }
    return said(QT_TRANSLATE_NOOP("explain", "{done} of {total}"),
                {{QLatin1StringView("done"), first}, {QLatin1StringView("total"), second}});
}

} // namespace core
