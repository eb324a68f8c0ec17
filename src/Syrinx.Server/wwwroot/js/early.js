// A page is drawn anew when it becomes live. What was typed until then goes over to the new fields, and the focus with it.
(() => {
  // the server hears of it at once, or, as of all that is typed, when it is done: its answer would undo what is typed meanwhile
  const tell = (box, later) => {
    const done = new AbortController();
    const change = () => {
      done.abort();
      box.dispatchEvent(new Event('change', { bubbles: true }));
    };
    if (!later) return change();
    box.addEventListener('blur', change, { signal: done.signal });
    box.addEventListener('keydown', event => { if (event.key === 'Enter') change(); }, { signal: done.signal });
  };

  const typed = new Map();
  let focused = null;
  const life = new AbortController();
  const on = (name, act) => document.addEventListener(name, act, { capture: true, signal: life.signal });
  on('input', event => { if (event.target.name) typed.set(event.target.name, event.target.value); });
  on('focusin', event => { focused = event.target.name || null; });
  document.addEventListener('DOMContentLoaded', () => {
    const drawn = document.getElementById('main');
    if (!drawn) return;
    new MutationObserver((_, watch) => {
      const main = document.getElementById('main');
      if (drawn.isConnected || !main) return;
      watch.disconnect();
      life.abort();
      const field = name => main.querySelector(`[name="${CSS.escape(name)}"]`);
      for (const [name, value] of typed) {
        const box = field(name);
        if (!box || box.value === value) continue;
        box.value = value;
        box.dispatchEvent(new Event('input', { bubbles: true }));
        tell(box, name === focused);
      }
      const box = focused && document.activeElement === document.body && field(focused);
      if (!box) return;
      box.focus({ preventScroll: true });
      // Blazor then leads to the heading, for those who have come from another page; nobody has
      const stay = new AbortController();
      document.addEventListener('pointerdown', () => stay.abort(), { signal: stay.signal });
      document.addEventListener('keydown', event => { if (event.key === 'Tab') stay.abort(); }, { signal: stay.signal });
      main.addEventListener('focusin', event => {
        if (event.target.tagName !== 'H1') return;
        stay.abort();
        box.focus({ preventScroll: true });
      }, { signal: stay.signal });
      setTimeout(() => stay.abort(), 10_000);
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
