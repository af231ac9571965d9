// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/arguments.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace cli {

namespace {

/// How many letters have to be changed, added or left out (Levenshtein).
qsizetype distanceOf(QByteArrayView from, QByteArrayView to)
{
    std::vector<qsizetype> row(size_t(to.size()) + 1);
    std::iota(row.begin(), row.end(), qsizetype(0));
    for (const char wanted : from) {
        qsizetype before = row[0]++;
        for (size_t j = 1; j < row.size(); ++j) {
            const qsizetype changed = before + (wanted == to.at(qsizetype(j) - 1) ? 0 : 1);
            before = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

/// The option that was probably meant; none where nothing is near.
const OptionRow *nearestOption(QByteArrayView typed, std::optional<Command> command)
{
    constexpr qsizetype kLongestTyped = 40;
    if (!typed.startsWith("--") || typed.size() > kLongestTyped) {
        return nullptr;
    }
    const QByteArray name = typed.sliced(2).toByteArray().toLower();
    const OptionRow *best = nullptr;
    qsizetype least = std::max<qsizetype>(1, name.size() / 3) + 1;
    for (const OptionRow &row : optionTable()) {
        const qsizetype distance = distanceOf(name, row.name);
        if (distance < least && (!command || takes(row, *command))) {
            least = distance;
            best = &row;
        }
    }
    return best;
}

/// Walks over the words once; the first thing that is wrong is kept. Not getopt_long(), which takes
/// an option cut short for the whole one, so that a new option could change what a script does.
class ArgumentParser {
public:
    explicit ArgumentParser(const QByteArrayList &words)
        : m_words(words)
    {
    }

    [[nodiscard]] Parsed<Arguments> parse();

private:
    void takeOption(const QByteArray &word);
    void takeLetters(const QByteArray &word);
    void takeOperand(const QByteArray &word);
    void add(const OptionRow &row, const std::optional<QByteArray> &attached);
    void checkCommand();
    void refuse(const QString &sentence);
    void refuseOption(const QByteArray &typed);

    const QByteArrayList &m_words;
    qsizetype m_at = 0;
    Arguments m_result;
    std::optional<UsageError> m_wrong;
};

Parsed<Arguments> ArgumentParser::parse()
{
    bool onlyOperands = false;
    while (m_at < m_words.size()) {
        const QByteArray &word = m_words.at(m_at++);
        if (onlyOperands || word == "-" || !word.startsWith('-')) {
            takeOperand(word);
        } else if (word == "--") {
            onlyOperands = true;
        } else if (word.startsWith("--")) {
            takeOption(word);
        } else {
            takeLetters(word);
        }
    }
    checkCommand();
    if (m_wrong) {
        return tl::unexpected(*m_wrong);
    }
    return m_result;
}

void ArgumentParser::takeOption(const QByteArray &word)
{
    const qsizetype equals = word.indexOf('=');
    const QByteArray name = word.first(equals < 0 ? word.size() : equals);
    if (const OptionRow *row = findOption(name.sliced(2))) {
        add(*row, equals < 0 ? std::nullopt : std::optional(word.sliced(equals + 1)));
    } else {
        refuseOption(name);
    }
}

/// "-qd" are two options; what follows the letter of one with a value is its value.
void ArgumentParser::takeLetters(const QByteArray &word)
{
    for (qsizetype i = 1; i < word.size(); ++i) {
        const QByteArray rest = word.sliced(i + 1);
        const OptionRow *row = findShortOption(word.at(i));
        if (row == nullptr) {
            refuseOption('-' + QString::fromLocal8Bit(word.sliced(i)).first(1).toLocal8Bit());
            return;
        }
        if (row->valueName != nullptr) {
            add(*row, rest.isEmpty() ? std::nullopt : std::optional(rest));
            return;
        }
        add(*row, std::nullopt);
    }
}

void ArgumentParser::takeOperand(const QByteArray &word)
{
    if (m_result.command) {
        m_result.operands.append(word);
    } else if (const CommandRow *row = findCommand(word)) {
        m_result.command = row->command;
    } else {
        refuse(Words::tr("There is no command %1. \"bhop help\" lists what there is.")
                   .arg(quoted(QString::fromLocal8Bit(word))));
    }
}

void ArgumentParser::add(const OptionRow &row, const std::optional<QByteArray> &attached)
{
    const bool takesValue = row.valueName != nullptr;
    if (row.repeat == Repeat::Once && takesValue && m_result.has(row.option)) {
        refuse(Words::tr("%1 was given twice; give it once.").arg(text(row.option)));
    } else if (!takesValue && attached) {
        refuse(Words::tr("%1 takes no value.").arg(text(row.option)));
    } else if (!takesValue || attached) {
        m_result.options.append({row.option, attached.value_or(QByteArray())});
    } else if (m_at < m_words.size()) {
        m_result.options.append({row.option, m_words.at(m_at++)});
    } else {
        refuse(Words::tr("%1 needs a value: %2.")
                   .arg(text(row.option), QString::fromUtf8(row.valueName)));
    }
}

/// Once the command is known: does it take these options?
void ArgumentParser::checkCommand()
{
    if (!m_result.command) {
        if (!m_result.has(Option::Help) && !m_result.has(Option::Version)) {
            refuse(Words::tr(
                "Say what to do, such as \"bhop get LINK\". \"bhop help\" lists the commands."));
        }
        return;
    }
    for (const auto &[option, value] : std::as_const(m_result.options)) {
        const bool isOutput = option == Option::Name && m_result.command == Command::Get;
        if (isOutput) { // as "put" and "resume" call it
            refuse(
                Words::tr("\"bhop get\" has no option --name; the name of the file is given with "
                          "-o."));
        } else if (!takes(rowOf(option), *m_result.command)) {
            refuse(Words::tr("\"bhop %2\" has no option %1. \"bhop help %2\" lists what it has.")
                       .arg(text(option), QLatin1StringView(rowOf(*m_result.command).name)));
        }
    }
}

void ArgumentParser::refuse(const QString &sentence)
{
    if (!m_wrong) {
        m_wrong = UsageError{sentence};
    }
}

void ArgumentParser::refuseOption(const QByteArray &typed)
{
    const QString help = m_result.command ? QStringLiteral("bhop help ") +
                                                QLatin1StringView(rowOf(*m_result.command).name)
                                          : QStringLiteral("bhop help");
    const QString shown = terminalText(QString::fromLocal8Bit(typed));
    if (const OptionRow *near = nearestOption(typed, m_result.command)) {
        refuse(Words::tr("There is no option %1; did you mean %2? \"%3\" lists what there is.")
                   .arg(shown, text(near->option), help));
    } else {
        refuse(Words::tr("There is no option %1. \"%2\" lists what there is.").arg(shown, help));
    }
}

} // namespace

bool Arguments::has(Option option) const
{
    return std::ranges::any_of(options, [option](const auto &o) { return o.first == option; });
}

std::optional<QString> Arguments::value(Option option) const
{
    const QByteArrayList all = values(option);
    return all.isEmpty() ? std::nullopt : std::optional(QString::fromLocal8Bit(all.last()));
}

QByteArrayList Arguments::values(Option option) const
{
    QByteArrayList found;
    for (const auto &[given, value] : options) {
        if (given == option) {
            found.append(value);
        }
    }
    return found;
}

Parsed<Arguments> parseArguments(const QByteArrayList &words)
{
    return ArgumentParser(words).parse();
}

QStringList textOf(const QByteArrayList &words)
{
    QStringList texts;
    for (const QByteArray &word : words) {
        texts.append(QString::fromLocal8Bit(word));
    }
    return texts;
}

QString text(Option option)
{
    const OptionRow &row = rowOf(option);
    const QString longName = QStringLiteral("--") + QString::fromLatin1(row.name);
    return row.shortName == 0 ? longName
                              : u'-' + QString(QLatin1Char(row.shortName)) + u'/' + longName;
}

} // namespace cli
