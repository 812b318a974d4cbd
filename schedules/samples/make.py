#!/usr/bin/python3
"""Writes the samples in this folder anew: schedules/samples/make.py. All numbers are made up."""
import os

from workbook import Percent, Sheet, Whole, write_ods, write_xlsx

HERE = os.path.dirname(os.path.abspath(__file__))
MADE_UP = "Eksempel med oppdiktede tall"


def path(name):
    return os.path.join(HERE, name)


def percents(*shares):
    """Per cent as cells that hold fractions."""
    return [Percent("%.3f" % (share / 100)) for share in shares]


def write_csv(name, rows, encoding, separator=";", begin="", end="\r\n"):
    lines = [separator.join(cell if cell is not None else "" for cell in row) for row in rows]
    with open(path(name), "wb") as out:
        out.write((begin + end.join(lines) + end).encode(encoding))


def is_24_8():
    rows = [
        [None, 2016, 2018, 2020, 2022, 2023, "Endring 2022-2023", None],
        [None, None, None, None, None, None, "Årsverk", "Prosent"],
        ["Voksne", "10 010", "10 930", 11320, "12 030", "12 140", 110, "0,9"],
        ["Barn og unge", "2 400", "2 620", 2950, "3 210", "3 330", 120, "3,7"],
        ["Totalt", "12 410", "13 550", 14270, "15 240", "15 470", 230, "1,5"],
        ["Kilde: " + MADE_UP.lower()],
    ]
    down = [(0, c, 1, c) for c in range(6)] + [(0, 6, 0, 7)]
    write_xlsx(path("is-24-8-man-years-sample.xlsx"), Sheet("Ark1", rows, down))
    rows = [
        [MADE_UP + ". Tabell 1. Årsverk etter målgruppe"],
        [],
        ["Tjenester for", "Målgruppe", 2016, 2017, "2018¹", "Endring 2017-2018", None],
        [None, None, None, None, None, "Årsverk", "Prosent"],
        ["Voksne", "Milde og kortvarige problemer", "1 010", "1 030", "1 090", 60, "5,8"],
        [None, "Kortvarige alvorlige eller langvarige milde problemer", "2 800", "2 860", "3 020", 160, "5,6"],
        [None, "Alvorlige og langvarige problemer", "6 200", "6 330", "6 820", 490, "7,7"],
        ["Barn og unge", "Milde og kortvarige problemer", "1 150", "1 200", "1 250", 50, "4,2"],
        [None, "Kortvarige alvorlige eller langvarige milde problemer", 790, 820, 870, 50, "6,1"],
        [None, "Alvorlige og langvarige problemer", 460, 490, 500, 10, "2,0"],
        [],
        ["¹ Noen kommuner er ført videre fra året før."],
        ["Kilde: " + MADE_UP.lower()],
    ]
    down = [(2, c, 3, c) for c in range(5)] + [(2, 5, 2, 6), (4, 0, 6, 0), (7, 0, 9, 0)]
    write_xlsx(path("is-24-8-target-groups-sample.xlsx"), Sheet("Tabell 1", rows, down))
    is_24_8_questions()
    write_csv(
        "is-24-8-grants-sample.csv",
        [
            ["Tilskudd (1 000 kr)", "2016", "2017", "2018"],
            ["Organisert brukermedvirkning", "\u00a050 100", "61 200", "72 300"],
        ],
        "utf-8-sig",
    )


def is_24_8_questions():
    both, alike = ["Voksne", "Barn og unge"], ["Alle"]
    questions = [
        ("Økte midler til kompetanse på grunn av planen", alike),
        ("Ansatte med brukererfaring", both),
        ("Innhentet brukererfaringer", alike),
        ("Recoveryorientert tjenestetilbud", alike),
        ("Sikrer brukermedvirkning i tjenesteutvikling", alike),
        ("Ivaretar pårørende godt", both),
        ("Tverrgående system for tidlig identifisering", alike),
        ("Oppsøkende arbeid rettet mot ungdom", alike),
        ("Godt tilbud ved milde og kortvarige problemer", both),
        ("Øyeblikkelig hjelp døgnopphold", alike),
        ("Oppsøkende flerfaglige team", alike),
        ("Godt tilbud ved kortvarige alvorlige eller langvarige milde problemer", both),
        ("Godt tilbud ved alvorlige og langvarige problemer", both),
        ("Godt fungerende samarbeidsavtaler med helseforetak", both),
        ("Sammenhengende og koordinerte tjenester", alike),
        ("Samarbeid mellom helse og NAV om arbeidsretting", alike),
        ("IPS eller SE", alike),
        ("God oppfølging i bolig", alike),
        ("Boligsituasjonen er bedret", alike),
        ("Planen ga flere botilbud", alike),
    ]
    rows = [[MADE_UP + ". Tabell 2. Andel kommuner som svarer ja eller i stor grad"], []]
    rows.append([None, 2017, 2018, "Endring 2017-2018"])
    for i, (question, groups) in enumerate(questions):
        rows.append([question])
        for j, group in enumerate(groups):
            share = 20 + 2 * i + 7 * j
            first = "-" if question.startswith("Sikrer") else percents(share)[0]
            rows.append([group, first] + percents(share + 1.5) + ["1,5 %-poeng" if first != "-" else None])
        rows.append(["Antall kommuner (N)", "-" if first == "-" else 401, 402 + i])
    rows += [[], ["Kilde: " + MADE_UP.lower()]]
    write_xlsx(path("is-24-8-questions-sample.xlsx"), Sheet("Tabell 2", rows))


def surveys():
    areas = ["Bosituasjon", "Fysisk helse", "Psykisk helse", "Økonomi", "Meningsfylt aktivitet", "Rusmiddelbruk",
             "Sosialt nettverk", "Arbeid"]
    index = [("Grønn", "6,1 %", "6,3 %", "6,2 %"), ("Gul", "35,0 %", "34,6 %", "34,1 %"),
             ("Rød", "44,9 %", "45,0 %", "45,5 %"), ("Blålys", "14,0 %", "14,1 %", "14,2 %")]
    rows = [["Område", "Vurdering", "Vekting", "2016", "2017", "2018"]]
    rows += [["Levekårsindeks", level, "Vektet", *shares] for level, *shares in index]
    rows += [["Levekårsindeks", level, "Uvektet", None, None, shares[2]] for level, *shares in index]
    rows.append(["Individuell plan eller ansvarsgruppe", "Ja", "Vektet", "60,5 %", "61,0 %", "62,2 %"])
    rows += [[area, "Tilfredsstillende", "Vektet", *("%d,%d %%" % (20 + 5 * i, i + year) for year in range(3))]
             for i, area in enumerate(areas)]
    rows.append(["Brukere i alt", "Antall", "Uvektet", "18 100", "20 200", "21 300"])
    write_csv("brukerplan-sample.csv", rows, "windows-1252")
    bu()
    answers = ["Ikke i det hele tatt", "I liten grad", "I noen grad", "I stor grad", "I svært stor grad"]
    questions = ["Innflytelse på behandlingen", "Godt samarbeid med pårørende", "Utbytte av behandlingen",
                 "Forberedt på tiden etter utskrivning"]
    rows = [["Spørsmål", "År", *answers, "Antall svar"]]
    rows += [[question, str(2016 + year), "%d,5" % (5 + i), "%d,0" % (10 + year), "30,0", "%d,5" % (34 - i),
              "%d,0" % (20 - year), "%d" % (610 + year)] for i, question in enumerate(questions) for year in range(2)]
    write_csv("tsb-survey-sample.csv", rows, "windows-1252")


def bu():
    questions = ["Fornøyd med individuell plan", "Fornøyd med ansvarsgruppe", "Innflytelse på tjenestetilbudet",
                 "Tjenestene er tilpasset behovet", "Fornøyd med tilgjengelighet", "Hjelp til å mestre rusproblemer",
                 "Fornøyd med tjenestene", "Hjelp til arbeid", "Hjelp med økonomi", "Hjelp til bolig",
                 "Hjelp til meningsfulle aktiviteter", "Oppfølging etter utskrivning"]
    rows = [
        [MADE_UP + ". Brukertilfredshetsundersøkelsen 2017"],
        ["Andel av dem som har svart"],
        ["Spørsmål", "I svært liten grad", "I liten grad", "I noen grad", "I stor grad", "I svært stor grad",
         "Vet ikke", "Antall svar"],
    ]
    for i, question in enumerate(questions):
        rows.append([question, *percents(10, 12 - i / 2, 25, 28 + i / 2, 15, 10), 400 + i])
    rows.append(["Skjermet spørsmål", *[":"] * 6, 3])
    write_xlsx(path("bu-sample.xlsx"), Sheet("Svar", rows))


def health_service():
    base = ["Somatikk", "Psykisk helsevern for voksne", "Psykisk helsevern for barn og unge", "TSB"]
    amounts = [(80100, 83200, 86300), (17100, 17500, 17900), (3900, 4000, 4100), (4300, 4450, 4600)]
    rows = [
        [MADE_UP + ". Kostnader uten pensjon, kapital og legemidler, mill. kr"],
        [],
        [None, "Løpende priser", None, None, "Faste 2018-priser"],
        ["Tjenesteområde", 2016, 2017, 2018, 2016, 2017, 2018],
    ]
    for area, row in zip(base, amounts):
        current = [Whole(str(amount)) for amount in row]
        fixed = [Whole("%.1f" % (amount * factor)) for amount, factor in zip(row, (1.05, 1.03, 1))]
        rows.append([area, *current, *fixed])
    rows += [["Sum", 105400, 109150, 112900, 110670, 112424.5, 112900], ["Kilde: " + MADE_UP.lower()]]
    write_xlsx(path("samdata-costs-sample.xlsx"), Sheet("Om tabellen", [["Se neste ark."]]), Sheet("Tabell 3", rows))
    rows = [[MADE_UP + ". Årsverk i TSB"], [], ["Region", "Type", 2016, 2017]]
    for i, region in enumerate(["Helse Sør-Øst RHF", "Helse Vest RHF", "Helse Midt-Norge RHF", "Helse Nord RHF"]):
        rows.append([region, "Døgnavdeling", "1 %d0" % (20 + i), "1 %d5" % (20 + i)])
        rows.append([None, "Poliklinikk", 250 + i, 251.5 + i])
    rows += [["Hele landet", "Døgnavdeling", "4 860", "4 880"], [None, "Poliklinikk", "1 006", "1 012"]]
    merged = [(r, 0, r + 1, 0) for r in range(3, 13, 2)]
    write_xlsx(path("samdata-man-years-sample.xlsx"), Sheet("Årsverk", rows, merged))
    rows = [["Tjenesteområde", "Mål", "År", "Verdi", "Enhet"]]
    for area, wait in [("TSB", 25), ("Psykisk helsevern for voksne", 40), ("Somatikk", 50)]:
        for year in (2016, 2017, 2018):
            rows.append([area, "Median ventetid", year, wait + year - 2016, "dager"])
            rows.append([area, "Gjennomsnittlig ventetid", year, wait + 9.5, "dager"])
            rows.append([area, "Ventende pasienter", year, "*" if year == 2016 else "1 %d0" % wait, "pasienter"])
    write_xlsx(path("npr-waiting-times-sample.xlsx"), Sheet("Ventetider", rows))
    rows = [[MADE_UP + ". Prioriteringsregelen: vekst i kostnader fra året før, prosent"], []]
    rows.append(["Tjenesteområde", 2016, 2017, 2018])
    rows += [["Somatikk", "1,5", "2,0", "1,8"], ["Psykisk helsevern for voksne", "1,1", "−0,4", "2,1"],
             ["Psykisk helsevern for barn og unge", "2,2", "0,3", ".."], ["TSB", "3,0", "-2,1", "1,9"]]
    write_xlsx(path("npr-priority-rule-sample.xlsx"), Sheet("Kostnader", rows))


def budget():
    names = [" Helse- og omsorgsdepartementet", 10, 30, " Helse og omsorg", " Helsetjeneste"]
    posts = [(765, 21, " Psykisk helse, rus og vold", " Spesielle driftsutgifter", " kan overføres", 101000000),
             (765, 60, " Psykisk helse, rus og vold", " Kommunale tjenester", None, 402000000),
             (765, 72, " Psykisk helse, rus og vold", " Frivillig arbeid", " kan overføres", 153000000),
             (3765, 2, " Psykisk helse, rus og vold", " Diverse inntekter", None, 1000000)]
    head = "fdep_nr fdep_navn omr_nr kat_nr omr_navn kat_navn kap_nr post_nr upost_nr kap_navn post_navn stikkord"
    head = head.split()
    department = [7, names[0], names[1], names[2], names[3], names[4]]
    rows = [head + ["GB"]]
    for chapter, post, title, text, words, amount in posts:
        for part in (1, 2) if post == 60 else (0,):
            share = amount // 2 if part else amount
            rows.append(department + [chapter, post, part, title, text, words, share])
    write_xlsx(path("gul-bok-2025-sample.xlsx"), Sheet("Ark1", rows))
    newer = [head[i] for i in range(12) if i != 8]
    rows = [["gdep_nr", "gdep_navn", "avs_nr", "avs_navn"] + newer + ["beløp"]]
    for chapter, post, title, text, words, amount in posts:
        no_name = [7, " UTEN NAVN", 1, " UTEN NAVN"]
        rows.append(no_name + department + [chapter, post, title, text, words, Whole(str(amount + 5000000))])
    note = [[MADE_UP], ["beløp: hele kroner"]]
    write_xlsx(path("gul-bok-2026-sample.xlsx"), Sheet("Forklaring", note), Sheet("Data", rows))
    rows = [["Kap. nr", "Postnr.", "Underpostnr.", "Posttekst", "Stikkord", "Postsum"]]
    rows += [[chapter, post, 1 if post == 60 else None, text, words, amount - 500000]
             for chapter, post, title, text, words, amount in posts]
    write_xlsx(path("saldert-budsjett-2025-sample.xlsx"), Sheet("Saldert", rows))


def municipalities():
    rows = [[MADE_UP + ". Fra teksten i kommuneproposisjonen"], [], ["Begrunnelse", 2016, 2017, 2018],
            ["Opptrappingsplanen for rusfeltet", 310, 210, "205,5"]]
    write_ods(path("kommuneproposisjonen-sample.ods"), Sheet("Mill. kr", rows))
    kinds = ["Innbyggertilskudd", "Utgiftsutjevning", "Skjønnstilskudd", "Rammetilskudd"]
    oslo = [Whole("15000000"), Whole("-1200000"), 0, Whole("13800000")]
    stavanger = [Whole("3100000"), Whole("-90000"), 12500, Whole("3022500")]

    def table(year, more, *notes):
        title = MADE_UP + ". Tabell 1-k %d. Rammetilskudd til kommunene, 1 000 kr" % year
        rows = [[title, None, None, None, None], [],
                ["Kommune", *kinds], ["0301 Oslo", *oslo], ["Rogaland"], ["1103 Stavanger", *stavanger[:3], more],
                ["Hele landet", 18100000, -1290000, 12500, 16822500], []]
        return rows + [[note] for note in notes]

    first = Sheet("Tabell 1-k 2019", table(2019, stavanger[3], "Kilde: KMD"), [(0, 0, 0, 4)])
    write_ods(path("gront-hefte-1-k-sample.ods"), first, Sheet("Tabell 2-k 2019", [["Ikke med"]]))
    again = Sheet("Tabell 1-k 2019 – KORRIGERT", table(2019, Whole("3022000"), "Kilde: KMD"), [(0, 0, 0, 4)])
    write_ods(path("gront-hefte-corrected-1-k-sample.ods"), first, again)


def justice():
    hash_question = "Brukt hasj eller marijuana siste 12 måneder"
    rows = [[None, "Ungdomsskole", None, None, "Videregående", None, None],
            ["Spørsmål", "2016", "2017", "2018", "2016", "2017", "2018"],
            [hash_question, "2,1 %", "2,2 %", "3,1 %", "10,1 %", "12,2 %", "*"],
            ["Vært beruset siste 12 måneder", "14,0 %", "15,0 %", "15,5 %", "60,1 %", "61,0 %", "*"]]
    write_csv("ungdata-sample.csv", rows, "utf-8-sig")
    rows = [["Tiltak", "2016", "2017"], ["Kommuner som deler ut brukerutstyr", "24 %", "29 %"],
            ["Kommuner som har svart", "321", "330"]]
    write_csv("korfor-sample.csv", rows, "utf-16-le", "\t", "sep=\t\r\n")
    rows = [
        [MADE_UP + ". Kriminalomsorgens tall"],
        [],
        ["Tiltak", "Periode", "Enhet", 2016, 2017, 2018],
        ["Plasser i rusmestringsenheter", "Hele året", "plasser", 90, 95, 101],
        ["Plasser i stifinnerenheter", "Hele året", "plasser", 20, 20, 22],
        ["Soning i institusjon, § 12", "Hele året", "personer", 620, 610, 330],
        ["Narkotikaprogram, poliklinisk", "1.-2. tertial", "personer", None, 61, 150],
        ["Narkotikaprogram, døgnbehandling", "1.-2. tertial", "personer", None, 30, 80],
        ["Iverksatte betingede dommer på narkotikaprogram", "Hele året", "dommer", 30, 120, 140],
    ]
    write_xlsx(path("kdi-sample.xlsx"), Sheet("Tall", rows))
    rows = [["Sakstype", "2016", "2017", "2018"], ["Ungdomsstraff", "31", "40", "52"],
            ["Ungdomsoppfølging", "281", "1 302", "-"],
            ["Ungdomsstraff og ungdomsoppfølging, alle saker", "360", "1 410", "1 388"]]
    write_csv("konfliktradet-sample.csv", rows, "windows-1252")
    rows = [["Indeks", "2015", "2016", "2017", "2018"], ["Konsumprisindeksen", "100", "104,0", "106,0", "110,0"]]
    write_csv("price-index-sample.csv", rows, "utf-8")
    rows = [["Spørsmål", "År", "Snittskår", "Antall svar"], ["Forsvarlig fengselshelsetilbud", "2016", "3,21", "40"],
            ["Forsvarlig fengselshelsetilbud", "2017", "3,54", "41"]]
    write_csv("helsedirektoratet-sample.csv", rows, "utf-8", ";", end="\n")
    rows = [[MADE_UP + ". Mottaks- og oppfølgingssentre med tilskudd"], [], ["Embete", 2016, 2017, 2018],
            ["Fylkesmannen i Hordaland", 1, 2, 1], ["Fylkesmannen i Oslo og Akershus", 2, 3, 3],
            ["Fylkesmannen i Rogaland", "-", 1, "-"], ["I alt", 3, 6, 4]]
    write_ods(path("fylkesmannen-sample.ods"), Sheet("Sentre", rows))


def public_health():
    rows = [
        [MADE_UP + ". Undersøkelsen om rusmidler"],
        [],
        ["Mål", "Alder", 2013, 2016, 2017],
        ["Ukentlig beruset", "16–24 år", None, "5,5", "7,5"],
        [None, "65–79 år", None, "0,0", "1,0"],
        ["Brukt cannabis siste 12 måneder", "16–64 år", None, "4,1", "5,2"],
        ["Risikofylt alkoholbruk", "16–79 år", "16,0", None, None],
    ]
    write_xlsx(path("fhi-substance-survey-sample.xlsx"), Sheet("Andeler", rows, [(3, 0, 4, 0)]))
    rows = [["År", "Anslag", "Nedre grense", "Øvre grense"], ["2012", "7 700", "6 600", "10 300"],
            ["2013", "8 000", "6 700", "10 700"]]
    write_csv("fhi-opioid-estimates-sample.csv", rows, "utf-8-sig")
    rows = [["Bostedsfylke", "Stofftype", 2022, 2023, 2024], ["Oslo", "Opioider", 21, 24, ":"],
            ["Oslo", "Narkotikautløste dødsfall totalt", 41, 45, 39],
            ["Hele landet", "Narkotikautløste dødsfall totalt", 301, 351, 321]]
    write_xlsx(path("fhi-drug-deaths-by-county-sample.xlsx"), Sheet("Ark1", rows))


for write in [is_24_8, surveys, health_service, budget, municipalities, justice, public_health]:
    write()
