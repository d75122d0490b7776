"""Which day it is where a dateline is: UTC offsets of the cities that file most; knows no other city, asks no clock.

An offset is given as the range over the year (winter and summer time), so no table of the changes is needed: the day is
told only where every offset of the range gives the same one.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

_CITIES = {
    (-10.0, -10.0): "honolulu",
    (-8.0, -7.0): "los angeles|san francisco|seattle|vancouver|sacramento|san diego|las vegas|portland|tijuana",
    (-7.0, -6.0): "denver|phoenix|calgary|edmonton|salt lake city|albuquerque",
    (-6.0, -5.0): "chicago|houston|dallas|austin|winnipeg|new orleans|minneapolis|mexico city|ciudad de méxico|mexico",
    (-6.0, -6.0): "tegucigalpa|managua|guatemala city|ciudad de guatemala|san salvador",
    (-5.0, -4.0): (
        "new york|washington|boston|miami|atlanta|philadelphia|toronto|ottawa|montreal|montréal|detroit|havana|"
        "la habana|port-au-prince|nueva york|nova york|واشنطن|نيويورك"
    ),
    (-5.0, -5.0): "lima|bogota|bogotá|quito|guayaquil|panama city|panamá|kingston",
    (-4.0, -4.0): "caracas|la paz|san juan|santo domingo|manaus",
    (-4.0, -3.0): "asuncion|asunción|halifax",
    (-3.0, -3.0): "buenos aires|são paulo|sao paulo|rio de janeiro|brasília|brasilia|montevideo|recife|salvador",
    (0.0, 0.0): "accra|dakar|abidjan|bamako|reykjavik|ouagadougou|freetown|monrovia|conakry",
    (
        0.0,
        1.0,
    ): "london|lisbon|lisboa|dublin|edinburgh|manchester|belfast|cardiff|glasgow|londres|لندن|rabat|casablanca",
    (
        1.0,
        1.0,
    ): "lagos|abuja|kinshasa|tunis|algiers|alger|luanda|yaoundé|yaounde|libreville|niamey|ndjamena|تونس|الجزائر",
    (1.0, 2.0): (
        "paris|berlin|madrid|rome|roma|brussels|bruxelles|vienna|wien|geneva|genève|ginebra|genf|zurich|zürich|bern|"
        "amsterdam|the hague|la haye|copenhagen|stockholm|oslo|prague|praha|prag|warsaw|varsovie|warschau|budapest|"
        "belgrade|zagreb|sarajevo|milan|milano|barcelona|munich|münchen|frankfurt|hamburg|cologne|köln|marseille|lyon|"
        "luxembourg|strasbourg|straßburg|skopje|tirana|valletta|vatican city|bratislava|ljubljana|"
        "باريس|برلين|جنيف|بروكسل"
    ),
    (2.0, 2.0): "johannesburg|pretoria|cape town|harare|lusaka|kigali|khartoum|tripoli|maputo|gaborone|الخرطوم|طرابلس",
    (2.0, 3.0): (
        "athens|athènes|kyiv|kiev|bucharest|sofia|helsinki|vilnius|riga|tallinn|jerusalem|jérusalem|jerusalén|tel aviv|"
        "beirut|beyrouth|cairo|le caire|el cairo|kairo|nicosia|nicosie|gaza city|gaza|chisinau|القاهرة|بيروت|القدس|غزة"
    ),
    (3.0, 3.0): (
        "moscow|moscou|moscú|moskau|istanbul|ankara|baghdad|bagdad|riyadh|jeddah|doha|kuwait city|nairobi|addis ababa|"
        "damascus|damas|damasco|amman|sanaa|aden|minsk|mogadishu|kampala|dar es salaam|manama|موسكو|بغداد|دمشق|الرياض|"
        "الدوحة|عمان|صنعاء|الكويت"
    ),
    (3.5, 3.5): "tehran|téhéran|teherán|teheran|طهران",
    (4.0, 4.0): "dubai|abu dhabi|baku|tbilisi|yerevan|muscat|port louis|دبي|أبوظبي",
    (4.5, 4.5): "kabul|kaboul",
    (5.0, 5.0): "islamabad|karachi|lahore|peshawar|tashkent|astana|almaty|malé|male",
    (5.5, 5.5): "new delhi|delhi|mumbai|kolkata|chennai|bangalore|bengaluru|hyderabad|srinagar|colombo|neu delhi",
    (5.75, 5.75): "kathmandu|katmandou",
    (6.0, 6.0): "dhaka|bishkek|thimphu",
    (6.5, 6.5): "yangon|naypyidaw",
    (7.0, 7.0): "bangkok|hanoi|ho chi minh city|jakarta|phnom penh|vientiane",
    (8.0, 8.0): (
        "beijing|pékin|pekín|peking|shanghai|hong kong|singapore|singapour|kuala lumpur|manila|taipei|perth|macau|"
        "guangzhou|shenzhen|denpasar|ulaanbaatar|بكين"
    ),
    (9.0, 9.0): "tokyo|tokio|seoul|séoul|seúl|pyongyang|osaka|طوكيو|سيول",
    (10.0, 10.0): "brisbane|port moresby|guam",
    (10.0, 11.0): "sydney|melbourne|canberra|hobart",
    (12.0, 12.0): "suva",
    (12.0, 13.0): "wellington|auckland|christchurch",
}
_OFFSETS = {city: hours for hours, cities in _CITIES.items() for city in cities.split("|")}


def local_day(when: datetime, city: str | None) -> date:
    """The day of ``when`` (aware, in UTC) in ``city``; its day in UTC where the city or its hour cannot be told.

    A time of exactly midnight is a day without a time, and stays that day.
    """
    offsets = _OFFSETS.get(city.casefold()) if city else None
    if offsets is None or not (when.hour or when.minute or when.second):
        return when.date()
    days = {(when + timedelta(hours=hours)).date() for hours in offsets}
    return days.pop() if len(days) == 1 else when.date()
