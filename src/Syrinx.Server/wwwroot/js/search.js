// The slash key leads to the search box, as on many sites.
export function attach(form) {
  const box = form.querySelector('input[name=q]');
  const life = new AbortController();
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    event.preventDefault();
    box.focus();
    box.select();
  }, { signal: life.signal });
  return { dispose() { life.abort(); } };
}
