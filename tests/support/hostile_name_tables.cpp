// SPDX-License-Identifier: Apache-2.0
#include "tests/support/hostile_name_tables.h"

namespace {

QByteArray repeated(const char *text, int times)
{
    return QByteArray(text).repeated(times);
}

QList<QByteArray> wayfarers(const QByteArray &watched)
{
    return {"../victim.txt",
            "../../victim.txt",
            "../../../../../../tmp/bellhop-was-here.txt",
            "..\\victim.txt",
            "..\\..\\victim.txt",
            "a/../../victim.txt",
            "./../victim.txt",
            "..././victim.txt",
            "....//victim.txt",
            "%2e%2e%2fvictim.txt",
            "%2e%2e/victim.txt",
            "..%2fvictim.txt",
            "..%5cvictim.txt",
            "%252e%252e%252fvictim.txt",
            "..%c0%afvictim.txt",
            "..\xc0\xafvictim.txt",
            "..\xe2\x88\x95victim.txt",
            "..\xef\xbc\x8fvictim.txt",
            "/etc/bellhop-was-here.txt",
            "//etc/bellhop-was-here.txt",
            "C:\\bellhop-was-here.txt",
            "\\\\server\\share\\a.txt",
            "file:///etc/bellhop-was-here.txt",
            "~/a.txt",
            "~root",
            "~",
            watched + "/victim.txt",
            "/" + watched + "/victim.txt",
            watched + "/sub/../victim.txt",
            "sub/a.txt",
            "sub\\a.txt",
            "sub/",
            "sub/.",
            "sub/..",
            "..",
            ".",
            "...",
            "....",
            "/",
            "\\",
            "../",
            "..\\",
            "",
            " ",
            ". .",
            "-rf",
            "--help"};
}

QList<QByteArray> unseen()
{
    return {QByteArray("a\0b.txt", 7), QByteArray("a.txt\0.jpg", 10), "a\rb.txt", "a\nb.txt",
            "a\r\nSet-Cookie: x=y\r\n.txt", "a\tb.txt", "\x1b[2Ja.txt", "a\x7f.txt",
            "a\x08\x08"
            "b.txt",
            "invoice\xe2\x80\xae"
            "fdp.exe",
            "\xe2\x81\xa6"
            "a\xe2\x81\xa9.txt",
            "\xd8\x9c"
            "a.txt",
            "\xe2\x80\x8b.bashrc", ".\xe2\x80\x8b.bashrc",
            "a\xe2\x80\x8d"
            "b\xe2\x80\x8c.txt",
            "\xef\xbb\xbf"
            "a.txt",
            "a\xc2\xad.txt", "a\xf3\xa0\x81\x81.txt",
            "a\xc2\x9b"
            "31m.txt",
            "a\xe2\x80\xa8"
            "b\xe2\x80\xa9.txt",
            "\xe3\x85\xa4", "\xe2\xa0\x80.txt",
            // Not UTF-8: half a character, an overlong one, half a surrogate pair, Latin-1.
            "a\xc3", "\xff\xfe.txt", "a\xed\xa0\x80.txt", "\xf8\x88\x80\x80\x80.txt", "caf\xe9.txt",
            "\x80\x81\x82"};
}

QList<QByteArray> unwelcome()
{
    return {"CON",
            "con.txt",
            "NUL.txt",
            "nul",
            "COM1",
            "com1.tar.gz",
            "LPT\xc2\xb9.txt",
            "aux.h",
            "CONIN$",
            "con .txt",
            "prn.",
            ".con",
            "c\xe2\x80\x8bon",
            "CLOCK$",
            "a.",
            "a ",
            "a. .",
            "a.txt...",
            "a.txt\xe3\x80\x80",
            "a.txt::$DATA",
            "a.txt:stream",
            ".bashrc",
            "..bashrc",
            ".ssh/authorized_keys",
            ".htaccess",
            " .profile",
            ".\t.profile",
            "desktop.ini",
            "Thumbs.db",
            "autorun.inf",
            "a.desktop",
            "a.exe",
            "a.lnk",
            "film.bin.part",
            "film.bin",
            "film.bin.2.part",
            "a.part",
            ".part",
            "a.part.old",
            "$(touch x).txt",
            "`touch x`.txt",
            "; rm -rf ~",
            "a|b",
            "a&b",
            "a>b<c",
            "*",
            "?",
            "a*?.txt",
            "'a'.txt",
            "\"",
            "a\"b.txt",
            "a\\\"b.txt",
            "%s%n.txt",
            "%",
            "%zz.txt",
            "%00.txt",
            "<img src=x onerror=alert(1)>.html",
            "<b>a</b>.txt",
            "&lt;a&gt;.txt",
            "a;b.txt",
            "=?UTF-8?B?Li4vdmljdGltLnR4dA==?=",
            "=?UTF-8?Q?..=2Fvictim.txt?=",
            "=?x-no?B?AAAA?=",
            "taken.txt",
            "taken-folder",
            "taken-link",
            "taken-pipe",
            "dangling-link"};
}

QList<QByteArray> tooLong()
{
    return {repeated("a", 300),
            repeated("a", 300) + ".txt",
            "a." + repeated("b", 300),
            repeated("a", 251) + ".txt",
            repeated("a", 255),
            repeated("a", 256),
            repeated("a", 239),
            repeated("\xf0\x9f\x98\x80", 75),
            repeated("\xf0\x9f\x98\x80", 75) + ".txt",
            repeated("\xe6\xbc\xa2", 100) + ".tar.gz",
            "x" + repeated("\xf0\x9f\x98\x80", 75),
            "a" + repeated("\xcc\x88", 150) + ".txt",
            repeated("e\xcc\x81", 100) + ".txt",
            repeated(".", 300),
            repeated(" ", 300),
            repeated("a.", 150),
            repeated("../", 100) + "a.txt",
            "a.txt" + repeated(" ", 300),
            "a" + repeated(" ", 300) + ".exe",
            repeated("a", 3000),
            repeated("a", 230) + ".part",
            repeated("\xe2\x80\xae", 100) + "a.txt"};
}

} // namespace

QList<QByteArray> namesThatMeanHarm(const QByteArray &watched)
{
    return wayfarers(watched) + unseen() + unwelcome() + tooLong();
}

QList<QByteArray> brokenHeaders()
{
    return {"",
            ";",
            "attachment",
            "attachment;",
            "attachment; filename",
            "attachment; filename=",
            "attachment; filename=\"",
            "attachment; filename=\"\"",
            "attachment; filename=\"../v.txt",
            "attachment; filename=../v.txt\"",
            "filename=../v.txt",
            "; filename=../v.txt",
            "attachment; filename=\"a;b/../c.txt\"; x=y",
            "attachment; filename=\"a\\\"/../b.txt\"",
            "attachment; filename=a.txt; filename=../v.txt",
            "attachment; filename=a b/../c.txt",
            "attachment; filename=\"a.txt\"; filename*=UTF-8''..%2Fv.txt",
            "attachment; filename*=UTF-8''..%2Fv.txt; filename=\"a.txt\"",
            "attachment; filename*=..%2Fv.txt",
            "attachment; filename*=UTF-8'..%2Fv.txt",
            "attachment; filename*=''..%2Fv.txt",
            "attachment; filename*=utf-16''%00.%00.%00%2F",
            "attachment; filename*=iso-8859-1''..%2F%E9.txt",
            "attachment; filename*=x-none''..%2Fv",
            "attachment; filename*=UTF-8''%c0%ae%c0%ae%2Fv.txt",
            "attachment; filename*=UTF-8''%",
            "attachment; filename*=UTF-8''%2",
            "attachment; filename*=UTF-8''%zz",
            "attachment; filename*=UTF-7''+AC4ALgAv-v.txt",
            "attachment; filename*0=\"../\"; filename*1=\"v.txt\"",
            "attachment; filename*0*=UTF-8''..%2F; filename*1*=v.txt",
            "attachment; FILENAME=\"../v.txt\"",
            "attachment; filename = \"../v.txt\"",
            "attachment;filename='../v.txt'",
            "inline; filename=../v.txt",
            "\"; filename=../v.txt",
            "attachment; filename=\"=?UTF-8?B?Li4vdi50eHQ=?=\"",
            "attachment; filename==?UTF-8?B?!!?=",
            "attachment; filename=\"" + repeated("../", 4000) + "v.txt\"",
            "attachment; " + repeated("x=y; ", 1500) + "filename=../v.txt"};
}
