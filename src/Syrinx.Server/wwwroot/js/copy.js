// Copies what a button carries in data-copy; for two seconds the button shows that it has.
document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    return;
  }
  button.dataset.done = '';
  setTimeout(() => delete button.dataset.done, 2000);
});
