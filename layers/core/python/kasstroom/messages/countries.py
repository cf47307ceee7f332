"""Names of countries on an envelope, in Dutch and in capitals: Dutch post sorts by them. A country
that is not here cannot be written to by letter; it is one line to add.
"""

from __future__ import annotations

_NAMES = """
AD Andorra|AE Verenigde Arabische Emiraten|AL Albanië|AR Argentinië|AT Oostenrijk|AU Australië
AW Aruba|BA Bosnië en Herzegovina|BE België|BG Bulgarije|BR Brazilië|CA Canada|CH Zwitserland
CL Chili|CN China|CO Colombia|CW Curaçao|CY Cyprus|CZ Tsjechië|DE Duitsland|DK Denemarken
DZ Algerije|EE Estland|EG Egypte|ES Spanje|FI Finland|FO Faeröer|FR Frankrijk
GB Verenigd Koninkrijk|GE Georgië|GI Gibraltar|GR Griekenland|HK Hongkong|HR Kroatië|HU Hongarije
ID Indonesië|IE Ierland|IL Israël|IN India|IS IJsland|IT Italië|JP Japan|KR Zuid-Korea
LI Liechtenstein|LT Litouwen|LU Luxemburg|LV Letland|MA Marokko|MC Monaco|MD Moldavië|ME Montenegro
MK Noord-Macedonië|MT Malta|MX Mexico|MY Maleisië|NL Nederland|NO Noorwegen|NZ Nieuw-Zeeland
PH Filipijnen|PL Polen|PT Portugal|QA Qatar|RO Roemenië|RS Servië|SA Saoedi-Arabië|SE Zweden
SG Singapore|SI Slovenië|SK Slowakije|SM San Marino|SR Suriname|SX Sint Maarten|TH Thailand
TN Tunesië|TR Turkije|TW Taiwan|UA Oekraïne|US Verenigde Staten|VA Vaticaanstad|VN Vietnam
XK Kosovo|ZA Zuid-Afrika
"""
_ROWS = _NAMES.strip().replace("\n", "|").split("|")
COUNTRIES = {code: name.upper() for code, _, name in (row.partition(" ") for row in _ROWS)}
