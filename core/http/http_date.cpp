// SPDX-License-Identifier: Apache-2.0
#include "core/http/http_date.h"

#include "core/http/grammar.h"

#include <QTimeZone>

#include <algorithm>
#include <array>

namespace core {

namespace {

constexpr std::array<QByteArrayView, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<QByteArrayView, 7> kLongDays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                  "Friday", "Saturday", "Sunday"};
constexpr std::array<QByteArrayView, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Reads a text from the left. Once a piece does not fit, nothing fits any more.
class Reader {
public:
    explicit Reader(QByteArrayView text)
        : m_rest(text)
    {
    }

    void literal(QByteArrayView expected)
    {
        if (m_rest.startsWith(expected)) {
            m_rest = m_rest.sliced(expected.size());
        } else {
            m_fits = false;
        }
    }

    int digits(qsizetype count)
    {
        if (m_rest.size() < count) {
            m_fits = false;
            return 0;
        }
        const auto value = parseDecimal(m_rest.first(count), 9999);
        m_fits = m_fits && value.has_value();
        m_rest = m_rest.sliced(count);
        return int(value.value_or(0));
    }

    /// The place in the list of the name that comes next, counted from 1.
    template <size_t Size>
    int oneOf(const std::array<QByteArrayView, Size> &names)
    {
        const auto found = std::ranges::find_if(
            names, [this](QByteArrayView each) { return m_rest.startsWith(each); });
        if (found == names.end()) {
            m_fits = false;
            return 0;
        }
        m_rest = m_rest.sliced(found->size());
        return int(found - names.begin()) + 1;
    }

    [[nodiscard]] bool startsWith(char c) const { return m_rest.startsWith(c); }
    /// Everything fitted and nothing is left.
    [[nodiscard]] bool isDone() const { return m_fits && m_rest.isEmpty(); }

private:
    QByteArrayView m_rest;
    bool m_fits = true;
};

struct Parts {
    int dayOfWeek = 0;
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

void readTimeOfDay(Reader *in, Parts *parts)
{
    parts->hour = in->digits(2);
    in->literal(":");
    parts->minute = in->digits(2);
    in->literal(":");
    parts->second = in->digits(2);
}

/// A day of the week that contradicts the date means that one of them is wrong: then we know
/// neither. The second 60 of a leap second is the first of the next minute.
std::optional<QDateTime> dateTimeOf(const Parts &parts)
{
    const QDate date(parts.year, parts.month, parts.day);
    const bool isLeapSecond = parts.second == 60;
    const QTime time(parts.hour, parts.minute, isLeapSecond ? 59 : parts.second);
    if (!date.isValid() || date.dayOfWeek() != parts.dayOfWeek || !time.isValid()) {
        return std::nullopt;
    }
    return QDateTime(date, time, QTimeZone::utc()).toUTC().addSecs(isLeapSecond ? 1 : 0);
}

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::optional<QDateTime> parseFixDate(QByteArrayView value)
{
    Reader in(value);
    Parts parts;
    parts.dayOfWeek = in.oneOf(kDays);
    in.literal(", ");
    parts.day = in.digits(2);
    in.literal(" ");
    parts.month = in.oneOf(kMonths);
    in.literal(" ");
    parts.year = in.digits(4);
    in.literal(" ");
    readTimeOfDay(&in, &parts);
    in.literal(" GMT");
    return in.isDone() ? dateTimeOf(parts) : std::nullopt;
}

/// "Sunday, 06-Nov-94 08:49:37 GMT". The same day of two neighbouring centuries never falls on the
/// same day of the week, so the name of the day tells which century is meant.
std::optional<QDateTime> parseRfc850Date(QByteArrayView value)
{
    Reader in(value);
    Parts parts;
    parts.dayOfWeek = in.oneOf(kLongDays);
    in.literal(", ");
    parts.day = in.digits(2);
    in.literal("-");
    parts.month = in.oneOf(kMonths);
    in.literal("-");
    const int yearOfCentury = in.digits(2);
    in.literal(" ");
    readTimeOfDay(&in, &parts);
    in.literal(" GMT");
    if (!in.isDone()) {
        return std::nullopt;
    }
    for (const int century : {1900, 2000}) {
        parts.year = century + yearOfCentury;
        if (const auto date = dateTimeOf(parts)) {
            return date;
        }
    }
    return std::nullopt;
}

/// "Sun Nov  6 08:49:37 1994"
std::optional<QDateTime> parseAsctimeDate(QByteArrayView value)
{
    Reader in(value);
    Parts parts;
    parts.dayOfWeek = in.oneOf(kDays);
    in.literal(" ");
    parts.month = in.oneOf(kMonths);
    in.literal(" ");
    if (in.startsWith(' ')) {
        in.literal(" ");
        parts.day = in.digits(1);
    } else {
        parts.day = in.digits(2);
    }
    in.literal(" ");
    readTimeOfDay(&in, &parts);
    in.literal(" ");
    parts.year = in.digits(4);
    return in.isDone() ? dateTimeOf(parts) : std::nullopt;
}

bool isAllDigits(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, isDigit);
}

} // namespace

std::optional<QDateTime> parseHttpDate(QByteArrayView value)
{
    value = trimmedOws(value);
    for (const auto parse : {parseFixDate, parseRfc850Date, parseAsctimeDate}) {
        if (const auto date = parse(value)) {
            return date;
        }
    }
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> parseRetryAfter(QByteArrayView value,
                                                         const QDateTime &nowUtc)
{
    using std::chrono::milliseconds;
    using std::chrono::seconds;
    const milliseconds longest = kLongestRetryAfter;

    value = trimmedOws(value);
    if (isAllDigits(value)) {
        // A number too large to read is a number larger than the longest wait.
        const auto delay = parseDecimal(value, seconds(kLongestRetryAfter).count());
        return delay ? milliseconds(seconds(*delay)) : longest;
    }
    if (const auto date = parseHttpDate(value)) {
        return std::clamp(milliseconds(nowUtc.msecsTo(*date)), milliseconds(0), longest);
    }
    return std::nullopt;
}

} // namespace core
