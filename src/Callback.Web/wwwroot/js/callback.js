// What a page does beyond links and forms: clocks, menus, the token for htmx. The browser keeps nothing that matters.
(() => {
  'use strict';

  // The server's clock: how far this machine's is off, measured when the page (or a part that says so) was made.
  let ahead = 0;
  const listen = (root) => {
    const stamp = root.dataset?.now ?? root.querySelector?.('[data-now]')?.dataset.now;
    if (stamp) ahead = Number(stamp) - Date.now();
  };
  const now = () => Date.now() + ahead;

  const clockText = (seconds) => {
    const s = Math.max(0, Math.floor(seconds));
    const two = (n) => String(n).padStart(2, '0');
    return s >= 3600
      ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`
      : `${Math.floor(s / 60)}:${two(s % 60)}`;
  };

  const colour = (node, amber, red) => {
    node.classList.toggle('is-red', Boolean(red));
    node.classList.toggle('is-amber', Boolean(amber && !red));
  };

  const tickCountdown = (node) => {
    const left = (Number(node.dataset.until) - now()) / 1000;
    node.textContent = clockText(Math.ceil(left));
    colour(node, node.dataset.amber && left <= Number(node.dataset.amber), left <= 0);
    if (left > 0 || node.dataset.over) return;
    node.dataset.over = 'true';
    if (node.dataset.refresh) node.dispatchEvent(new CustomEvent('countdown-over', { bubbles: true }));
  };

  const tickStopwatch = (node) => {
    const gone = (now() - Number(node.dataset.since)) / 1000;
    node.textContent = clockText(gone);
    colour(node, node.dataset.amber && gone >= Number(node.dataset.amber), node.dataset.red && gone >= Number(node.dataset.red));
  };

  const tickClock = (node) => {
    node.textContent = new Intl.DateTimeFormat('en-GB', { timeZone: node.dataset.clock, hour: '2-digit', minute: '2-digit' }).format(now());
  };

  const tick = () => {
    document.querySelectorAll('[data-until]').forEach(tickCountdown);
    document.querySelectorAll('[data-since]').forEach(tickStopwatch);
    document.querySelectorAll('[data-clock]').forEach(tickClock);
  };

  const closeMenus = (except) => document.querySelectorAll('details.menu[open], details.confirm[open]').forEach((menu) => {
    if (!menu.contains(except)) menu.open = false;
  });

  document.addEventListener('click', (event) => {
    closeMenus(event.target);
    const close = event.target.closest('[data-close-details]');
    if (close) close.closest('details').open = false;
  });

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const open = document.activeElement?.closest('details[open].menu, details[open].confirm');
    if (!open) return;
    open.open = false;
    open.querySelector('summary').focus();
  });

  document.addEventListener('htmx:configRequest', (event) => {
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (token) event.detail.headers["X-Callback-Form"] = token;
  });
  // A refused form (422) and a conflict (409) come back as a part to show, not as a failure.
  // The session is over: the whole page goes to the sign-in, not a part of it.
  document.addEventListener('htmx:beforeSwap', (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 401 || (xhr.responseURL && new URL(xhr.responseURL).pathname.startsWith('/sign-in'))) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.xhr.status === 422 || event.detail.xhr.status === 409) event.detail.shouldSwap = true;
  });
  document.addEventListener('htmx:afterSettle', (event) => { listen(event.detail.elt); tick(); });

  window.callback = { now };
  listen(document.documentElement);
  tick();
  setInterval(tick, 1000);
})();
