"""The reference tables of law: dated facts in `ontology/reference/*.csv`, one named graph a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...errors import LoadError
from ...statements import Statement
from .. import places as register
from ..source import Harvest, Source
from . import (
    alignment,
    ccl,
    chart,
    china,
    groups,
    lists,
    places,
    practice,
    reaches,
    regimes,
    restrictions,
    scopes,
    us_goods,
    us_practice,
)
from .cells import RowReader
from .table import Table, TableLoader

TABLES: dict[str, RowReader] = {
    "countries": places.countries,
    "places": places.places,
    "place_names": places.place_names,
    "place_containment": places.place_containment,
    "place_control": places.place_control,
    "control_lists": lists.control_lists,
    "control_list_words": lists.control_list_words,
    "party_lists": lists.party_lists,
    "identifier_schemes": lists.identifier_schemes,
    "us_ccl_entries": ccl.us_ccl_entries,
    "us_ccl_controls": ccl.us_ccl_controls,
    "us_country_chart": chart.us_country_chart,
    "us_country_chart_footnotes": chart.us_country_chart_footnotes,
    "us_ear_inheritance": chart.us_ear_inheritance,
    "us_country_groups": groups.us_country_groups,
    "us_line_scopes": groups.us_line_scopes,
    "country_groups": groups.country_groups,
    "eu_gea_destinations": groups.eu_gea_destinations,
    "us_licence_exceptions": practice.us_licence_exceptions,
    "us_fdp_rules": practice.us_fdp_rules,
    "us_general_prohibitions": practice.us_general_prohibitions,
    "us_744_supp2": reaches.us_744_supp2,
    "us_de_minimis": reaches.us_de_minimis,
    "us_subsidiary_reach": reaches.us_subsidiary_reach,
    "us_744_8_programmes": regimes.us_744_8_programmes,
    "eu_russia_833_2014_provisions": practice.eu_russia_833_2014_provisions,
    "cn_announcements": china.cn_announcements,
    "cn_party_lists": china.cn_party_lists,
    "code_alignment": alignment.code_alignment,
    "hs_control_correlation": alignment.hs_control_correlation,
    "chpl_hs6": restrictions.chpl_hs6,
    "ownership_regimes": regimes.ownership_regimes,
    "embargoed_places": restrictions.embargoed_places,
    "high_diversion_places": restrictions.high_diversion_places,
    "licence_clocks": practice.licence_clocks,
    "document_requirements": practice.document_requirements,
    "red_flags": practice.red_flags,
    "business_activities": reaches.business_activities,
    "rule_catalogue": practice.rule_catalogue,
    "goods_scopes": scopes.goods_scopes,
    "trade_restrictions": scopes.trade_restrictions,
    "cn_list_measures": scopes.cn_list_measures,
    "blocking_orders": scopes.blocking_orders,
    "us_goods_scopes": us_goods.us_goods_scopes,
    "us_fdp_reaches": us_goods.us_fdp_reaches,
    "us_746_requirements": us_goods.us_746_requirements,
    "us_exception_limits": us_practice.us_exception_limits,
    "us_person_support": us_practice.us_person_support,
    "record_periods": us_practice.record_periods,
    "price_bands": us_practice.price_bands,
    "sign_words": us_practice.sign_words,
}
"""Every table and how one of its rows is read."""


def reference_tables(folder: Path = register.TABLES) -> Iterator[Table]:
    """Yield every reference table of a folder, in the order of the registry.

    Raises:
        LoadError: `tables.csv` does not say whose facts a table holds.
    """
    about = {row["table"]: row for row in register.rows_of("tables")}
    for name, read in TABLES.items():
        if name not in about:
            raise LoadError(f"`{name}` is not in tables.csv", help="add its title, publisher and licence")
        row = about[name]
        source = Source(name, row["title"], row["publisher"], row["url"] or row["publisher"], "CSV", row["licence"])
        yield Table(TableLoader(source, read), folder / f"{name}.csv")


def reference_harvests(folder: Path = register.TABLES) -> Iterator[tuple[Harvest, Iterator[Statement]]]:
    """Yield a harvest and the statements of every table; the counts are whole once its statements are taken.

    Args:
        folder: Where the tables lie; those of the package by default.
    """
    for table in reference_tables(folder):
        harvest = table.harvest()
        yield harvest, harvest.statements(table.loader)


__all__ = ["TABLES", "reference_harvests", "reference_tables"]
