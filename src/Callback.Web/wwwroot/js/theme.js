// Before anything is painted: "auto" follows the machine, also when it changes.
(() => {
  const root = document.documentElement;
  if (root.dataset.theme !== 'auto') return;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => { root.dataset.bsTheme = dark.matches ? 'dark' : 'light'; };
  dark.addEventListener('change', apply);
  apply();
})();
