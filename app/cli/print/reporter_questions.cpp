// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/json_lines.h"
#include "app/cli/print/reporter.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"

// What jobs ask, and what a check says of it.

namespace cli {

namespace {

/// "File 2 (b.iso): " or "Files 2, 4: ", those of which this is said; empty where that is plain.
QString whichOf(const QList<CheckedFile> &files, const core::CheckWords &words)
{
    QStringList numbers;
    QString name;
    for (const CheckedFile &file : files) {
        if (file.words == words && !file.name.isEmpty()) {
            numbers.append(QString::number(file.report.fileIndex + 1));
            name = file.name;
        }
    }
    if (numbers.size() < 2) {
        return numbers.isEmpty()
                   ? QString()
                   : Words::tr("File %1 (%2): ").arg(numbers.first(), terminalText(name));
    }
    return Words::tr("Files %1: ").arg(numbers.join(QStringLiteral(", ")));
}

} // namespace

void Reporter::problem(const core::JobSnapshot &job, const Questions &questions, Answers answers)
{
    if (m_format.json) {
        problemLines(job, questions);
        return;
    }
    m_screen->complain(answers == Answers::Listed ? withAnswers(job, questions)
                                                  : problemText(job, questions.first()));
}

void Reporter::otherProblem(const core::JobSnapshot &job, const QList<AskedFile> &files)
{
    if (!m_format.json) {
        m_screen->complain(otherProblemText(job, files));
    }
}

void Reporter::listProblem(const core::JobSnapshot &job, const Questions &questions)
{
    if (m_format.json) {
        problemLines(job, questions);
        return;
    }
    m_screen->print(withAnswers(job, questions));
}

void Reporter::listAlike(const core::JobIds &jobs)
{
    QStringList numbers;
    for (const core::JobId job : jobs) {
        numbers.append(core::text(job));
    }
    const QString all = numbers.join(u' ');
    m_screen->print((jobs.size() == 1
                         ? Words::tr("Job %1 asks the same. With its number too, one answer goes "
                                     "to both.")
                               .arg(all)
                         : Words::tr("%1 more jobs ask the same: %2\nWith their numbers too, one "
                                     "answer goes to all of them.")
                               .arg(QString::number(jobs.size()), all)) +
                    u'\n');
}

void Reporter::problemLines(const core::JobSnapshot &job, const Questions &questions)
{
    for (const QList<AskedFile> &files : questions) {
        for (const AskedFile &file : files) {
            line(job.state == core::JobState::Error ? errorLine(job.id, file.error, file.name)
                                                    : problemLine(job.id, file.error, file.name));
        }
    }
}

QString Reporter::withAnswers(const core::JobSnapshot &job, const Questions &questions) const
{
    const auto answers = [](const QList<AskedFile> &files, const QString &rows) {
        return factsText(files.first().error) + Words::tr("Answer with one of:") + u'\n' + rows;
    };
    const QList<AskedFile> &first = questions.first();
    QString text =
        problemText(job, first) + answers(first, answersText(job, errorsOf(first), m_style));
    for (const QList<AskedFile> &files : questions.sliced(1)) {
        text += otherProblemText(job, files) +
                answers(files, otherAnswersText(job, errorsOf(files), m_style));
    }
    return text;
}

void Reporter::checked(const QList<CheckedFile> &files, qsizetype others)
{
    QList<core::CheckWords> told;
    for (const CheckedFile &file : files) {
        if (m_format.json) {
            line(checkLine(file.report, file.words));
        } else if (!told.contains(file.words)) {
            told.append(file.words);
            tellCheck(file.words, whichOf(files, file.words));
        }
    }
    if (others > 0) {
        notice(files.first().report.job,
               Words::tr("%1 more files were not looked at.").arg(others));
    }
}

void Reporter::tellCheck(const core::CheckWords &words, const QString &which)
{
    const QString text = which + terminalText(words.text);
    if (words.verdict == core::CheckWords::Verdict::Good) {
        done(text);
    } else {
        m_screen->complain(text + u'\n');
    }
}

} // namespace cli
