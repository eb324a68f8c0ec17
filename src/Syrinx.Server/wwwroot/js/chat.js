// The chat page's keyboard and scrolling. Enter sends (not while an input method composes Chinese), Shift+Enter breaks the
// line, Esc stops. A question that is being typed outlives a reload and a server that went away, in this window only.
const place = () => 'syrinx-question ' + location.pathname;

export function attach(form, thread, page) {
  const box = form.querySelector('textarea');
  const full = form.parentElement.querySelector('.composer-full');
  const life = new AbortController();
  const on = (target, name, act) => target.addEventListener(name, act, { signal: life.signal });
  const changed = () => {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight + 2, 220)}px`;
    full.textContent = box.value.length >= box.maxLength ? form.dataset.full : '';
    try {
      if (box.value) sessionStorage.setItem(place(), box.value);
      else sessionStorage.removeItem(place());
    } catch { /* refused or full: nothing is kept */ }
  };
  const put = text => {
    box.value = text;
    changed();
  };

  on(form, 'submit', async event => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text || form.dataset.busy === 'true') return;
    put('');
    let asked = false;
    try {
      asked = await page.invokeMethodAsync('Send', text);
    } catch { /* the connection is gone, and whether it was asked is not known: the page will show it, or the box does */
      asked = [...thread.querySelectorAll('.question-text')].some(question => question.textContent === text);
    }
    if (!asked && !box.value) put(text);
  });
  on(box, 'keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  on(box, 'input', changed);
  // the stop button goes away under the finger: the keyboard goes on in the box
  on(form, 'click', event => {
    if (event.target.closest('.composer-stop') && (event.detail === 0 || matchMedia('(hover: hover)').matches)) box.focus();
  });
  on(document, 'keydown', event => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (document.activeElement?.closest('.cite')) document.activeElement.blur();
    else if (form.dataset.busy === 'true') page.invokeMethodAsync('Stop');
  });

  // the newest question goes to the top, so that its answer is read from the beginning; after that the reader scrolls
  let last = null;
  const bring = () => {
    const newest = thread.querySelector('.exchange:last-of-type');
    if (!newest || newest === last) return;
    last = newest;
    thread.scrollTop += newest.getBoundingClientRect().top - thread.getBoundingClientRect().top - 8;
  };
  const growth = new MutationObserver(bring);
  growth.observe(thread, { childList: true });
  bring();
  try {
    box.value ||= sessionStorage.getItem(place()) ?? '';
  } catch { /* as above */ }
  changed();
  if (matchMedia('(hover: hover)').matches) box.focus({ preventScroll: true });

  return { dispose() { life.abort(); growth.disconnect(); } };
}
