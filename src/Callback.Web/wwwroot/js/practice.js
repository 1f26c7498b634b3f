// Speaks what the invented customer says, where the browser has a voice for the language and the agent wants it. Nothing leaves the machine for it.
(() => {
  'use strict';
  const speech = window.speechSynthesis;
  if (!speech) return;
  const wanted = () => localStorage.getItem('callback-speech') === 'on';
  const manner = {
    Friendly: [1, 1.1], Rushed: [1.35, 1.05], Chatty: [1.2, 1.1], Wary: [.9, .9], Annoyed: [1.1, .9], Angry: [1.2, .8], Silent: [.9, 1], Calm: [1, 1],
  };
  let last = '';

  const voiceFor = (language) => {
    // Only voices of this machine: others would send the words to a stranger.
    const local = speech.getVoices().filter((voice) => voice.localService);
    return local.find((voice) => voice.lang.replace('_', '-') === language) ?? local.find((voice) => voice.lang.startsWith(language.slice(0, 2)));
  };

  const say = (words) => {
    const voice = voiceFor(words.dataset.speakLang);
    const text = words.dataset.speak.replace(/[…—]+/g, ' ').trim();
    speech.cancel();
    if (!voice || !/[\p{L}]/u.test(text)) return;
    const said = new SpeechSynthesisUtterance(text);
    [said.rate, said.pitch] = manner[words.dataset.speakMood] ?? [1, 1];
    said.voice = voice;
    said.lang = voice.lang;
    speech.speak(said);
  };

  const look = () => {
    const words = document.querySelector('[data-speak]');
    if (!words) { if (last) speech.cancel(); last = ''; return; }
    words.parentElement.querySelector('.customer-speech').hidden = !voiceFor(words.dataset.speakLang);
    words.parentElement.querySelector('[data-speak-toggle]').setAttribute('aria-pressed', String(wanted()));
    if (words.dataset.speak === last) return;
    last = words.dataset.speak;
    if (wanted()) say(words);
  };

  document.addEventListener('click', (event) => {
    const words = document.querySelector('[data-speak]');
    if (!words) return;
    if (event.target.closest('[data-speak-again]')) say(words);
    if (event.target.closest('[data-speak-toggle]')) {
      localStorage.setItem('callback-speech', wanted() ? 'off' : 'on');
      if (wanted()) say(words); else speech.cancel();
      look();
    }
  });
  document.addEventListener('htmx:afterSettle', look);
  speech.addEventListener?.('voiceschanged', look);
  addEventListener('pagehide', () => speech.cancel());
  look();
})();
