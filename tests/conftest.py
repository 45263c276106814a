import os
from pathlib import Path

import pytest

from service.config import Settings
from tests.fakes import FakeRuntime
from tests.site import Site

ARTICLE = """Xã Tân Lập vượt khó
Ông Lò Văn Mẫu, Bí thư Đảng ủy xã Tân Lập, cho biết thu ngân sách sáu tháng đạt 64,5% kế hoạch năm.
Bà Hoàng Thị Thử nói: "Chỉ 3% số hộ còn nghèo"."""


@pytest.fixture
def settings(tmp_path):
    quick = {"fetch_seconds": 2.0, "fetch_retry_seconds": 0.0, "fetch_delay_seconds": 0.0}
    return Settings(data_dir=tmp_path / "data", allow_private_addresses=True, target="none", **quick)


@pytest.fixture
def runtime(settings):
    made = FakeRuntime(settings)
    yield made
    made.close()


@pytest.fixture
def app(runtime):
    from service import create_app

    return create_app(runtime)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def site():
    """A web site on this machine, empty at first."""
    made = Site()
    yield made
    made.close()


@pytest.fixture
def article():
    return ARTICLE


@pytest.fixture
def shared():
    """The reference folder; what needs it is skipped where there is none."""
    folder = os.environ.get("CHITIEU_SHARED")
    if not folder or not Path(folder).is_dir():
        pytest.skip("CHITIEU_SHARED names no reference folder")
    return Path(folder)
