// Light or dark, before the first paint: the choice that was made here, else the system's. Choosing what the system has
// anyway forgets the choice, so that the page follows the system again.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try { return localStorage.getItem('syrinx-theme'); } catch { return null; }
  };
  const apply = () => {
    document.documentElement.dataset.theme = chosen() ?? (system.matches ? 'dark' : 'light');
  };
  system.addEventListener('change', apply);
  addEventListener('storage', apply);
  document.addEventListener('click', event => {
    if (!event.target.closest?.('[data-theme-toggle]')) return;
    const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    try {
      if ((next === 'dark') === system.matches) localStorage.removeItem('syrinx-theme');
      else localStorage.setItem('syrinx-theme', next);
    } catch { /* storage refused: the choice holds for this page */ }
    document.documentElement.dataset.theme = next;
  });
  apply();
})();
