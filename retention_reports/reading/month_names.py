"""The months as German, English, French, Dutch and Spanish call them, in full and shortened."""

from __future__ import annotations

_NAMES = {
    1: "januar jänner january janvier januari enero jan janv ene",
    2: "februar feber february février fevrier februari febrero feb fév févr fev fevr",
    3: "märz maerz march mars maart marzo mär mrz mar mrt",
    4: "april avril abril apr avr abr",
    5: "mai may mei mayo",
    6: "juni june juin junio jun",
    7: "juli july juillet julio jul juil",
    8: "august août aout augustus agosto aug aoû ago",
    9: "september septembre septiembre setiembre sep sept",
    10: "oktober october octobre octubre okt oct",
    11: "november novembre noviembre nov",
    12: "dezember december décembre decembre diciembre dez dec déc dic",
}
MONTHS = {name: month for month, names in _NAMES.items() for name in names.split()}
"""Each name (folded, without the point of a short one) and its number; no name means two months."""
