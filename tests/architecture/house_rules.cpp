// SPDX-License-Identifier: Apache-2.0
#include "tests/architecture/house_rules.h"

using namespace Qt::StringLiterals;

namespace {

QRegularExpression pattern(const char *text)
{
    return QRegularExpression(QString::fromLatin1(text));
}

} // namespace

QList<Room> rooms()
{
    return {
        // The bottom of the engine: values and pure rules.
        {"core", {}, {}},
        {"core/system", {}, {}},
        {"core/job", {}, {}},
        {"core/http", {}, {}},
        // What knows the disk and the store, and what may go wrong.
        {"core/disk", {"core/job"}, {"core/system/work_thread.h"}},
        {"core/store",
         {"core/job", "core/http"},
         {"core/disk/descriptor.h", "core/system/work_thread.h"}},
        {"core/remedy", {"core/job", "core/http", "core/disk"}, {}},
        {"core/notify", {"core/job"}, {"core/system/clock.h"}},
        {"core/keyring",
         {"core/job"},
         {"core/http/headers.h", "core/system/clock.h", "core/system/when_ready.h"}},
        {"core/log", {"core/job", "core/disk", "core/remedy"}, {"core/system/work_thread.h"}},
        {"core/transfer/exchange",
         {"core/job", "core/http", "core/remedy"},
         {"core/system/clock.h"}},
        {"core/transfer/file",
         {"core/job", "core/disk", "core/remedy"},
         {"core/system/clock.h", "core/system/when_ready.h"}},
        {"core/transfer",
         {"core/job", "core/http", "core/disk", "core/remedy", "core/transfer/exchange",
          "core/transfer/file"},
         {"core/system/clock.h", "core/system/when_ready.h"}},
        // What puts them together.
        {"core/queue",
         {"core/job", "core/http", "core/disk", "core/store", "core/remedy", "core/transfer",
          "core/transfer/exchange"},
         {"core/keyring/job_secrets.h", "core/system/clock.h", "core/system/connectivity.h",
          "core/system/mapped_future.h", "core/system/when_ready.h"}},
        {"core/service",
         {"core/job", "core/http", "core/disk", "core/store", "core/remedy", "core/notify",
          "core/keyring", "core/log", "core/transfer", "core/transfer/exchange", "core/queue"},
         {"core/system/clock.h", "core/system/when_ready.h", "core/system/system_clock.h",
          "core/system/system_network.h", "core/system/sleep_inhibitor.h",
          "core/system/own_addresses.h"}},
        // The service, over a socket.
        {"core/remote",
         {"core/job", "core/service"},
         {"core/disk/descriptor.h", "core/store/state_folder.h", "core/system/when_ready.h"}},
        // What people read. Nothing that decides knows of it.
        {"core/words",
         {"core/job", "core/http", "core/remedy", "core/store", "core/service"},
         {"core/system/process_limits.h"}},

        // The window sees the service, the values that travel with it, and the words.
        {"ui/models",
         {"core/job", "core/remedy", "core/service", "core/words"},
         {"core/system/clock.h"}},
        {"ui/views",
         {"core/job", "core/service", "core/words", "ui/models"},
         {"core/system/clock.h"}},
        {"ui/dialogs",
         {"core/job", "core/remedy", "core/service", "core/words", "ui/models", "ui/views"},
         {"core/http/curl_command.h", "core/http/link.h"}}, // what is pasted is read there
        {"ui/actions",
         {"core/job", "core/remedy", "core/service", "core/words", "ui/models", "ui/views",
          "ui/dialogs"},
         {"core/system/clock.h", "core/http/curl_command.h"}}, // the clipboard is read there
        {"ui/tray",
         {"core/job", "core/remedy", "core/service", "core/words", "ui/models", "ui/views",
          "ui/actions"},
         {}},
        {"ui",
         {"core/service", "core/words", "ui/models", "ui/views", "ui/actions", "ui/tray"},
         {"core/system/clock.h"}},

        // The programs begin the log and the engine, and read links and headers as the engine does.
        {"app/cli/print",
         {"core/job", "core/remedy", "core/words"},
         {"core/service/job_service.h", "core/system/when_ready.h"}},
        {"app/cli/args",
         {"core/job", "core/words", "app/cli/print"},
         {"core/http/headers.h", "core/http/link.h", "core/http/origin.h", "core/remedy/fix.h",
          "core/service/messages.h"}},
        {"app/cli/follow",
         {"core/job", "core/remedy", "core/service", "core/words", "app/cli/args", "app/cli/print"},
         {"core/system/when_ready.h"}},
        {"app/cli",
         {"core/words", "core/remote", "core/service", "app/cli/args", "app/cli/follow",
          "app/cli/print"},
         {"core/keyring/desktop_keyring.h", "core/keyring/keyring.h", "core/log/log.h",
          "core/log/qt_messages.h", "core/system/background.h", "core/system/process_limits.h",
          "core/system/termination_signals.h", "core/system/when_ready.h"}},
        {"app/desktop",
         {"core/service", "core/remote", "core/words", "ui", "ui/actions", "ui/tray"},
         {"core/disk/descriptor.h", "core/keyring/desktop_keyring.h", "core/log/log.h",
          "core/log/qt_messages.h", "core/store/state_folder.h", "core/system/process_limits.h",
          "core/system/system_clock.h", "core/system/termination_signals.h",
          "core/system/when_ready.h"}},
    };
}

QList<Ban> bans()
{
    return {
        {.name = u"ignoreSslErrors"_s,
         .where = {u"core"_s, u"ui"_s, u"app"_s},
         .pattern = pattern(R"(\bignoreSslErrors\b)"),
         .instead = u"core/transfer/exchange/certificate_check.cpp alone decides whom to trust"_s,
         .exceptions = {{u"core/transfer/exchange/certificate_check.cpp"_s, 1}}},
        {.name = u"a nested event loop"_s,
         .where = {u"core"_s, u"ui"_s, u"app"_s},
         .pattern = pattern(R"(\bQEventLoop\b|\bprocessEvents\b|\bQCoro::waitFor\b)"),
         .instead = u"listen for what is to happen, or await it"_s},
        // In core/store it is the exec() of a query.
        {.name = u"exec()"_s,
         .where = {u"core/disk"_s, u"core/http"_s, u"core/job"_s, u"core/log"_s, u"core/notify"_s,
                   u"core/queue"_s, u"core/remedy"_s, u"core/remote"_s, u"core/service"_s,
                   u"core/transfer"_s, u"core/words"_s, u"ui"_s, u"app"_s},
         .pattern = pattern(R"(\bexec\s*\()"),
         .instead = u"open() a dialog and listen for its end; only a program's main() has a loop"_s,
         .exceptions = {{u"app/cli/main.cpp"_s, 1}, {u"app/desktop/main.cpp"_s, 1}}},
        {.name = u"then() of a QFuture"_s,
         .where = {u"core"_s},
         .pattern = pattern(R"(\.then\s*\()"),
         .instead = u"core/system/mapped_future.h: in Qt 6.4 a continuation may run twice"_s},
        {.name = u"a dialog that waits for its answer"_s,
         .where = {u"ui"_s, u"app"_s},
         .pattern = pattern(
             R"(\bQMessageBox::(question|warning|information|critical|about)\s*\(|\bQFileDialog::get|\bQInputDialog::get|\bQColorDialog::get)"),
         .instead = u"make the dialog, open() it and listen"_s},
        {.name = u"a sleep"_s,
         .where = {u"core"_s, u"ui"_s, u"app"_s},
         .pattern = pattern(R"(\b(QThread::)?[mu]?sleep\s*\(|\bsleep_(for|until)\b|\bnanosleep\b)"),
         .instead = u"waiting is a state with a due time, and a timer of the clock"_s},
        {.name = u"using namespace"_s,
         .where = {u"core"_s, u"ui"_s, u"app"_s, u"tests"_s},
         .pattern = pattern(R"(^\s*using\s+namespace\b)"),
         .instead = u"whoever includes the header gets it too; write the name out"_s,
         .files = Ban::Files::Headers},
        {.name = u"a throw"_s,
         .where = {u"core"_s, u"ui"_s, u"app"_s},
         .pattern = pattern(R"(\bthrow\b)"),
         .instead = u"errors are values: return a Result"_s},
        {.name = u"a single instance of its own"_s,
         .where = {u"core"_s, u"ui"_s, u"app"_s},
         .pattern = pattern(R"(\bQ_GLOBAL_STATIC\b|\bstatic\s+[\w:]+\s*[&*]\s*instance\s*\()"),
         .instead = u"whoever needs it takes it in the constructor"_s},
        {.name = u"a sentence outside of core/words"_s,
         .where = {u"core/disk"_s, u"core/http"_s, u"core/job"_s, u"core/log"_s, u"core/notify"_s,
                   u"core/queue"_s, u"core/remedy"_s, u"core/remote"_s, u"core/service"_s,
                   u"core/store"_s, u"core/system"_s, u"core/transfer"_s},
         .pattern = pattern(R"(\bQT_TRANSLATE_(N_)?NOOP\b|\btranslate\s*\(|\btr\s*\()"),
         .instead = u"say what kind it is and what is known of it; core/words has the sentence"_s,
         // It compares what Qt said.
         .exceptions = {{u"core/remedy/diagnose.cpp"_s, 2}}},
        {.name = u"a message without a category"_s,
         .where = {u"core"_s, u"ui"_s, u"app"_s},
         .pattern = pattern(R"(\bq(Debug|Info|Warning|Critical)\s*\()"),
         .instead = u"log it in a category, so that it can be turned off"_s},
    };
}

QList<LongFile> longFiles()
{
    return {};
}
