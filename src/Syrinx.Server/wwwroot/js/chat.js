// The chat page's keyboard and scrolling. Enter sends (not while an input method composes Chinese), Shift+Enter breaks the
// line, Esc stops.
export function attach(form, thread, page) {
  const box = form.querySelector('textarea');
  const life = new AbortController();
  const on = (target, name, act) => target.addEventListener(name, act, { signal: life.signal });
  const fit = () => { box.style.height = 'auto'; box.style.height = `${Math.min(box.scrollHeight + 2, 220)}px`; };

  on(form, 'submit', event => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text || form.dataset.busy === 'true') return;
    box.value = '';
    fit();
    page.invokeMethodAsync('Send', text);
  });
  on(box, 'keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  on(box, 'input', fit);
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
  fit();
  if (matchMedia('(hover: hover)').matches) box.focus({ preventScroll: true });

  return { dispose() { life.abort(); growth.disconnect(); } };
}
