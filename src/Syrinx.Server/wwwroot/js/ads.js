// The ads page: the brief that is being typed outlives a reload and the switch of language, in this window only; and the CSV is
// saved as a file.
const place = 'syrinx-brief';

export function attach(form, page) {
  const life = new AbortController();
  const example = () => form.dataset.example;
  form.addEventListener('input', () => {
    const kept = { example: example(), fields: Object.fromEntries(new FormData(form)) };
    try { sessionStorage.setItem(place, JSON.stringify(kept)); } catch { /* refused or full: nothing is kept */ }
  }, { signal: life.signal });
  try {
    const kept = JSON.parse(sessionStorage.getItem(place));
    if (kept?.example === example()) page.invokeMethodAsync('Restore', kept.fields);
  } catch { /* as above */ }
  return { dispose() { life.abort(); } };
}

export function save(name, text) {
  // the mark at the beginning tells spreadsheets that it is UTF-8
  const address = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
