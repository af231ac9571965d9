// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/adopt_dialog.h"

#include "tests/support/pretty.h"
#include "tests/support/test_program.h"
#include "tests/ui/dialogs/dialog_rig.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTreeWidget>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

using AdoptRig = DialogRig<ui::AdoptDialog>;

const QString kFilm = u"/srv/films/film.mkv.part"_s;
const QString kSong = u"/srv/music/song.ogg.part"_s;
const QString kLinkOfFilm = u"https://host.example/film.mkv"_s;

DialogScript twoParts()
{
    DialogScript script;
    script.parts = {{.path = kFilm, .name = u"film.mkv"_s, .bytes = 1'200'000},
                    {.path = kSong, .name = u"song.ogg"_s, .bytes = 8'000}};
    return script;
}

QStringList namesIn(const AdoptRig &rig)
{
    const auto *tree = rig.find<QTreeWidget>("partsTree");
    QStringList names;
    for (int row = 0; row < tree->topLevelItemCount(); ++row) {
        names.append(tree->topLevelItem(row)->text(0));
    }
    return names;
}

} // namespace

class AdoptDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform has no window manager, and says so.
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not).*"_s));
    }

    void partsOfAllFoldersAreShownUntilOneIsNamed()
    {
        const AdoptRig rig(twoParts());
        QTRY_COMPARE(namesIn(rig), QStringList({u"film.mkv"_s, u"song.ogg"_s}));
        rig.find<QLineEdit>("folderEdit")->setText(u"/srv/music"_s);
        QTRY_COMPARE(namesIn(rig), QStringList{u"song.ogg"_s});
        rig.find<QLineEdit>("folderEdit")->setText(u"/srv/else"_s);
        QTRY_COMPARE(rig.said("found"), u"There are none in this folder."_s);
        rig.find<QLineEdit>("folderEdit")->clear();
        QTRY_COMPARE(namesIn(rig).size(), 2);
    }

    void whereThereAreNoneItIsSaid()
    {
        const AdoptRig rig;
        QTRY_COMPARE(rig.said("found"), u"There are none in the folders of the jobs."_s);
        QVERIFY(!rig.button("adoptButton")->isEnabled());
    }

    void aFolderThatIsNoneIsSaid()
    {
        const AdoptRig rig(twoParts());
        rig.find<QLineEdit>("folderEdit")->setText(u"music"_s);
        QTRY_VERIFY(rig.said("folderRemark").startsWith(u"Give the whole path"_s));
    }

    void thePartThatIsChosenIsTakenWithItsLink()
    {
        AdoptRig rig(twoParts());
        rig.show();
        QSignalSpy chosen(rig.dialog.get(), &ui::AdoptDialog::chosen);
        QTRY_COMPARE(rig.said("problem"), u"Paste the link that it came from."_s);
        QVERIFY(!rig.button("adoptButton")->isEnabled());
        auto *link = rig.find<QLineEdit>("linkEdit");
        link->setText(u"film"_s);
        QTRY_VERIFY(rig.said("problem").contains(u"“film”"_s));
        QVERIFY(!rig.button("adoptButton")->isEnabled());
        link->setText(kLinkOfFilm);
        QTRY_VERIFY(rig.button("adoptButton")->isEnabled());
        QTest::keyClick(link, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first(), QVariantList({kFilm, QUrl(kLinkOfFilm)}));
        QCOMPARE(link->text(), QString()); // each has its own
    }

    void whatWasTakenIsNotShownAnyMore()
    {
        AdoptRig rig(twoParts());
        QTRY_COMPARE(namesIn(rig).size(), 2);
        rig.script.parts.removeFirst();
        rig.dialog->look();
        QTRY_COMPARE(namesIn(rig), QStringList{u"song.ogg"_s});
    }

    void aRefusalIsSaid()
    {
        AdoptRig rig(twoParts());
        QTRY_COMPARE(namesIn(rig).size(), 2);
        rig.dialog->refuse({.kind = RefusalKind::NoLonePart, .subject = kFilm});
        QVERIFY(rig.said("problem").contains(kFilm));
    }
};

BELLHOP_TEST(AdoptDialogTest)
#include "tst_adopt_dialog.moc"
