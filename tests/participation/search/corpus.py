"""Documents for the tests of search."""
from datetime import UTC, datetime, timedelta
from typing import Any

from participation.search.port import SearchDocument

START = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)


def document(subject_id: int, title: str, body: str = "", **more: Any) -> SearchDocument:
    """A published proposal; later ids were published later."""
    values = {"kind": "proposal", "locale": "ja", "published_at": START + timedelta(hours=subject_id), **more}
    return SearchDocument(subject_id=subject_id, title=title, body=body, **values)


BUS = document(1, "坂のまちに小さなバスを", "高齢者の買い物を支える乗合バスを走らせたい。駅から団地まで。", process_id=10, area_id=1,
               category_id=5, state="published")
LIBRARY = document(2, "図書館を夜九時まで", "仕事の帰りに寄れる図書館がほしい。バス停も近い。", process_id=10, area_id=2,
                   category_id=6, state="accepted")
RUBBISH = document(3, "ゴミ出しの見守り", "一人ぐらしのお年寄りのごみを近所で出す。", process_id=11, area_id=1, state="published")
BUSES = document(4, "Night buses for Kōbe", "Two buses an hour after midnight, and Wi-Fi in the harbour services.",
                 locale="en", process_id=11, state="published")
COMMENT = document(5, "", "図書館に賛成です。駅前にも小さな図書コーナーを。", kind="comment", process_id=10,
                   about="図書館を夜九時まで")
ALL = (BUS, LIBRARY, RUBBISH, BUSES, COMMENT)
