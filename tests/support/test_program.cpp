// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_program.h"

#include <QFileInfo>

#include <sys/stat.h>

#include <cstdio>
#include <vector>

namespace {

std::vector<const TestEntry *> &entries()
{
    static std::vector<const TestEntry *> all;
    return all;
}

int runAll(const QStringList &arguments)
{
    int failed = 0;
    for (const TestEntry *entry : entries()) {
        failed += entry->isTest() ? entry->run(arguments) : 0;
    }
    return failed;
}

int usage(const QString &unknown)
{
    std::fprintf(stderr, "There is no %s here. There are:\n", qPrintable(unknown));
    for (const TestEntry *entry : entries()) {
        std::fprintf(stderr, "    %s\n", qPrintable(entry->name()));
    }
    return 2;
}

} // namespace

TestEntry::TestEntry(const char *name, Run function, bool isTest)
    : m_name(name)
    , m_run(function)
    , m_isTest(isTest)
{
    entries().push_back(this);
}

QString TestEntry::name() const
{
    return QFileInfo(QString::fromUtf8(m_name)).baseName();
}

int runTestProgram(const QStringList &arguments)
{
    ::umask(022); // what tests make has the same rights everywhere, and so has what they start
    if (arguments.size() < 2 || arguments.at(1).startsWith(u'-')) {
        return runAll(arguments);
    }
    for (const TestEntry *entry : entries()) {
        if (entry->name() == arguments.at(1)) {
            QStringList rest = arguments;
            rest.removeAt(1);
            return entry->run(rest);
        }
    }
    return usage(arguments.at(1));
}
