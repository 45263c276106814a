import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from extractors.language import LANGUAGES, identify_language

SENTENCES = {
    "vi": ["Sáng nay, Ủy ban nhân dân xã Bản Lìm họp.", "Quyết tâm cao", "HỘI NGHỊ TỔNG KẾT", "Chi bộ 11"],
    "de": ["Neue Häuser für arme Haushalte in Ban Lim", "Große Entschlossenheit", "Kommentar des Volkskomitees"],
    "en": ["New houses for poor households in Ban Lim", "Great determination", "Na Ro village meets target"],
    "fr": ["De nouvelles maisons à Ban Lim", "Une grande détermination", "Cellule du Parti n° 11"],
    "pt": ["Novas casas para famílias pobres em Ban Lim", "A floresta se fecha", "O orçamento cresceu."],
    "es": ["La provincia alcanzó el 62,5 % del plan anual.", "El presupuesto creció."],
    "it": ["La provincia ha raggiunto il 62,5% del piano annuale.", "Le famiglie hanno ricevuto case nuove."],
    "nl": ["De provincie bereikte 62,5% van het jaarplan.", "De gezinnen kregen nieuwe huizen."],
    "sv": ["Provinsen uppnådde 62,5 % av årsplanen.", "Kamrat Nguyen Van Hai talade på partimötet."],
    "no": ["Provinsen oppnådde 62,5 % av årsplanen.", "Kamerat Nguyen Van Hai talte på partimøtet."],
    "da": ["Provinsen nåede 62,5 % af årsplanen.", "Kammerat Nguyen Van Hai talte på partimødet."],
    "fi": ["Maakunta saavutti 62,5 prosenttia vuosisuunnitelmasta."],
    "pl": ["Prowincja osiągnęła 62,5% rocznego planu."],
    "cs": ["Provincie dosáhla 62,5 % ročního plánu."],
    "hu": ["A tartomány elérte az éves terv 62,5%-át."],
    "ro": ["Provincia a atins 62,5% din planul anual."],
    "el": ["Η επαρχία πέτυχε το 62,5% του ετήσιου σχεδίου."],
    "ru": ["Провинция выполнила годовой план на 62,5%."],
    "uk": ["Провінція виконала річний план на 62,5%."],
    "he": ["המחוז השיג 62.5% מהתוכנית השנתית."],
    "ar": ["حققت المقاطعة 62.5٪ من الخطة السنوية."],
    "hi": ["प्रांत ने वार्षिक योजना का 62.5% हासिल किया।"],
    "th": ["จังหวัดบรรลุ 62.5% ของแผนประจำปี"],
    "ja": ["同省は年間計画の62.5%を達成した。"],
    "km": ["ខេត្តសម្រេចបាន ៦២,៥% នៃផែនការប្រចាំឆ្នាំ។"],
    "lo": ["ແຂວງບັນລຸ 62,5% ຂອງແຜນການປະຈໍາປີ."],
    "ko": ["성은 연간 계획의 62.5%를 달성했다."],
    "zh": ["该省完成了年度计划的62.5%。"],
    "id": ["Keluarga-keluarga menerima rumah baru karena bantuan pemerintah."],
    "ms": ["Keluarga-keluarga itu menerima rumah baharu daripada kerajaan."],
    "tr": ["Aileler yeni evlerine kavuştu."],
}
PLAIN_VIETNAMESE = [
    "Sang nay, Uy ban nhan dan xa Ban Lim to chuc hoi nghi tong ket nam.",
    "Toan xa co 412 ho, dat 62,5% ke hoach nam.",
    "Thu ngan sach nha nuoc tren dia ban tinh tang 12%",
    "Lang Quan: thu ngan sach dat 64%",
    "HOI NGHI TONG KET",
]


def test_every_language_has_a_sentence():
    assert SENTENCES.keys() == set(LANGUAGES)


@pytest.mark.parametrize(("language", "sentence"), [(k, s) for k, rows in SENTENCES.items() for s in rows])
def test_short_sentences(language, sentence):
    code, confidence = identify_language(sentence)
    assert code == language
    assert 0 < confidence <= 1


@pytest.mark.parametrize("sentence", PLAIN_VIETNAMESE)
def test_vietnamese_without_diacritics(sentence):
    assert identify_language(sentence)[0] == "vi"


def test_short_texts():
    """Headlines of three to ten words with Vietnamese names in them; Indonesian and Malay say some alike."""
    lines = (Path(__file__).parent / "short_texts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    wrong = Counter(language for language, text in rows if identify_language(text)[0] != language)
    assert wrong.total() <= 0.03 * len(rows), wrong
    assert max(wrong.values(), default=0) <= 1, wrong
    assert len({language for language, _ in rows}) > 30
    assert not wrong.keys() & {"vi", "de", "en", "fr"}


def test_an_edition_with_captions_in_vietnamese():
    edition = """Khau Mang verbindet alle Dörfer mit Beton
Người dân bản Nà Lềnh, xã Khâu Mang đổ bê tông những mét đường cuối cùng trước mùa mưa.
Noch vor fünf Jahren war das Dorf in der Regenzeit wochenlang abgeschnitten.
Đồng chí Nông Thị Bích, Chủ tịch UBND xã, cùng bà con ra quân làm đường nông thôn.
Der Staat stellte 4.600 Tonnen Zement bereit, die Bevölkerung leistete 38.000 Arbeitstage.
Die Armutsquote sank von 21,3 % auf 12,8 %, das Durchschnittseinkommen stieg um 16 %."""
    assert identify_language(edition)[0] == "de"


def test_the_language_of_most_of_a_mixed_page_wins():
    german = (
        "Die Gemeinde hat im ersten Halbjahr 46 Hektar Tee gepflanzt, und die Bauern sind mit dem Ertrag zufrieden. "
    )
    vietnamese = "Phụ nữ thôn Nà Chang chăm sóc chè. "
    assert identify_language(vietnamese + german * 3)[0] == "de"
    assert identify_language(vietnamese * 6 + german)[0] == "vi"


def test_names_with_diacritics_do_not_make_a_text_vietnamese():
    assert identify_language("Lê Thị Sen und Phạm Văn Đông besuchten die Bauern der Gemeinde Bản Lìm.")[0] == "de"


@pytest.mark.parametrize("text", ["", "  \n", "62,5 %", "12/7"])
def test_without_words_there_is_no_language(text):
    assert identify_language(text) == ("und", 0.0)


def test_the_library_is_loaded_only_where_it_is_needed():
    code = (
        "import sys; from extractors.language import identify_language as f;"
        "f('Thu ngân sách đạt 64%'); f('Thu ngan sach dat 64% ke hoach');"
        "f('Der Plan für die Gemeinde ist mit dem Ertrag der Bauern und von den Dörfern im Herbst erfüllt.');"
        "sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
