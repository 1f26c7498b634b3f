// The script editor: puts the name of a value where the cursor was last.
(() => {
  'use strict';
  let field = null;
  document.addEventListener('focusin', (event) => {
    if (event.target.matches('textarea[data-values]')) field = event.target;
  });
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-insert]');
    if (!button) return;
    const target = field && document.contains(field) ? field : document.querySelector('textarea[data-values]');
    if (!target) return;
    target.setRangeText(button.dataset.insert, target.selectionStart, target.selectionEnd, 'end');
    target.focus();
    target.dispatchEvent(new Event('input', { bubbles: true }));
  });
  document.addEventListener('DOMContentLoaded', () => document.querySelector('.outline-step[aria-current]')?.scrollIntoView({ block: 'center' }));
})();
