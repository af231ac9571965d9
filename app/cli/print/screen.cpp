// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/screen.h"

#include "app/cli/print/terminal_text.h"

#include <cerrno>

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace cli {

namespace {

constexpr int kDefaultWidth = 80;
constexpr int kNarrowest = 20;

bool canRedraw(int descriptor)
{
    const QByteArray kind = qgetenv("TERM");
    return ::isatty(descriptor) == 1 && !kind.isEmpty() && kind != "dumb";
}

/// errno, or 0.
int writeAll(int descriptor, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t wrote =
            ::write(descriptor, bytes.constData() + done, std::size_t(bytes.size() - done));
        if (wrote >= 0) {
            done += wrote;
            continue;
        }
        if (errno == EAGAIN) {
            pollfd ready{.fd = descriptor, .events = POLLOUT, .revents = 0};
            (void)::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

} // namespace

Screen::Screen(int out, int err, std::function<void()> onBroken)
    : m_out(out)
    , m_err(err)
    , m_onBroken(std::move(onBroken))
    , m_outIsTerminal(::isatty(out) == 1)
    , m_isLive(canRedraw(err))
{
}

Screen::~Screen()
{
    erase();
}

void Screen::print(const QString &text)
{
    printBytes(text.toLocal8Bit());
}

void Screen::printBytes(const QByteArray &bytes)
{
    erase();
    const int error = m_outError == 0 ? writeAll(m_out, bytes) : 0;
    if (error != 0) {
        m_outError = error;
        if (m_onBroken) {
            m_onBroken();
        }
    }
    draw();
}

void Screen::complain(const QString &text)
{
    erase();
    // Nobody can be told where this fails.
    (void)writeAll(m_err, text.toLocal8Bit());
    draw();
}

void Screen::setLive(const QStringList &lines)
{
    if (!m_isLive || (lines.isEmpty() && m_live.isEmpty())) {
        return;
    }
    m_live = lines;
    draw();
}

int Screen::width() const
{
    winsize size{};
    for (const int descriptor : {m_err, m_out}) {
        if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
            return std::max<int>(size.ws_col, kNarrowest);
        }
    }
    return kDefaultWidth;
}

void Screen::erase()
{
    if (m_drawn > 0) {
        (void)writeAll(m_err, eraser());
        m_drawn = 0;
    }
}

/// Takes the lines away that are drawn now, and shows the present ones, in one write: no flicker.
void Screen::draw()
{
    // One cell less than there are: a full line wraps on some terminals.
    const int room = width() - 1;
    QByteArray bytes = eraser();
    for (const QString &line : std::as_const(m_live)) {
        bytes += elided(line, room).toLocal8Bit() + '\n';
    }
    m_drawn = writeAll(m_err, bytes) == 0 ? m_live.size() : 0;
}

QByteArray Screen::eraser() const
{
    return m_drawn == 0 ? QByteArray() : "\x1b[" + QByteArray::number(m_drawn) + "A\r\x1b[J";
}

} // namespace cli
