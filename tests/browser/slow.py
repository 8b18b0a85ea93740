"""A test mode in which everything comes late: `COURSE_SLOW=100 python3 start.py test browser`, in milliseconds.

Late are frames, messages to and from a kernel or its stand-in, and what inputs and folds tell. A handler of a key or
of the pointer is not: it has to say at once whether the browser may act too. What it leads to is late.
"""

import os

DELAY = int(os.environ.get("COURSE_SLOW") or 0)

SCRIPT = """(() => {
    window.late = (act, ...given) => setTimeout(act, DELAY, ...given);
    window.requestAnimationFrame = act => late(() => act(performance.now()));
    window.cancelAnimationFrame = clearTimeout;

    // An input told late still has the value of that moment: a frame in between may have set it to the model's.
    const listen = HTMLElement.prototype.addEventListener;
    const slowed = ['input', 'change', 'toggle'];
    const isMoved = part => part.localName === 'select' || ['range', 'checkbox', 'radio', 'color'].includes(part.type);
    for (const {prototype} of [HTMLInputElement, HTMLSelectElement, HTMLDetailsElement]) {
        prototype.addEventListener = function (kind, act, options) {
            const tell = event => {
                const {value, checked} = this;
                late(() => {
                    if (isMoved(this)) Object.assign(this, {value}, checked == null ? {} : {checked});
                    act(event);
                });
            };
            listen.call(this, kind, slowed.includes(kind) ? tell : act, options);
        };
    }

    window.WebSocket = class extends WebSocket {
        send(data) { late(() => this.readyState === this.OPEN && super.send(data)); }
        set onmessage(act) { super.onmessage = event => late(() => act.call(this, event)); }
        get onmessage() { return super.onmessage; }
    };
})()""".replace("DELAY", str(DELAY))


def open_page(browser, **options):
    """Return a page in a browser window of its own, of some kind; all is late in it in the slow mode."""
    context = browser.new_context(**options)
    if DELAY:
        context.add_init_script(SCRIPT)
    return context.new_page()
