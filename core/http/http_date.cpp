// SPDX-License-Identifier: Apache-2.0
#include "core/http/http_date.h"

#include "core/http/grammar.h"

#include <QTimeZone>

#include <algorithm>
#include <array>

namespace core {

namespace {

constexpr std::array<QByteArrayView, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<QByteArrayView, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                 "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr qsizetype kLongestDate = 64;

/// What was found of a date, each piece where it comes first (RFC 6265, 5.1.1).
struct Parts {
    std::optional<int> dayOfWeek; ///< from 1
    std::optional<int> year;
    bool isShortYear = false;
    std::optional<int> month;
    std::optional<int> day;
    std::optional<QTime> time;
    bool isLeapSecond = false;
    int offsetMinutes = 0;
};

/// The place in the list of the name that the word begins with, counted from 1.
template <size_t Size>
std::optional<int> placeIn(const std::array<QByteArrayView, Size> &names, QByteArrayView word)
{
    if (word.size() < 3) {
        return std::nullopt;
    }
    const auto found = std::ranges::find_if(
        names, [word](QByteArrayView each) { return isSame(word.first(3), each); });
    return found == names.end() ? std::nullopt : std::optional(int(found - names.begin()) + 1);
}

/// "8:49" or "08:49:37". The second 60 of a leap second is the first of the next minute.
void readTime(const QByteArray &word, Parts *parts)
{
    const QByteArrayList numbers = word.split(':');
    std::array<int, 3> values{};
    if (numbers.size() < 2 || numbers.size() > 3) {
        return;
    }
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const auto value = parseDecimal(numbers.at(i), 60);
        if (!value || numbers.at(i).size() > 2) {
            return;
        }
        values.at(size_t(i)) = int(*value);
    }
    parts->isLeapSecond = values[2] == 60;
    parts->time = QTime(values[0], values[1], parts->isLeapSecond ? 59 : values[2]);
}

void readNumber(QByteArrayView word, Parts *parts)
{
    const auto number = parseDecimal(word, 9999);
    if (!number || word.size() > 4) {
        return;
    }
    if (!parts->day && word.size() <= 2) {
        parts->day = int(*number);
    } else if (!parts->year && word.size() != 3) {
        parts->year = int(*number);
        parts->isShortYear = word.size() <= 2;
    }
}

/// "+0100" behind the time.
bool readOffset(const QByteArray &word, Parts *parts)
{
    const bool isOffset = word.size() == 5 && (word.front() == '+' || word.front() == '-') &&
                          parts->time && parseDecimal(word.sliced(1), 1400);
    if (isOffset) {
        const int number = word.sliced(1).toInt();
        parts->offsetMinutes = (number / 100 * 60 + number % 100) * (word.front() == '-' ? -1 : 1);
    }
    return isOffset;
}

/// The words of a date; a hyphen between two of them separates, one before a number does not.
QByteArrayList wordsOf(QByteArrayView value)
{
    QByteArray spaced;
    for (qsizetype at = 0; at < value.size(); ++at) {
        const char c = value.at(at);
        const bool isSign = (c == '+' || c == '-') && at > 0 && isOws(value.at(at - 1));
        spaced += isAlpha(c) || isDigit(c) || c == ':' || isSign ? c : ' ';
    }
    return spaced.simplified().split(' ');
}

Parts partsOf(QByteArrayView value)
{
    Parts parts;
    for (const QByteArray &word : wordsOf(value)) {
        if (!parts.time && word.contains(':')) {
            readTime(word, &parts);
        } else if (readOffset(word, &parts)) {
            continue;
        } else if (const auto month = placeIn(kMonths, word); month && !parts.month) {
            parts.month = month;
        } else if (const auto day = placeIn(kDays, word); day && !parts.dayOfWeek) {
            parts.dayOfWeek = day;
        } else {
            readNumber(word, &parts);
        }
    }
    return parts;
}

/// The same day of two neighbouring centuries never falls on the same day of the week, so the name
/// of the day tells which century is meant; else it is the one around now.
QDate dateOf(const Parts &parts)
{
    const auto inYear = [&parts](int year) { return QDate(year, *parts.month, *parts.day); };
    if (!parts.isShortYear) {
        return inYear(*parts.year);
    }
    for (const int century : {1900, 2000}) {
        if (parts.dayOfWeek && inYear(century + *parts.year).dayOfWeek() == *parts.dayOfWeek) {
            return inYear(century + *parts.year);
        }
    }
    constexpr int kFirstOfOldCentury = 70;
    return inYear(*parts.year + (*parts.year < kFirstOfOldCentury ? 2000 : 1900));
}

bool isAllDigits(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, isDigit);
}

} // namespace

std::optional<QDateTime> parseHttpDate(QByteArrayView value)
{
    constexpr int kFirstYear = 1601;
    value = trimmedOws(value);
    if (value.size() > kLongestDate || std::ranges::any_of(value, isControl)) {
        return std::nullopt;
    }
    const Parts parts = partsOf(value);
    if (!parts.day || !parts.month || !parts.year || !parts.time || !parts.time->isValid()) {
        return std::nullopt;
    }
    const QDate date = dateOf(parts);
    if (!date.isValid() || date.year() < kFirstYear) {
        return std::nullopt;
    }
    const qint64 seconds = (parts.isLeapSecond ? 1 : 0) - parts.offsetMinutes * 60;
    return QDateTime(date, *parts.time, QTimeZone::utc()).toUTC().addSecs(seconds);
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
