// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/arguments.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"

#include <algorithm>

namespace cli {

namespace {

/// Walks over the words once. Each step either consumes words or says what is wrong with them.
class ArgumentParser {
public:
    explicit ArgumentParser(const QStringList &words)
        : m_words(words)
    {
    }

    [[nodiscard]] Parsed<Arguments> parse();

private:
    using Step = std::optional<UsageError>;

    [[nodiscard]] Step takeWord(const QString &word);
    [[nodiscard]] Step takeLong(const QString &word);
    [[nodiscard]] Step takeShorts(const QString &word);
    [[nodiscard]] Step takeOperand(const QString &word);
    [[nodiscard]] Step add(const OptionRow &row, const std::optional<QString> &attached);
    [[nodiscard]] Step checkCommands() const;

    const QStringList &m_words;
    qsizetype m_at = 0;
    bool m_onlyOperands = false;
    Arguments m_result;
};

UsageError unknownOption(const QString &word)
{
    return {Words::tr("There is no option %1. \"bhop help\" lists what there is.")
                .arg(terminalText(word))};
}

QString nameOf(Command command)
{
    return QLatin1StringView(rowOf(command).name);
}

Parsed<Arguments> ArgumentParser::parse()
{
    while (m_at < m_words.size()) {
        if (const Step wrong = takeWord(m_words.at(m_at++))) {
            return tl::unexpected(*wrong);
        }
    }
    if (const Step wrong = checkCommands()) {
        return tl::unexpected(*wrong);
    }
    return m_result;
}

ArgumentParser::Step ArgumentParser::takeWord(const QString &word)
{
    if (m_onlyOperands || word == u'-' || !word.startsWith(u'-')) {
        return takeOperand(word);
    }
    if (word == QLatin1StringView("--")) {
        m_onlyOperands = true;
        return std::nullopt;
    }
    return word.startsWith(QLatin1StringView("--")) ? takeLong(word) : takeShorts(word);
}

ArgumentParser::Step ArgumentParser::takeLong(const QString &word)
{
    const qsizetype equals = word.indexOf(u'=');
    const QStringView name = QStringView(word).mid(2, equals < 0 ? -1 : equals - 2);
    const std::optional<QString> attached =
        equals < 0 ? std::nullopt : std::optional(word.mid(equals + 1));
    if (const OptionRow *row = findOption(name)) {
        return add(*row, attached);
    }
    return unknownOption(QStringLiteral("--") + name.toString());
}

ArgumentParser::Step ArgumentParser::takeShorts(const QString &word)
{
    for (qsizetype i = 1; i < word.size(); ++i) {
        const OptionRow *row = findShortOption(word.at(i));
        if (row == nullptr) {
            return unknownOption(u'-' + word.mid(i, 1));
        }
        if (row->valueName != nullptr) {
            const QString rest = word.mid(i + 1);
            return add(*row, rest.isEmpty() ? std::nullopt : std::optional(rest));
        }
        if (const Step wrong = add(*row, std::nullopt)) {
            return wrong;
        }
    }
    return std::nullopt;
}

ArgumentParser::Step ArgumentParser::takeOperand(const QString &word)
{
    if (m_result.command) {
        m_result.operands.append(word);
        return std::nullopt;
    }
    const CommandRow *row = findCommand(word);
    if (row == nullptr) {
        return UsageError{Words::tr("There is no command %1. \"bhop help\" lists what there is.")
                              .arg(quoted(word))};
    }
    m_result.command = row->command;
    return std::nullopt;
}

ArgumentParser::Step ArgumentParser::add(const OptionRow &row,
                                         const std::optional<QString> &attached)
{
    if (row.repeat == Repeat::Once && row.valueName != nullptr && m_result.has(row.option)) {
        return UsageError{Words::tr("%1 was given twice; give it once.").arg(text(row.option))};
    }
    if (row.valueName == nullptr) {
        if (attached) {
            return UsageError{Words::tr("%1 takes no value.").arg(text(row.option))};
        }
        m_result.options.append({row.option, QString()});
        return std::nullopt;
    }
    if (!attached && m_at >= m_words.size()) {
        return UsageError{Words::tr("%1 needs a value: %2.")
                              .arg(text(row.option), QString::fromUtf8(row.valueName))};
    }
    m_result.options.append({row.option, attached ? *attached : m_words.at(m_at++)});
    return std::nullopt;
}

/// Once the command is known: does it take these options?
ArgumentParser::Step ArgumentParser::checkCommands() const
{
    if (!m_result.command) {
        if (m_result.has(Option::Help) || m_result.has(Option::Version)) {
            return std::nullopt;
        }
        return UsageError{Words::tr(
            "Say what to do, such as \"bhop get LINK\". \"bhop help\" lists the commands.")};
    }
    for (const auto &[option, value] : m_result.options) {
        const OptionRow &row = rowOf(option);
        if (takes(row, *m_result.command)) {
            continue;
        }
        return UsageError{
            Words::tr("\"bhop %2\" has no option %1. \"bhop help %2\" lists what it has.")
                .arg(text(option), nameOf(*m_result.command))};
    }
    return std::nullopt;
}

} // namespace

bool Arguments::has(Option option) const
{
    return std::ranges::any_of(options, [option](const auto &o) { return o.first == option; });
}

std::optional<QString> Arguments::value(Option option) const
{
    const QStringList all = values(option);
    return all.isEmpty() ? std::nullopt : std::optional(all.last());
}

QStringList Arguments::values(Option option) const
{
    QStringList found;
    for (const auto &[given, value] : options) {
        if (given == option) {
            found.append(value);
        }
    }
    return found;
}

Parsed<Arguments> parseArguments(const QStringList &words)
{
    return ArgumentParser(words).parse();
}

QString text(Option option)
{
    const OptionRow &row = rowOf(option);
    const QString longName = QStringLiteral("--") + QString::fromLatin1(row.name);
    return row.shortName == 0 ? longName
                              : u'-' + QString(QLatin1Char(row.shortName)) + u'/' + longName;
}

} // namespace cli
