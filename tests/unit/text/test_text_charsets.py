"""Which charset, and text that came here wrongly decoded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.text.charsets import declared_in, guess
from streams.text.encodings import decode
from streams.text.mojibake import repair

PARAGRAPHS = {
    "Портовые лоцманы вернулись к работе на рассвете, завершив забастовку, сообщили в администрации порта.": (
        "cp1251 koi8-r cp866 iso8859-5"
    ),
    "Портові лоцмани повернулися до роботи на світанку, завершивши страйк, повідомили в адміністрації порту.": "cp1251",
    "قال وزير الموانئ إن البحارة عادوا إلى العمل صباح اليوم بعد إضراب استمر تسعة أيام.": "cp1256 iso8859-6",
    "Οι πλοηγοί του λιμανιού επέστρεψαν στη δουλειά τα ξημερώματα, είπε η αρχή.": "cp1253 iso8859-7",
    "港口引航员周三黎明返回工作岗位，结束了持续九天的罢工。港务局表示，四十艘船只一直在防波堤外等待。": "gb18030",
    "港の水先案内人は水曜日の夜明けに仕事に戻り、九日間続いたストライキを終えた。": "shift_jis euc_jp",
    "항구 도선사들이 수요일 새벽에 업무에 복귀하여 아흐레 동안 이어진 파업을 끝냈다.": "euc_kr",
    "München: Die Lotsen kehrten am Mittwoch für größere Schiffe zurück, sagte Müller.": "cp850 cp1252",
    "Genève - L'été dernier, les pilotes ont repris le travail à l'aube, a déclaré le préfet.": "cp850 cp1252",
    "Kolej kupi 40 piętrowych pociągów; śpią w nich konduktorzy, gdyż północ wciąż straszy.": "cp1250 iso8859-2",
    "El niño volvió al malecón, contó la señora Peña después.": "cp850 cp1252",
}


@pytest.mark.parametrize(("text", "charsets"), PARAGRAPHS.items(), ids=lambda v: v[:12])
def test_a_paragraph_is_read_in_any_of_its_charsets(text: str, charsets: str) -> None:
    for charset in charsets.split():
        decoded = decode(text.encode(charset))
        assert decoded.text == text, charset
        assert decoded.warnings


@pytest.mark.parametrize(
    "text",
    [
        "He said “no way”—or so… the pilot’s cœur",
        "½ of 20°C – £5 • ©",
        "naïve",
        "Ål på Åland",
        "AÑO 2026: ¿qué?",
        "5×4",
    ],
)
def test_western_text_stays_cp1252(text: str) -> None:
    assert guess(b"th\x84n and th\x84t, M\xfcller and gr\xf6\xdfer") is None
    assert guess(text.encode("cp1252")) is None
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><a/>', "iso8859-1"),
        (b"<!doctype html><html><head><meta charset=windows-1251>", "cp1251"),
        (b'<html><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=Shift_JIS">', "shift_jis"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', None),
        (b'<?xml version="1.0" encoding="hex"?><a/>', None),
        (b"<a/>", None),
        (b"charset=utf-8 is what they say", None),
    ],
)
def test_declared_within(body: bytes, charset: str | None) -> None:
    assert declared_in(body) == charset


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("Le cafÃ© du port", "Le café du port"),
        ("Donâ€™t â€” say â€œnoâ€\x9d", "Don’t — say “no”"),
        ("ÐŸÐ¾Ñ€Ñ‚ Ð¾Ñ‚ÐºÑ€Ñ‹Ñ‚", "Порт открыт"),
        ("Ù…ÙŠÙ†Ø§Ø¡", "ميناء"),
        ("Â£10 and 5Â°C", "£10 and 5°C"),
        ("sound line é\nbroken Ã© line\nsound – line", "sound line é\nbroken é line\nsound – line"),
    ],
)
def test_mojibake(broken: str, meant: str) -> None:
    assert repair(broken) == (meant, 1)


@pytest.mark.parametrize(
    "text", ["São Paulo, NÃO, Ângela, Århus, Ø", "5 € – “x” ‚y‘", "Ñandú Ñuñoa", "ÂÃÄÅ", "Şehir İzmir"]
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert repair(text) == (text, 0)


def test_a_very_long_line_is_repaired_in_pieces() -> None:
    text, pieces = repair("le cafÃ© du port " * 2000)
    assert text == "le café du port " * 2000
    assert pieces > 10


@given(st.text(max_size=200))
def test_a_repair_repaired_again_is_not_longer(text: str) -> None:
    better, _ = repair(text)
    assert len(better) <= len(text)
