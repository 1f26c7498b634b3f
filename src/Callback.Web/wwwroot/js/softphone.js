// The browser as the agent's phone. Only where it was built in and configured; the agent's own leg is the one call it ever takes.
(() => {
  'use strict';
  const silence = document.currentScript.dataset.silence;
  let device;
  let current;
  let says = 'off';
  let starting = false;

  const show = () => document.querySelectorAll('[data-softphone-says]').forEach((node) => { node.hidden = node.dataset.softphoneSays !== says; });
  const say = (how) => { says = how; show(); };

  const token = async (address) => {
    const answer = await fetch(address, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return (await answer.json()).token;
  };

  const sounds = Object.fromEntries(
    ['disconnect', 'dtmf0', 'dtmf1', 'dtmf2', 'dtmf3', 'dtmf4', 'dtmf5', 'dtmf6', 'dtmf7', 'dtmf8', 'dtmf9', 'dtmfh', 'dtmfs', 'incoming', 'outgoing'].map((name) => [name, silence]));

  // Who asked for the call with a button a moment ago need not pick it up; one that comes unasked, as a call that is handed over does, rings.
  let asked = -Infinity;
  document.addEventListener('htmx:configRequest', (event) => { if (/^\/(desk\/(phone\/connect|ready)|calls\/)/.test(event.detail.path) && event.detail.verb === 'post') asked = performance.now(); });
  document.addEventListener('click', (event) => { if (event.target.closest('[data-softphone-answer]')) current?.accept(); });
  const take = (call) => {
    current = call;
    call.on('accept', () => say('on'));
    ['disconnect', 'cancel', 'reject'].forEach((end) => call.on(end, () => { current = undefined; say('on'); }));
    call.on('error', () => say('failed'));
    if (performance.now() - asked < 60000) call.accept(); else say('rings');
  };

  const start = async (address) => {
    if (device || starting) return;
    starting = true;
    try {
      (await navigator.mediaDevices.getUserMedia({ audio: true })).getTracks().forEach((track) => track.stop());
    } catch {
      starting = false;
      say('microphone');
      return;
    }
    try {
      device = new Twilio.Device(await token(address), { sounds, closeProtection: true, appName: 'callback' });
      device.on('registered', () => say('on'));
      device.on('unregistered', () => say('off'));
      device.on('error', () => say(device.state === 'registered' ? 'on' : 'failed'));
      device.on('incoming', take);
      // In a call a change of the token is heard: it waits for its end.
      device.on('tokenWillExpire', async () => {
        const renew = async () => device.updateToken(await token(address));
        if (current) current.on('disconnect', renew); else await renew();
      });
      await device.register();
    } catch {
      device?.destroy();
      device = undefined;
      say('failed');
    } finally {
      starting = false;
    }
  };

  const look = () => {
    const here = document.querySelector('[data-softphone]');
    if (!here) return;
    show();
    start(here.dataset.softphone);
  };

  document.addEventListener('htmx:afterSettle', look);
  look();
})();
