// The theme a person chose, or the system's, before the first paint.
(() => {
  const chosen = localStorage.getItem('reeve.theme');
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
