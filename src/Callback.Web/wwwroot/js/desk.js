// The desk's keys, its drafts and its return to where the agent was. What counts is on the server: a reload shows the same.
(() => {
  'use strict';
  const off = () => localStorage.getItem('callback-keys') === 'off';
  const typing = (node) => node?.matches?.('textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=submit])');
  const visible = (node) => node.getClientRects().length > 0 && !node.disabled;
  const desk = () => document.getElementById('desk');

  // Keys -----------------------------------------------------------------------------------------------------------
  const press = (node) => {
    if (typing(node)) { node.focus(); return; }
    if (node.tagName === 'SUMMARY') {
      node.parentElement.open = !node.parentElement.open;
      node.parentElement.querySelector('.menu-list :is(.menu-item, .menu-first)')?.focus();
      return;
    }
    const group = node.closest('details.choice-group');
    if (group) group.open = true;
    node.focus();
    node.click();
  };

  const nameOf = (event) => (event.ctrlKey || event.metaKey ? 'ctrl+' : '') + event.key.toLowerCase();

  // An open menu takes the numbers first, then the middle of the card.
  const choiceFor = (key) => {
    const open = document.querySelector('#desk details.menu[open]');
    const places = open ? [open] : [document.getElementById('talk')];
    return places.filter(Boolean).flatMap((place) => [...place.querySelectorAll(`[data-choice="${CSS.escape(key)}" i]`)]).find((node) => visible(node) || node.closest('details.choice-group:not([open])'));
  };

  const forKey = (name) => [...document.querySelectorAll('#desk [data-key]')].find((node) => node.dataset.key === name && visible(node));

  // A button that takes the card further may be drawn anew by the answer to what was ticked just before: its key waits for that, or it would be lost with the old button.
  let quietAt = 0;
  const busy = () => performance.now() < quietAt || document.querySelector('#desk .htmx-request, #card.htmx-request') !== null;
  const pressLater = (name, tries = 50) => setTimeout(() => {
    const target = forKey(name);
    if (!target) return;
    if (tries > 0 && busy()) pressLater(name, tries - 1); else press(target);
  }, 40);
  document.addEventListener('change', (event) => { if (event.target.closest('#card')) quietAt = performance.now() + 200; }, true);

  document.addEventListener('keydown', (event) => {
    if (!desk() || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape' && typing(document.activeElement)) { document.activeElement.blur(); return; }
    const control = event.ctrlKey || event.metaKey;
    if (!control && (typing(document.activeElement) || off())) return;
    if (event.repeat) return;
    const name = nameOf(event);
    const target = forKey(name) ?? (control ? undefined : choiceFor(event.key));
    if (!target) return;
    event.preventDefault();
    if (target.getAttribute('hx-target') === '#desk' && busy()) pressLater(name); else press(target);
  });

  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-legend]')) return;
    const legend = document.getElementById('legend');
    const list = legend.querySelector('[data-keys]');
    list.replaceChildren(...[...document.querySelectorAll('#desk [data-key]:not([data-legend])')].filter(visible).map((node) => {
      const row = document.createElement('div');
      const key = document.createElement('kbd');
      key.textContent = node.dataset.key.replace('ctrl+enter', 'Ctrl ↵').toUpperCase();
      const label = node.getAttribute('aria-label') ?? (node.labels?.[0] ?? node).cloneNode(true);
      if (label.querySelectorAll) label.querySelectorAll('kbd').forEach((inner) => inner.remove());
      row.append(document.createElement('dt'), document.createElement('dd'));
      row.firstChild.append(key);
      row.lastChild.textContent = typeof label === 'string' ? label : label.textContent.trim();
      return row;
    }));
    legend.querySelector('[data-keys-off]').checked = off();
    legend.showModal();
  });

  document.addEventListener('change', (event) => {
    if (!event.target.matches('[data-keys-off]')) return;
    localStorage.setItem('callback-keys', event.target.checked ? 'off' : 'on');
    document.body.classList.toggle('keys-off', event.target.checked);
  });
  document.body.classList.toggle('keys-off', off());

  // Drafts ---------------------------------------------------------------------------------------------------------
  let waiting;
  let unsaved = false;
  const save = () => {
    clearTimeout(waiting);
    const card = document.getElementById('card');
    if (card) htmx.trigger(card, 'save-draft');
  };
  const later = (ms) => { unsaved = true; clearTimeout(waiting); waiting = setTimeout(save, ms); };
  document.addEventListener('input', (event) => { if (event.target.closest('#card')) later(700); });
  document.addEventListener('change', (event) => { if (event.target.closest('#card')) later(150); });
  addEventListener('pagehide', () => {
    const card = document.getElementById('card');
    if (card && unsaved) navigator.sendBeacon(card.action, new FormData(card));
  });

  // What is changed while a request is on its way is not in it: the parts that its answer draws anew take the change over, so that a fast hand loses nothing.
  const changed = new Map();
  const chosen = (node) => node.type === 'checkbox' || node.type === 'radio';
  const fieldOf = (node) => `${node.name} ${chosen(node) ? node.value : ''}`;
  const formOf = (node) => node.closest('form[data-hold]');
  const keep = ({ target }) => {
    const card = target.name && formOf(target);
    if (card) changed.set(fieldOf(target), { hold: card.dataset.hold, checked: target.checked, value: target.value });
  };
  let again;
  const takeOver = () => {
    const card = document.querySelector('form[data-hold]');
    for (const node of card?.elements ?? []) {
      const was = changed.get(fieldOf(node));
      if (was?.hold !== card.dataset.hold || (chosen(node) ? node.checked === was.checked : node.value === was.value || node === document.activeElement)) continue;
      if (chosen(node)) node.checked = was.checked; else node.value = was.value;
      again = node;
    }
  };
  // The request of that change went with the part that was redrawn: it is made again.
  const askAgain = () => { const node = again; again = undefined; if (node?.isConnected) node.dispatchEvent(new Event('change', { bubbles: true })); };
  document.addEventListener('input', keep, true);
  document.addEventListener('change', keep, true);
  document.addEventListener('htmx:configRequest', (event) => { if (formOf(event.target)) changed.clear(); });
  document.addEventListener('htmx:afterSwap', takeOver);
  document.addEventListener('htmx:oobAfterSwap', takeOver);
  document.addEventListener('htmx:afterSettle', askAgain);

  const offline = (is) => { const bar = document.getElementById('offline'); if (bar) bar.hidden = !is; };
  document.addEventListener('htmx:afterRequest', (event) => {
    if (!event.detail.requestConfig || event.detail.requestConfig.verb === 'get') return;
    if (!event.detail.successful) return;
    offline(false);
    if (event.target.closest?.('#card') && !event.detail.requestConfig.path.endsWith('/refresh')) unsaved = false;
  });
  const failed = () => { offline(true); later(3000); };
  document.addEventListener('htmx:sendError', failed);
  document.addEventListener('htmx:timeout', failed);
  document.addEventListener('htmx:responseError', (event) => { if (event.detail.xhr.status >= 500) failed(); });

  // The phone strip ------------------------------------------------------------------------------------------------
  // It asks by itself, but never from under a hand: not while a menu in it is open, nor while an act is on its way.
  document.addEventListener('htmx:beforeRequest', (event) => {
    if (event.target.id === 'phone' && event.target.querySelector('details[open], .htmx-request')) event.preventDefault();
  });
  document.addEventListener('click', (event) => {
    const key = event.target.closest('[data-digit]');
    if (!key) return;
    const input = key.form.elements.digits;
    input.value += key.dataset.digit;
    input.focus();
  });

  // Where the page goes by itself ----------------------------------------------------------------------------------
  const look = () => {
    const now = desk();
    if (now) htmx.ajax('GET', `/desk/body?seen=${encodeURIComponent(now.dataset.stamp)}`, { target: '#desk', swap: 'outerHTML' });
  };
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') look(); else if (unsaved) save(); });
  document.addEventListener('countdown-over', (event) => { if (event.target.closest('#card')) setTimeout(look, 1200); });

  // Who waits is woken by the server; the page asks by itself now and then, should that get lost.
  const wait = async () => {
    const panel = document.querySelector('#desk [data-wait]');
    if (!panel || panel.dataset.waiting) return;
    panel.dataset.waiting = 'true';
    while (panel.isConnected) {
      const answer = await fetch(panel.dataset.wait, { headers: { 'HX-Request': 'true' } }).catch(() => null);
      if (!answer?.ok || answer.redirected) return;
      if (answer.status === 200 && panel.isConnected) { htmx.trigger(panel, 'desk-wake'); return; }
    }
  };
  document.addEventListener('htmx:afterSettle', wait);
  wait();

  // After a change of state the focus goes to what comes next; within a state it stays where it is.
  let stamp = desk()?.dataset.stamp;
  document.addEventListener('htmx:afterSettle', () => {
    const now = desk();
    if (!now || now.dataset.stamp === stamp) return;
    stamp = now.dataset.stamp;
    unsaved = false;
    now.querySelector('[data-focus]')?.focus({ preventScroll: true });
  });
  desk()?.querySelector('[data-focus]')?.focus({ preventScroll: true });
})();
