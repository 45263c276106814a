import os
import time
from pathlib import Path

import pytest

from service import cli
from service.kept import KeptPages, Visit
from service.pipeline import Submission
from service.tidy import tidy_pages

DAY = 86_400


@pytest.fixture
def kept(settings):
    return KeptPages(settings.pages_dir)


def keep(kept, content, *, days=0.0):
    """Keeps a page that last came so many days ago."""
    name = kept.keep(content)
    age(kept, name, days)
    return name


def age(kept, name, days):
    moment = time.time() - days * DAY
    os.utime(kept._page(name), (moment, moment))


def visit(kept, url, page):
    kept.remember(Visit(url=url, page=page, charset=None, fetched_at="2024-07-11T00:00:00+00:00"))


def test_old_pages_that_no_article_was_made_of_go(runtime, kept):
    feed, late = keep(kept, b"<rss>1</rss>", days=31), keep(kept, b"<rss>2</rss>", days=29)
    done = tidy_pages(kept, runtime.store, days=30)
    assert (kept.has(feed), kept.has(late)) == (False, True)
    assert (done.deleted, done.kept) == (1, 1)
    assert 0 < done.deleted_bytes < 100


def test_a_page_that_comes_again_is_new(runtime, kept):
    feed = keep(kept, b"<rss>1</rss>", days=31)
    kept.keep(b"<rss>1</rss>")
    tidy_pages(kept, runtime.store, days=30)
    assert kept.has(feed)


@pytest.mark.parametrize("kind", ["html", "text"])
def test_what_an_article_was_made_of_stays_until_it_may_go(runtime, kept, article, kind):
    body = "".join(f"<p>{line}</p>" for line in article.split("\n"))
    page = f"<html><body><h1>Xã Tân Lập vượt khó</h1>{body}</body></html>".encode()
    given = Submission(html=page) if kind == "html" else Submission(text=article)
    record = runtime.process_and_save(given)
    [file] = kept.pages()
    age(kept, file.name, 400)
    tidy_pages(kept, runtime.store, days=30)
    assert runtime.origin(record.id) is not None
    tidy_pages(kept, runtime.store, days=30, articles=True)
    assert runtime.origin(record.id) is None


def test_visits_go_with_their_page(runtime, kept):
    visit(kept, "https://bao.vn/rss", keep(kept, b"<rss>1</rss>", days=31))
    visit(kept, "https://bao.vn/a.html", keep(kept, b"<html>a</html>"))
    assert tidy_pages(kept, runtime.store, days=30).visits == 1
    assert kept.recall("https://bao.vn/rss") is None
    assert kept.recall("https://bao.vn/a.html") is not None


def test_what_a_dead_process_left_half_written_goes(runtime, kept):
    folder = kept._page(keep(kept, b"<html>a</html>")).parent
    torn, fresh = folder / ".torn", folder / ".fresh"
    for path in (torn, fresh):
        path.write_bytes(b"half")
    os.utime(torn, (0, 0))
    tidy_pages(kept, runtime.store, days=30)
    assert (torn.exists(), fresh.exists()) == (False, True)


@pytest.mark.parametrize("name", ["notes", "ab" * 31, "AB" * 32, "ab" * 32 + ".old"])
def test_files_that_are_no_pages_stay(runtime, kept, name):
    folder = kept._page(keep(kept, b"<rss>1</rss>", days=31)).parent
    stray = folder / f"{name}.gz"
    stray.write_bytes(b"mine")
    os.utime(stray, (0, 0))
    done = tidy_pages(kept, runtime.store, days=30)
    assert (done.deleted, done.kept) == (1, 0)
    assert stray.exists()


def test_torn_files_that_another_tidy_takes_first(kept, monkeypatch):
    folder = kept._page(keep(kept, b"<html>a</html>")).parent
    for name in (".one", ".two"):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (0, 0))
    glob = Path.glob

    def found_and_gone(self, pattern):
        paths = list(glob(self, pattern))
        if pattern == "??/.*":
            (folder / ".one").unlink()
        return paths

    monkeypatch.setattr(Path, "glob", found_and_gone)
    kept.delete_torn(time.time())
    assert not (folder / ".two").exists()


def test_a_folder_that_is_not_there(runtime, kept):
    assert (
        str(tidy_pages(kept, runtime.store, days=30)) == "deleted: 0 pages (0.0 MB), 0 visits\nkept: 0 pages (0.0 MB)"
    )


def test_the_command(settings, kept, monkeypatch, capsys):
    monkeypatch.setenv("CHITIEU_DATA_DIR", str(settings.data_dir))
    keep(kept, b"<rss>1</rss>", days=3)
    assert cli.main(["tidy"]) == 0
    assert "deleted: 0 pages" in capsys.readouterr().out
    assert cli.main(["tidy", "--days", "2"]) == 0
    assert "deleted: 1 pages" in capsys.readouterr().out


@pytest.mark.parametrize("days", ["0", "-1", "x"])
def test_what_is_no_number_of_days(days):
    with pytest.raises(SystemExit):
        cli.main(["tidy", "--days", days])
