"""Sixty texts that would do something if a page took them for anything but words. After OWASP, on evading filters, the
advisories of comparable platforms, and the attributes of htmx."""

MARK = "zzq"  # stands in every payload: where it appears as a tag or an attribute, something got through
TAGS = [f"<{text}" for text in (
    f"script>{MARK}()</script>", f"SCRIPT SRC=//x/{MARK}>", f"img src=x onerror={MARK}()>", f"svg onload={MARK}()>",
    f"svg/onload={MARK}()//", f"body onload={MARK}()>", f"iframe src=javascript:{MARK}()>",
    f"details open ontoggle={MARK}()>",
    f"video><source onerror={MARK}()>", f"math><mi xlink:href='javascript:{MARK}()'>x", f"object data={MARK}>",
    f"embed src={MARK}>", f"form action=//x/{MARK}><input>", f"button formaction={MARK}>x", f"base href=//{MARK}/>",
    f"meta http-equiv=refresh content='0;//{MARK}'>", f"link rel=stylesheet href=//{MARK}>",
    f"style>@import '//{MARK}'",
    f"template><script>{MARK}()</script></template>", f"noscript><p title='</noscript><img src=x onerror={MARK}()>'>",
    f"marquee onstart={MARK}()>", f"a href=javascript:{MARK}()>x</a>", f"a href=' javascript:{MARK}()'>x</a>",
    f"div hx-get=/{MARK} hx-trigger=load>", f"div data-hx-post=/{MARK}>", f"div hx-on:load={MARK}()>", f"p id={MARK}>",
    f"p class={MARK}>", f"p style=x:{MARK}>", f"input autofocus onfocus={MARK}()>", f"x-{MARK}>", f"{MARK}/>")]
BREAKOUTS = [
    f'"><img src=x onerror={MARK}()>', f"'><img src=x onerror={MARK}()>", f'" onmouseover={MARK}() x="',
    f"' onfocus={MARK}() autofocus x='", f"</title><script>{MARK}()</script>", f"</textarea><script>{MARK}()</script>",
    f"</script><script>{MARK}()</script>", f"-->{MARK}<!--<img src=x onerror={MARK}()>", f"]]><x-{MARK}>",
    f"`onmouseover={MARK}()`", f"&lt;img src=x onerror={MARK}()&gt;", f"&#60;script&#62;{MARK}()&#60;/script&#62;",
    f"\\u003cscript\\u003e{MARK}()", f"%3Cscript%3E{MARK}()", f"{{{{ 7*7 }}}}{MARK}", f"{{% raw %}}{MARK}",
    f"${{{MARK}}}",
    f"\u202e<x-{MARK}>\u202c", f"<\u0000script>{MARK}()</script>", f"\uff1cscript\uff1e{MARK}()",
    f"<scr<script>ipt>{MARK}()"]
MARKDOWN = [
    f"[x](javascript:{MARK}())", f"[x](JaVaScRiPt:{MARK}())", f"[x](data:text/html,<script>{MARK}()</script>)",
    f"[x](vbscript:{MARK}())", f"![x](https://evil.example/{MARK}.png)", f"![x](x\"onerror={MARK}())",
    f"[x](https://x.example \"\\\" onmouseover={MARK}() \")", f"<javascript:{MARK}()>",
    f"[{MARK}]: javascript:{MARK}()\n\n[{MARK}]",
    f"```\"onload={MARK}()\nx\n```", f"|a|\n|-|\n|<img src=x onerror={MARK}()>|", f"[x](&#x6A;avascript:{MARK}())"]
PAYLOADS = (*TAGS, *BREAKOUTS, *MARKDOWN)
