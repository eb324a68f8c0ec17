// The link past the bar: Blazor takes the click and scrolls, but leaves the focus where it was.
document.addEventListener('click', event => {
  if (event.target.closest?.('.skip')) document.getElementById('main')?.focus();
});
