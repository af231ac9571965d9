// SPDX-License-Identifier: Apache-2.0
#include "core/words/job_name.h"

#include "core/http/file_name.h"
#include "core/words/sentence.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <utility>

namespace core {

QString orderedName(const JobSpec &spec)
{
    if (!spec.name.isEmpty() || spec.files.size() < 2) {
        return spec.name;
    }
    const FileSpec &first = spec.files.first();
    const QString name = first.name.isEmpty() ? nameBefore(first.url) : first.name;
    return andMore(name, spec.files.size() - 1).left(kMaxJobNameLength);
}

namespace {

/// Where it is to come from or to go to, without its name.
QString addressOf(const JobError &error)
{
    return error.url
        .adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFilename | QUrl::RemoveQuery |
                  QUrl::RemoveFragment)
        .toDisplayString();
}

QString withWord(const char *sentence, const QString &word)
{
    return said(sentence, {{QLatin1StringView("word"), word}});
}

QString folderWords(const FileInQuestion &file)
{
    return withWord(QT_TRANSLATE_NOOP("explain", "in {word}"), file.folder);
}

QString addressWords(const FileInQuestion &file)
{
    return file.error.type == JobType::Upload
               ? withWord(QT_TRANSLATE_NOOP("explain", "to {word}"), addressOf(file.error))
               : withWord(QT_TRANSLATE_NOOP("explain", "from {word}"), addressOf(file.error));
}

QString numberWords(const FileInQuestion &file)
{
    return withWord(QT_TRANSLATE_NOOP("explain", "number {word}"),
                    QString::number(file.error.fileIndex + 1));
}

/// One word for each of files of one name, all of them different.
QStringList wordsFor(const QList<FileInQuestion> &alike)
{
    QStringList words;
    for (const auto wordsOfOne : {folderWords, addressWords, numberWords}) {
        words.clear();
        for (const FileInQuestion &file : alike) {
            words.append(wordsOfOne(file));
        }
        if (QSet<QString>(words.begin(), words.end()).size() == words.size()) {
            return words;
        }
    }
    for (qsizetype i = 0; i < words.size(); ++i) { // in several jobs, one as the other
        words[i] = withWord(QT_TRANSLATE_NOOP("explain", "number {word}"), QString::number(i + 1));
    }
    return words;
}

} // namespace

QStringList toldApart(const QList<FileInQuestion> &files)
{
    QHash<QString, QList<qsizetype>> byName;
    QStringList names;
    for (qsizetype i = 0; i < files.size(); ++i) {
        names.append(files.at(i).name);
        byName[files.at(i).jobName + u'/' + files.at(i).name].append(i);
    }
    for (const QList<qsizetype> &places : std::as_const(byName)) {
        QList<FileInQuestion> alike;
        for (const qsizetype i : places) {
            alike.append(files.at(i));
        }
        const QStringList words = places.size() > 1 ? wordsFor(alike) : QStringList();
        for (qsizetype i = 0; i < words.size(); ++i) {
            names[places.at(i)] += QStringLiteral(", ") + words.at(i);
        }
    }
    return names;
}

} // namespace core
