"""The targets of docs/performance.md, each held against what a run measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Target:
    """`reached` is better when larger (`at_least`) or when smaller."""

    what: str
    wanted: float
    reached: float
    unit: str
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.reached >= self.wanted if self.at_least else self.reached <= self.wanted


def targets(run: Mapping[str, Any]) -> list[Target]:
    """All of them, in the order of the document."""
    pages, ceilings, queries = run["pages"], run["ceilings"], run["queries"]
    return [
        *_pages(pages, ceilings, queries),
        *_supports(pages, ceilings),
        *_search(run),
        *_opinions(run),
        Target("consent checks, one by one", 2_000, pages["consent_check"]["per_second"], "/s", at_least=True),
        Target("consent checks, 100 at once", 2_000, 100 * pages["consent_checks"]["per_second"], "/s", at_least=True),
        Target("slowest p99 of a page, 16 connections", 50, _slowest(pages), "ms"),
        Target("first page over the wire", 60, run["first_page_kb"], "KB"),
        Target("first comparison of 200 sections of 1,000 characters", 300, run["comparison_ms"], "ms"),
        Target("start: first answer", 1.5, run["start_seconds"], "s"),
        Target("memory per worker after load", 120, run["megabytes"][0], "MB"),
        Target("counters that differ from their rows", 0, len(run["wrong_counters"]), ""),
        *_draws(run["draw"], run["large_draw"]),
        Target("requests refused", 0, sum(sum(page.get("refused", {}).values()) for page in pages.values()), ""),
    ]


def _pages(pages: Mapping[str, Any], ceilings: Mapping[str, Any], queries: Mapping[str, int]) -> list[Target]:
    bare = ceilings["bare"]["per_second"]
    return [
        Target("list, anonymous, warm, of bare Starlette", 0.3, pages["list_warm"]["per_second"] / bare, "x", True),
        Target("list, signed in: CPU", 1.5, pages["list_in"]["cpu_ms"], "ms"),
        Target("list, signed in: queries", 6, queries["list_in"], ""),
        Target("list, cold: CPU", 1.5, pages["list_cold"]["cpu_ms"], "ms"),
        Target("list, cold: queries", 6, queries["list_cold"], ""),
        Target("proposal, anonymous, warm, of bare Starlette", 0.3, pages["proposal"]["per_second"] / bare, "x", True),
        Target("proposal, signed in: CPU", 3, pages["proposal_in"]["cpu_ms"], "ms"),
        Target("proposal, signed in: queries", 8, queries["proposal_in"], ""),
    ]


def _supports(pages: Mapping[str, Any], ceilings: Mapping[str, Any]) -> list[Target]:
    found = []
    if "pg_commit" in ceilings:
        rate = ceilings["pg_commit"]["per_second"]
        for key in ("support_16", "support_api_16"):
            ratio = pages[key]["per_second"] / rate
            found.append(Target(f"{pages[key]['label']}, of one-row commits", 0.25, ratio, "x", True))
    else:
        rate = ceilings["commit_64"]["per_second"]
        for key in ("support_64", "support_api_64"):
            ratio = pages[key]["per_second"] / rate
            found.append(Target(f"{pages[key]['label']}, of one commit per request", 1.0, ratio, "x", True))
    return [*found, *(Target(f"{pages[key]['label']}: p99", 50, pages[key]["p99"], "ms")
                      for key in ("support_16", "support_api_16"))]  # fmt: skip


def _search(run: Mapping[str, Any]) -> list[Target]:
    p50, p99 = (15, 50) if run["database"] == "sqlite" else (10, 60)
    found = [Target("new text findable", 1, run["findable_seconds"], "s")]
    for key in ("search_1", "search_2"):
        page = run["pages"][key]
        found += [Target(f"{page['label']}: p50", p50, page["p50"], "ms"),
                  Target(f"{page['label']}: p99", p99, page["p99"], "ms")]  # fmt: skip
    return found


def _draws(small: Mapping[str, Any], large: Mapping[str, Any]) -> list[Target]:
    """Of the large pool not every panel can be listed: its bound is at least the optimum."""
    who = f"draw from {large['people']:,} people, {large['kinds']:,} kinds of answers"
    return [
        Target("smallest chance of a draw, of the maximin optimum", 0.98, small["of_optimum"], "x", True),
        Target("the same, counted over many seeds", 0.98, small["counted"], "x", True),
        Target(f"{who}: smallest chance, of its bound", 0.98, large["of_bound"], "x", True),
        Target(f"{who}: CPU", 60, large["cpu_seconds"], "s"),
        Target("panels that miss a quota", 0, small["broken"] + large["broken"], ""),
    ]


def _opinions(run: Mapping[str, Any]) -> list[Target]:
    """Votes and supports are both measured while the map is computed, one right after the other: between two such
    measurements a shared machine alone differs by a fifth."""
    share = run["pages"]["opinion_votes"]["per_second"] / run["pages"]["support_mapped"]["per_second"]
    return [
        Target("opinion map computed", 5, run["map_seconds"], "s"),
        Target("votes while it is computed, of supports then", 0.8, share, "x", True),
    ]


def _slowest(pages: Mapping[str, Any]) -> float:
    return max(pages[key]["p99"] for key in ("list_warm", "list_in", "list_cold", "proposal", "proposal_in"))
