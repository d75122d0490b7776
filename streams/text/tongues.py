"""How each language of the wire says a day relative to the day of writing; tables only, no dates are counted here.

``ahead`` and ``past`` are the words that tell whether a clause speaks of what is to come: ``will meet on Tuesday``,
``met on Tuesday``. How they are written is said in `streams.text.telling`.
"""

from __future__ import annotations

from streams.text.daynames import WEEKDAYS
from streams.text.telling import Tongue, telling, tongue
from streams.text.words import alternatives

_ENGLISH_BEFORE = (
    "on", "since", "until", "till", "by", "from", "last", "next", "this", "late", "early", "through", "before", "after",
)  # fmt: skip
_ENGLISH_NAMED = alternatives((
    "times", "telegraph", "mail", "mirror", "express", "post", "herald", "independent", "night", "nation",
    "morning herald", "school", "club", "prayers", "market",
))  # fmt: skip
_GERMAN_HOURS = ("abend", "morgen", "nachmittag", "mittag", "vormittag", "nacht", "früh")

TONGUES: dict[str, Tongue] = {
    "en": tongue(
        "en",
        "|".join(
            f"{how}{word}"
            for how in ("", "late ", "early ", "earlier ", "later ")
            for word in _ENGLISH_BEFORE
        ) + "|on the|late on the|early on the",
        {
            "yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0, "day before yesterday": -2,
            "day after tomorrow": 2, "this morning": 0, "this afternoon": 0, "this evening": 0, "last night": -1,
        },
        ahead=telling(
            "will would shall due until till scheduled expected plan plans planned next coming before starting "
            "upcoming begin begins open opens deadline by slated -'ll",
            ("set for", "set to", "be held", "going to", "ahead of", "takes place", "take place", "about to",
             "hopes to", "hope to"),
        ),
        surely=telling("will shall -'ll", ("due to", "set to", "going to", "expected to", "scheduled to", "be held")),
        since=("since", "last"),
        past=telling(
            "said says told announced reported wrote was were had came went began took met fell rose won lost killed "
            "made found left held gave saw struck hit sent shot cut set -ed",
            but="expected planned scheduled slated based need speed indeed hundred exceed", not_after="be is are",
        ),
        skip_before=(
            r"every|each|any|a|Black|Good|Ash|Super|Bloody|Palm|Easter|Cyber|Holy|Maundy|Shrove|Fat|most|some|Whit|"
            r"Giving|Giant|first|second|third|fourth|Blue|Manic|Throwback"
        ),
        skip_after=rf"(?:{_ENGLISH_NAMED})s?\b",
        next_before=("next",), last_before=("last",), until=("until", "till", "by", "before"),
        capitals=True, month_first=True,
    ),
    "fr": tongue(
        "fr",
        r"ce|depuis|jusqu'à|jusqu’à|avant|dès|le",
        {
            "hier": -1, "avant-hier": -2, "aujourd'hui": 0, "demain": 1, "après-demain": 2, "ce matin": 0,
            "ce soir": 0, "cet après-midi": 0,
        },
        ahead=telling(
            "doit doivent devait devrait devraient prévu prévue prévus prévues jusqu'à jusqu'au avant aura auront "
            "sera seront prochain prochaine attendu attendue attendus attendues -era -eront -ira -iront -dra -dront",
            ("à partir", "d'ici à", "d'ici au"),
        ),
        surely=telling("doit doivent devrait devraient sera seront aura auront -era -eront -ira -iront -dra -dront"),
        since=("depuis",),
        past=telling("a ont avait était est été dit annoncé déclaré indiqué selon -é -és -ée -ées"),
        skip_before=r"chaque|tous les|les|un|premier|deuxième|dernier",
        next_after=r"prochain", last_after=r"dernier|passé", last_before=("dernier",),
        until=("jusqu", "avant"),
    ),
    "es": tongue(
        "es",
        r"el|este|del|al|desde el|hasta el|pasado",
        {
            "ayer": -1, "anteayer": -2, "antier": -2, "hoy": 0, "pasado mañana": 2, "anoche": -1, "esta mañana": 0,
            "esta tarde": 0, "esta noche": 0,
        },
        ahead=telling(
            "debe deberá hasta antes próximo próxima previsto prevista programado programada será serán tendrá "
            "-ará -erá -irá -arán -erán -irán -drá -drán",
            ("a partir",),
        ),
        surely=telling("deberá será serán tendrá -ará -erá -irá -arán -erán -irán -drá -drán"),
        since=("desde",),
        past=telling("dijo informó informaron anunció según fue fueron ha han había -ó -aron -ieron"),
        skip_before=r"cada|todos los|los|un|primer|santo|viernes santo",
        skip_after=r"santo\b", next_after=r"próximo|que viene", last_after=r"pasado", until=("hasta", "antes"),
    ),
    "pt": tongue(
        "pt",
        r"na|nesta|neste|no|até|desde|da|do",
        {"ontem": -1, "anteontem": -2, "hoje": 0, "amanhã": 1, "depois de amanhã": 2, "esta manhã": 0, "esta noite": 0},
        ahead=telling(
            "deve devem até próximo próxima previsto prevista será serão terá -ará -erá -irá -arão -erão -irão"
        ),
        surely=telling("será serão terá -ará -erá -irá -arão -erão -irão"),
        since=("desde",),
        past=telling("disse informou anunciou segundo foi foram -ou -aram -eram -iram"),
        skip_before=r"cada|toda|todas as|às|aos", skip_after=r"santa\b",
        next_after=r"que vem|próxim[oa]", last_after=r"passad[oa]", until=("até",),
        numbered={"segunda": 0, "terça": 1, "quarta": 2, "quinta": 3, "sexta": 4},
    ),
    "de": tongue(
        "de",
        r"am|bis|seit|vom|zum|ab|diesen|am späten|am frühen|bis zum|noch am|kommenden|nächsten|vergangenen|"
        r"am kommenden|am nächsten|am vergangenen|letzten",
        {"gestern": -1, "vorgestern": -2, "heute": 0, "übermorgen": 2},
        ahead=telling(
            "wird werden soll sollen will wollen bis kommenden nächsten geplant ab vor", but="", not_after=""
        ),
        surely=telling("wird werden soll sollen"),
        since=("seit",),
        past=telling(
            "hat hatte haben hatten wurde wurden ist war waren sagte teilte sind laut erklärte mitteilte -te",
            but="heute beste letzte erste nächste rechte beamte alte leute kräfte punkte werte orte berichte",
        ),
        skip_before=r"jeden|bild am|welt am|jedem|ein|einem|der",
        skip_after=r"(?:aktuell|Zeitung)\b",
        next_before=("kommenden", "nächsten"), last_before=("vergangenen", "letzten"), until=("bis",),
        capitals=True, verb_within=2,
        more_weekdays={
            day + hour: number for day, number in WEEKDAYS["de"].items() for hour in _GERMAN_HOURS
        },
    ),
    "it": tongue(
        "it",
        r"il|lo|la|di|da|dal|fino a|entro|lo scorso|la scorsa|il prossimo|la prossima",
        {"ieri": -1, "oggi": 0, "domani": 1, "dopodomani": 2, "stamattina": 0, "stasera": 0, "stamani": 0},
        ahead=telling("deve devono sarà saranno previsto prevista prossimo prossima entro -erà -irà -eranno -iranno"),
        surely=telling("sarà saranno -erà -irà -eranno -iranno"),
        since=("dal", "da"),
        past=telling("ha hanno è era erano stato stata detto annunciato secondo -ato -ata -ati -ate -uto -ito"),
        skip_before=r"ogni|tutti i|un|una",
        next_before=("prossimo", "prossima"), next_after=r"prossim[oa]", last_before=("scorso", "scorsa"),
        last_after=r"scors[oa]", until=("entro", "fino a"),
    ),
    "ar": tongue(
        "ar",
        r"يوم",
        {"أمس": -1, "اليوم": 0, "غدا": 1, "غداً": 1, "أول أمس": -2, "أمس الأول": -2, "بعد غد": 2},
        ahead=telling(
            "سوف المقبل حتى قبل القادم سيعقد ستعقد سيجري ستجري سيلتقي ستلتقي سيبدأ ستبدأ سيزور ستزور سيكون ستكون سيتم "
            "ستتم سيصوت ستصوت سيجتمع ستجتمع"
        ),
        surely=telling(
            "سوف سيعقد ستعقد سيجري ستجري سيلتقي ستلتقي سيبدأ ستبدأ سيزور ستزور سيكون ستكون سيتم ستتم سيصوت ستصوت"
        ),
        since=("منذ",),
        past=telling(""),
        next_after=r"المقبل|القادم", last_after=r"الماضي|الفائت|المنصرم",
    ),
}  # fmt: skip
"""Language → how it says a day."""
