"""Values that no form asks for, as texts of a page's form and as values of an API's document."""

TEXTS = {
    "nothing": "", "spaces": " \u3000\t\n", "NUL": "a\x00b", "control characters": "\x01\x08\x1b[31m\x7f",
    "turned around": "\u202eevil\u202c\u2066x\u2069", "invisible": "\u200b\ufeff\u00ad",
    "a million characters in a line": "x" * 700_000, "ten thousand lines": "a\n" * 10_000,
    "more than 64 bits": str(2**63), "much more": "9" * 5_000, "negative": "-1", "minus zero": "-0",
    "a fraction": "1.5",
    "not a number": "NaN", "infinite": "-Infinity", "exponent": "1e400", "a superscript": "\u00b2",
    "full width": "\uff11\uff12",
    "thousands": "1,000", "hexadecimal": "0x10", "true": "true", "JSON": '{"a": [1]}', "deep JSON": "[" * 10_000,
    "the first day": "0001-01-01T00:00+14:00", "the last day": "9999-12-31T23:59-14:00", "no day": "2026-02-30",
    "a list": "a,b", "SQL": "' OR 1=1; --", "a path": "../../etc/passwd", "a template": "{{7*7}}%(x)s%s{0}",
    "a header": "x\r\nBcc: y@z",
    "combining": "e" + "\u0301" * 3_000, "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 50,
    "an unassigned one": "\U000e0fff\uffff"}
JSONS = {
    **{what: text for what, text in TEXTS.items() if len(text) < 100_000}, "null": None, "yes": True, "a number": 7,
        "zero": 0,
    "a negative number": -1, "2^31": 2**31, "2^53+1": 2**53 + 1, "2^63": 2**63, "10^400": 10**400, "a float": 1.5,
    "1e308": 1e308,
    "nan": float("nan"), "infinity": float("inf"), "an empty list": [], "a list of everything": [None, 1, "a", {}, []],
    "an object": {"a": 1}, "half a surrogate pair": "\ud800", "the other half": "\udfff\ud800", "NULs": "\x00" * 10,
    "a deep list": [[[[[[[[]]]]]]]]}
# Whole bodies that are no document of the kind that was asked for.
BODIES = {
    "nothing": b"", "white space": b" \n", "no JSON": b"{", "a text": b'"x"', "a number": b"1", "null": b"null",
    "a list": b"[1]",
    "deep lists": b"[" * 100_000, "deep objects": b'{"a":' * 100_000,
    "twice the same key": b'{"body":"a","body":1,"on":1,"on":[]}',
    "NaN": b'{"body":NaN,"lat":Infinity}', "a byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"body":"x"}'.encode("utf-16"),
    "no UTF-8": b'{"body":"\xff\xfe"}', "half a surrogate pair": b'{"body":"\\ud800\\ud800","title":"\\udfff"}',
    "NUL": b'{"body":"\\u0000"}', "a raw NUL": b'{"body":"\x00"}',
    "a number of 5,000 digits": b'{"on":' + b"9" * 5_000 + b"}",
    "a long key": b'{"' + b"k" * 500_000 + b'":1}', "100,000 keys": b"{" + b",".join(b'"k%d":1' % n
    for n in range(60_000)) + b"}"}
QUERIES = {
    "no UTF-8": "%ff%fe=%c0%80", "NUL": "q=%00&page=%00&title=abcdefgh%00", "half a surrogate pair": "q=%ed%a0%80",
    "8,000 parameters": "&".join(f"p{n}=1" for n in range(8_000)), "the same 3,000 times": "&".join(["q=a"] * 3_000),
    "no pairs": "&&==&=",
    "numbers": "page=99999999999999999999&per_page=-1&comments_page=%C2%B2&reply=%C2%B2&about=9999999999999999999"
    "&entry=99999999999999999999&from=-1&to=1e9&id=0x1&parent=1",
    "full width": "page=%EF%BC%91&comments_page=%EF%BC%91",
    "long": "q=" + "%E3%81%82" * 5_000, "long title": "title=" + "a" * 50_000,
    "5,000 digits": "page=" + "9" * 5_000 + "&comments_page=1"
    + "0" * 5_000,
        "wildcards": "q=%25%27%22%28%29%2A%5E~%3A%5C&sort=%27&type=%27&process=%27&area=%27&state=%27&show=%27"
        "&edit=%27",
    "brackets": "q=%28%28%28AND+OR+NOT+%22&sort[]=x&page[a]=1", "stars": "q=" + "%2A" * 300,
    "quotes": "q=" + "%22a" * 200}
PATHS = ("/proposals/%00", "/proposals/%ff", "/proposals/99999999999999999999", "/proposals/-1", "/proposals/1e3",
    "/proposals/\u00b2",
         "/processes/%00", "/processes/%ed%a0%80", "/processes/" + "a" * 5_000, "/processes/by-id/9223372036854775808",
         "/api/v1/processes/%00", "/api/v1/proposals/9223372036854775807", "/media/..%2f..%2fsecret.key",
         "/media/%00.webp",
         "/static/%00", "/static/..%2f..%2fasgi.py", "/static/%2e%2e/%2e%2e/asgi.py", "/static/" + "a" * 5_000,
         "/static/\u00b2",
         "/unsubscribe/%00", "/unsubscribe/" + "a" * 9_000, "/unsubscribe/.", "/sign-up/%00", "/reset/%ff",
         "/take-part/%00",
         "/sign-in/link/%ed%a0%80", "/sign-in/oidc/%00/callback?code=%00&state=%00", "/me/sessions/%00",
         "/admin/accounts/%00",
         "/secretariat/%00", "/secretariat/__class__", "/audit/entries/9223372036854775807", "/comments/0",
         "/subjects/0/comments",
         "//evil.example/", "/%2e%2e/", "/\u3042", "/proposals/1/", "/%0d%0aSet-Cookie:x=1")
