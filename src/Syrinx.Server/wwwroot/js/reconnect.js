// Blazor tells the dialog what became of the connection (components-reconnect-state-changed); here it opens, closes and retries.
const dialog = document.getElementById('components-reconnect-modal');

async function retry() {
  try {
    // false: the server is there and does not know this page any more
    if (!await Blazor.reconnect() && !await Blazor.resumeCircuit?.()) location.reload();
  } catch {
    dialog.dataset.state = 'failed';
  }
}

dialog.addEventListener('components-reconnect-state-changed', event => {
  const state = event.detail.state;
  dialog.dataset.state = state;
  if (state === 'show' || state === 'failed') { if (!dialog.open) dialog.show(); }
  else if (state === 'hide') dialog.close();
  else if (state === 'rejected') location.reload();
});
dialog.querySelector('[data-reconnect-retry]').addEventListener('click', () => { dialog.dataset.state = 'retrying'; retry(); });
document.querySelector('[data-reload]').addEventListener('click', () => location.reload());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && dialog.dataset.state === 'failed') retry();
});
