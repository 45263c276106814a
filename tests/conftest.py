import os
from pathlib import Path

import pytest

from service.config import Settings
from tests.fakes import FakeRuntime

ARTICLE = """Xã Tân Lập vượt khó
Ông Lò Văn Mẫu, Bí thư Đảng ủy xã Tân Lập, cho biết thu ngân sách sáu tháng đạt 64,5% kế hoạch năm.
Bà Hoàng Thị Thử nói: "Chỉ 3% số hộ còn nghèo"."""


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path / "data", allow_private_addresses=True, target="none", fetch_seconds=2.0)


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
def article():
    return ARTICLE


@pytest.fixture
def shared():
    """The reference folder; what needs it is skipped where there is none."""
    folder = os.environ.get("CHITIEU_SHARED")
    if not folder or not Path(folder).is_dir():
        pytest.skip("CHITIEU_SHARED names no reference folder")
    return Path(folder)
