"""Closed lists of words that stand around place names; no rules, no behaviour."""

from __future__ import annotations

from streams.text.daynames import ANY_WEEKDAY
from streams.text.words import word_set as _words

HONORIFICS = _words(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady judge justice sen rep gov col gen capt lt sgt cpl adm
    maj detective officer herr frau monsieur madame mme mlle señor señora sr sra don doña senator congressman
    congresswoman coach
    """
)
"""Titles: a place name right after one is a person's."""

LOCATIVE = _words(
    """
    in at from near to outside around across of into toward towards through throughout via inside visit visited
    visiting leave left leaving reach reached between over downtown central northern southern eastern western
    north south east west à en de dans vers depuis près a desde hacia hasta sobre em aus nach
    """
)
"""Words before a place that is meant as one, in the languages of the name lists."""

NO_SUBJECT_AFTER = LOCATIVE - {"of", "de", "a"} | _words(
    """
    by for with on against under after before about than like said says told its their his her por para con sobre
    según par pour avec contre sur selon sous chez dit dijo su sus son sa ses
    """
)
"""Words before the first country of a lead that make it a place, a partner, a possession or a part of what is said,
not the subject. "Of" and "de" are none: "the president of Peru" acts for Peru. Nor is "a", the English article."""

SPEECH = _words(
    """
    in into speak speaks speaking spoke spoken fluent learn learned learning learnt teach teaches taught studied
    studies en
    """
)
"""Words before a tongue: ``said in French``."""

SAYING = _words(
    """
    said says reported announced added told confirmed denied declined
    dit déclaré affirmé annoncé indiqué précisé ajouté confirmé démenti assuré
    dijo dice afirmó anunció informó indicó agregó añadió confirmó negó aseguró señaló declaró
    disse diz afirmou anunciou informou indicou acrescentou confirmou negou declarou assegurou
    sagte sagt erklärte berichtete bestätigte dementierte mitgeteilt erklärt bestätigt teilte
    """
)
"""Verbs of one who speaks, in English, French, Spanish, Portuguese and German."""

SAYING_BETWEEN = ANY_WEEKDAY.keys() | _words(
    """
    on yesterday today late early also has had a avait aussi également hier ha también el ayer também ontem na no
    hat auch am gestern
    """
)
"""Small words and days between one who speaks and the verb: ``Lima on Monday said``, ``Paris a également déclaré``."""

OFFICES = _words("pm president premier prime king queen emir sultan chancellor foreign parliament cabinet government")
"""Words that open an office of state: who holds it speaks for the country, ``Ruritania PM Anton Vell says``."""

ACCORDING = _words("selon según segundo conforme laut")
"""Words before a source: ``selon Paris``, ``laut Berlin``."""

SAYING_BEFORE = SAYING - _words("said says reported announced added told confirmed denied declined dit dice diz sagt")
"""Verbs that a speaker follows, as tongues other than English may have it: ``…, a déclaré Paris``."""

STREETS = _words(
    """
    road rd street st avenue ave drive dr lane ln boulevard blvd highway parkway terrace
    """
)
"""Words after a street's name."""

NOT_SURNAMES = _words(
    """
    king prince princess queen president minister premier pope bishop major page court church young white black
    bank banks hill hills park river street house field hall airport day case power state city county west east
    north south central crown general marshall marsh bay beach rose may golden land lake lakes valley point forest
    rivers bridge coast cross trade price pool post press times school college singer farmer cook baker hunter
    judge shore stone stanley cup strong wise best rice grain cotton sugar cruise sales branch
    """
)
"""Surnames that are ordinary words after a country: ``Jordan King``, ``Chad President``."""

OF_A_PLACE = _words(
    """
    airport police city council county university college school district mayor hospital state province region
    government court stadium port harbor harbour parish high fire department chamber community public prefecture
    international regional area island islands river valley road street avenue district-based
    """
)
"""Capitalised words after a city that leave it a city: ``Leeds Airport``."""

TOWNSPEOPLE = OF_A_PLACE | _words("elementary resident residents man woman boy girl teen couple")
"""Words after a town's name in its own paper: ``Lebanon Police``, ``a Jordan woman`` (of the nation, a Jordanian)."""

WATERS = frozenset({"lake", "lac", "lago", "laguna"})
"""Words before the name of a water that several countries share: ``Lake Chad``."""

FIRMS = _words(
    """
    industries systems holdings partners brothers bros sons associates enterprises furniture foods motors stores
    software technologies laboratories labs bakeries drugs pictures properties realty
    """
)
"""Words that end the name of a firm called after its founder: ``Holland Systems``."""

SETTLED = _words("american canadian australian briton cypriot")
"""Nationalities that another one before tells the descent of: ``Chinese American``, ``Turkish Cypriot``."""

DIVISIONS = _words("state province region governorate prefecture department oblast county")
"""Words after the name of a first-level division: ``Jigawa state``."""

BREEDS = _words(
    """
    bulldog bulldogs terrier terriers shepherd shepherds setter setters spaniel spaniels retriever retrievers hound
    hounds wolfhound wolfhounds sheepdog sheepdogs mastiff mastiffs poodle poodles pointer pointers collie collies
    shorthair shorthairs
    """
)
"""Animals: a nationality before one says where the breed comes from, not where the story is."""

BUILDINGS = _words(
    """
    church cathedral basilica abbey chapel monastery convent priory parish hospital infirmary hospice school college
    university academy seminary hall
    """
)
"""What is named after a saint: ``St. Oswin's Hospital``."""

CURRENCIES = _words(
    """
    dollar dollars dlr dlrs franc francs pound pounds peso pesos crown crowns krone kroner krona kronor yen yuan
    guilder guilders lira lire mark marks markka rupee rupees rand riyal riyals dinar dinars escudo schilling
    schillings austral cruzado cruzados cents
    """
)
"""Money: a nationality before one is weak evidence."""
