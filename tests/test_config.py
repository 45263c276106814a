from pathlib import Path

import pytest

from service.config import ConfigError, Settings, describe, read_settings

PUBLISHED = Path(__file__).parent.parent / "docs" / "configuration.md"


def test_settings_come_from_the_environment():
    given = {
        "CHITIEU_DATA_DIR": "/srv/chitieu",
        "CHITIEU_PORT": "9000",
        "CHITIEU_FETCH_SECONDS": "2.5",
        "CHITIEU_ALLOW_PRIVATE_ADDRESSES": "true",
        "CHITIEU_TRANSLATION_ENGINES": "local, deepl",
        "CHITIEU_CONTACT": "",
        "HOME": "/root",
    }
    settings = read_settings(given)
    assert settings.data_dir == Path("/srv/chitieu")
    assert settings.models_dir == Path("/srv/chitieu/models")
    assert settings.port == 9000
    assert settings.fetch_seconds == 2.5
    assert settings.allow_private_addresses is True
    assert settings.translation_engines == ("local", "deepl")
    assert settings.store_url == "sqlite:////srv/chitieu/chitieu.sqlite"
    assert settings.queue_url == "sqlite:////srv/chitieu/jobs.sqlite"


def test_keys_have_their_own_names_and_are_not_shown():
    settings = read_settings({"DEEPL_API_KEY": "s3cret", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"})
    assert settings.deepl_api_key == "s3cret"
    assert settings.openai_base_url == "http://127.0.0.1:1/v1"
    assert "s3cret" not in repr(settings)


def test_postgresql_holds_the_queue_too():
    settings = Settings(database_url="postgresql://db/chitieu")
    assert settings.queue_url == settings.store_url == "postgresql://db/chitieu"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("CHITIEU_PORT", "http", "CHITIEU_PORT should be of kind int"),
        ("CHITIEU_ALLOW_PRIVATE_ADDRESSES", "maybe", "of kind bool"),
        ("CHITIEU_WEB_THREADS", "0", "CHITIEU_WEB_THREADS must be at least 1"),
        ("CHITIEU_TRANSLATION_PROCESSES", "0", "CHITIEU_TRANSLATION_PROCESSES must be at least 1"),
        ("CHITIEU_LOG_LEVEL", "loud", "CHITIEU_LOG_LEVEL must be one of DEBUG"),
    ],
)
def test_what_cannot_be_used_is_said(name, value, message):
    with pytest.raises(ConfigError, match=message):
        read_settings({name: value})


def test_an_unknown_name_is_said(caplog):
    assert read_settings({"CHITIEU_PROT": "1"}) == Settings()
    assert "CHITIEU_PROT" in caplog.text


def test_published_table_is_fresh():
    assert PUBLISHED.read_text(encoding="utf-8") == describe()
