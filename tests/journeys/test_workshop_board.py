"""Two windows write on one board; the connection of one is cut and comes back; nothing that was typed is lost."""
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from tests.journeys.test_membership import Screen, environment, served
from tests.support.browser import PHONE, Visitor
from tests.support.databases import on_sqlite
from tests.workshops.boards.scene import SLUG, Scene, scene
from workshops.boards.models import Note
from workshops.boards.queries import board

__all__ = ["environment", "scene", "served"]
Visit = Callable[..., Visitor]


class Table(Screen):
    """Somebody at the table of team A."""

    def look(self, name: str) -> None:
        self.step += 1
        self.visitor.look(f"workshop-{self.step:02}-{name}")

    @property
    def page(self) -> Page:
        return self.visitor.page

    def put_up(self, text: str, section: str = "idea") -> None:
        form = self.page.locator(f"#add-{section}")
        form.locator("textarea").fill(text)
        form.locator("textarea").press("Tab")
        self.page.keyboard.press("Enter")

    def note(self, text: str) -> Locator:
        """The field of the note that says this."""
        return self.page.locator("#list-idea textarea").and_(self.page.locator(f"[id='{self._id(text)}']"))

    def _id(self, text: str) -> str:
        self.page.wait_for_function(
            "text => [...document.querySelectorAll('#list-idea textarea')].some(each => each.value === text)", arg=text)
        return self.page.evaluate(
            "text => [...document.querySelectorAll('#list-idea textarea')].find(each => each.value === text).id", text)

    def all_saved(self) -> None:
        expect(self.page.locator("#board-state:not(.waiting)")).to_be_visible()


def texts(scene: Scene) -> list[str]:
    return sorted(note.value("text") for note in scene.ask(board, scene.case(scene.desk, "A")).ideas)


@on_sqlite
def test_two_windows_edit_one_board_while_the_connection_is_cut_and_comes_back(
        served: str, visit: Visit, scene: Scene) -> None:
    one, two = (Table(visit(served, width=width), scene.person, who)
                for width, who in zip((1280, PHONE), scene.people["A"], strict=True))
    for each in (one, two):
        each.open(scene.path("A"))
    one.put_up("A bench")
    two.put_up("A lamp")
    one.note("A lamp"), two.note("A bench")  # each sees the other's

    typing = two.note("A lamp")
    typing.fill("A lamp that")
    two.visitor.context.set_offline(True)
    typing.press_sequentially(" sings")
    two.put_up("A fountain")
    one.put_up("A tree")
    one.note("A bench").fill("A bench for two")
    one.all_saved()
    waiting = two.page.locator("#board-state.waiting")
    expect(waiting).to_contain_text("2")
    expect(two.page.locator("#list-idea .sketch")).to_contain_text("A fountain")
    two.look("no-connection")
    assert typing.input_value() == "A lamp that sings"

    two.visitor.context.set_offline(False)
    two.all_saved()
    for each in (one, two):
        for text in ("A bench for two", "A lamp that sings", "A fountain", "A tree"):
            each.note(text)
    assert texts(scene) == ["A bench for two", "A fountain", "A lamp that sings", "A tree"]
    assert scene.ask(lambda s: s.scalar(select(func.count()).select_from(Note))) == 4
    decide_between_two_texts(one, two, scene)


def decide_between_two_texts(one: Table, two: Table, scene: Scene) -> None:
    """Both write in the same note, one without a connection and in a page that is closed before it is back."""
    field = two.note("A tree")
    two.visitor.context.set_offline(True)
    field.fill("A tall tree")
    one.note("A tree").fill("A green tree")
    one.all_saved()
    expect(two.page.locator("#board-state.waiting")).to_be_visible()
    two.visitor.context.set_offline(False)
    again = two.open(scene.path("A"))
    theirs = again.locator("[data-theirs]")
    expect(theirs).to_have_text("A green tree")
    place = again.locator("form[data-save]", has=theirs)
    expect(place.locator("textarea")).to_have_value("A tall tree")
    two.look("both-texts")
    place.get_by_role("button").nth(2).press("Enter")
    two.all_saved()
    assert one.note("A green tree").evaluate("field => field === document.activeElement")  # it is left alone there
    one.page.keyboard.press("Tab")
    one.note("A green tree\nA tall tree")


@on_sqlite
def test_the_day_is_walked_by_hand_with_a_personal_link_and_dots(served: str, visit: Visit, scene: Scene) -> None:
    first, of_b = scene.people["A"][0], scene.people["B"][0]
    scene.note(first, "A", "note-0001", "埠頭にベンチ")
    scene.poster(of_b, "B", "poster-0001", concept="海の見える縁側", for_whom="散歩する人", big_idea="歩く人が休める場所")
    guest = visit(served, width=PHONE, javascript=False)
    page = guest.open(f"/workshops/{SLUG}/join/{scene.guest_key}")
    page.locator(f"main a[href='/workshops/{SLUG}/board']").click()
    page.locator("#poster-poster-0001 button").click()
    expect(page.locator("#poster-poster-0001 button")).to_have_attribute("aria-pressed", "true")
    guest.look("workshop-overview")
    page.goto(f"{served}{scene.path('A')}")
    page.locator("#add-persona input[type=text]").fill("佐藤 文子")
    page.locator("#add-persona button").click()
    page.locator("form[id^=add-moment] input[name=at]").fill("７：３０")
    page.locator("form[id^=add-moment] input[name=activity]").fill("犬の散歩")
    page.locator("form[id^=add-moment] button").click()
    guest.look("workshop-board")
    persona = scene.ask(board, scene.case(scene.desk, "A")).personas[0]
    assert (persona.value("name"), persona.author) == ("佐藤 文子", "Guest of A")
    assert [(each.value("at"), each.value("activity")) for each in persona.moments] == [("07:30", "犬の散歩")]
    organise(Table(visit(served), scene.person, scene.facilitator), scene)


def organise(leader: Table, scene: Scene) -> None:
    page = leader.open(f"/workshops/{SLUG}/desk/present")
    page.locator(f"#member-{scene.guest} button").first.click()
    page.locator(f"#member-{scene.guest} button[role=switch]").click()
    leader.look("present")
    for path in ("desk/teams", "desk/links", "board"):
        leader.open(f"/workshops/{SLUG}/{path}")
        leader.look(path.replace("/", "-"))
    leader.open(scene.path("A"))
    leader.look("board")
    for query in ("", f"?team={scene.team['A']}"):
        screen = leader.open(f"/workshops/{SLUG}/screen{query}")
        assert screen.locator("button, a[href], input").count() == 0
        leader.look("screen")
