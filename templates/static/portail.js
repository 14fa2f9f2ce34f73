// SPDX-License-Identifier: AGPL-3.0-or-later
// Small comforts on top of pages that work without it: shown passwords, focus on what matters, a counter of characters,
// a pause before « Renvoyer », copy and print buttons, and a warning before the connection ends. Marked up by data-…
// attributes (templates/README.md). Sends nothing but what asks how long the connection lasts, and what prolongs it.

// A hidden button beside a password field shows what is typed.
function eye(box) {
  const input = box.querySelector('input');
  const button = box.querySelector('button');
  const words = button.querySelector('span');
  const show = (shown) => {
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
    button.title = shown ? 'Masquer ce qui est saisi' : 'Afficher ce qui est saisi';
  };
  words.id ||= `${input.id}-oeil`;
  button.hidden = false;
  show(false);
  button.addEventListener('click', () => show(input.type === 'password'));
  // A password left visible would be offered to the browser's memory of plain fields.
  input.form?.addEventListener('submit', () => show(false));
}

// Counts code points, as the server does; a line end is sent as two.
function length_of(text) {
  return [...text.replace(/\r?\n/g, '\r\n')].length;
}

function counter(area) {
  const words = document.getElementById(`${area.id}-limite`);
  const max = Number(area.dataset.count);
  if (!words || !Number.isFinite(max)) return;
  const spoken = document.createElement('p');
  spoken.className = 'fr-sr-only';
  spoken.setAttribute('role', 'status');
  words.after(spoken);
  let timer = 0;
  const update = () => {
    const left = max - length_of(area.value);
    const count = Math.abs(left).toLocaleString('fr-FR');
    const noun = Math.abs(left) > 1 ? 'caractères' : 'caractère';
    words.textContent = left >= 0 ? `Il vous reste ${count} ${noun}.` : `${count} ${noun} en trop.`;
    words.classList.toggle('p-count--over', left < 0);
    clearTimeout(timer);
    timer = setTimeout(() => { spoken.textContent = words.textContent; }, 1500);
  };
  area.addEventListener('input', update);
  update();
}

function countdown(button) {
  const label = button.textContent.trim();
  const until = Date.now() + Number(button.dataset.countdown) * 1000;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? `${label} (dans ${left} s)` : label;
    if (left > 0) setTimeout(tick, 1000);
  };
  tick();
}

function copy(button) {
  if (!navigator.clipboard) return;
  const label = button.textContent;
  button.hidden = false;
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy);
    if (!source) return;
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      button.textContent = 'Copié';
    } catch {
      button.textContent = 'La copie a échoué : sélectionnez le texte';
    }
    setTimeout(() => { button.textContent = label; }, 4000);
  });
}

// The server ends an idle connection, and any one in the end. Two minutes before, the page says so and lets the elector stay without losing what
// is typed: by one request, or in the window that the form opens, where his password is asked. Another window may have done it meanwhile, so the
// server is asked before anything is said; asking prolongs nothing. A page that nobody looks at asks nothing. Who signs in again elsewhere goes on
// here: the page takes the new form token.
function session(box) {
  const k_before = 120_000, k_pause = 30_000, k_again = 5000;
  const words = box.querySelector('[data-session-words]');
  const form = box.querySelector('form');
  const label = form.querySelector('button').firstChild;
  const name = document.querySelector('.p-header__who strong').textContent;
  const elsewhere = box.querySelector('[data-session-window]');
  let before = null;
  let ends = Date.now() + Number(box.dataset.session) * 1000;
  let asked = 0;
  let is_over = false;
  let takes_password = true;
  let sentence = words.textContent;
  box.hidden = true;
  box.classList.add('p-session__box--scripted');
  const say = (text) => { if (words.textContent !== text) words.textContent = text; };
  const ask = async () => {
    asked = Date.now();
    const answer = await fetch('/connexion/reste', { redirect: 'manual', cache: 'no-store' });
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    is_over = told.left <= 0 || told.name !== name;
    if (is_over) return;
    ends = Date.now() + told.left * 1000;
    for (const input of document.querySelectorAll('input[name=csrf]')) input.value = told.csrf;
    takes_password = told.takes_password;
    sentence = told.words;
  };
  const show = () => {
    const left = ends - Date.now();
    const minutes = Math.max(1, Math.ceil(left / 60_000));
    label.data = is_over ? 'Se reconnecter' : 'Rester connecté';
    if (is_over) say('Votre connexion est terminée. Reconnectez-vous dans une nouvelle fenêtre, puis revenez à cette page : ce que vous avez saisi y reste.');
    else say(`${sentence} Il reste ${minutes > 1 ? `${minutes} minutes` : 'moins d’une minute'}.`);
    form.hidden = false;
    elsewhere.hidden = !is_over && !takes_password;
    box.hidden = !is_over && left > k_before;
  };
  const look = async () => {
    const left = ends - Date.now();
    if (document.hidden || is_over) return;
    if (left > k_before) {
      box.hidden = true;
      return;
    }
    if (Date.now() - asked >= k_pause || left <= 0) {
      try {
        await ask();
      } catch {
        is_over = ends <= Date.now();
      }
    }
    show();
  };
  box.addEventListener('focusin', (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) before = event.relatedTarget; });
  form.addEventListener('submit', async (event) => {
    if (is_over || takes_password) return;  // the form's own window asks what is needed
    event.preventDefault();
    try {
      await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual', cache: 'no-store' });
      await ask();
      show();
      if (box.hidden) {  // stays a moment, to be read or heard; who was typing goes on where he was
        before?.focus({ preventScroll: true });
        form.hidden = true;
        box.hidden = false;
        say('Vous restez connecté.');
      }
    } catch {
      say('La connexion n’a pas pu être prolongée. Vérifiez votre accès au réseau, puis essayez encore.');
    }
  });
  // Back from another window, or from sleep.
  const back = () => {
    if (document.hidden || ends - Date.now() > k_before) return;
    is_over = false;
    asked = 0;
    look();
  };
  document.addEventListener('visibilitychange', back);
  addEventListener('focus', back);
  setInterval(look, k_again);
  look();
}

// A dialogue that stands open in the page, where its button closes it without a script, is put before all else.
function dialogue(box) {
  box.close();
  box.showModal();
}

// A form that waits for nothing but a click: sent by itself, a moment later for each so that they do not come all at once.
function send(form) {
  setTimeout(() => form.requestSubmit(), 1000 + Math.random() * 2000);
}

// The server asks for a calculation while too many sign-ins fail: a number whose SHA-256 with its challenge begins with so many zero bits.
// In handfuls, so that the page stays alive; sent by itself when found.
async function effort(form) {
  const words = form.querySelector('[data-effort-words]');
  const bits = Number(form.dataset.bits);
  const begins_with_zeros = (digest) => {
    const bytes = new DataView(digest);
    return bits <= 32 && (bits === 0 || bytes.getUint32(0) >>> (32 - bits) === 0);
  };
  const k_handful = 500;
  const encoder = new TextEncoder();
  words.textContent = 'Calcul en cours…';
  for (let from = Math.floor(Math.random() * 1e9); ; from += k_handful) {
    const numbers = Array.from({ length: k_handful }, (_, i) => from + i);
    const digests = await Promise.all(numbers.map((number) => crypto.subtle.digest('SHA-256', encoder.encode(`${form.dataset.effort}.${number}`))));
    const found = digests.findIndex(begins_with_zeros);
    if (found >= 0) {
      form.elements.effort.value = String(numbers[found]);
      words.textContent = 'Calcul terminé. Connexion…';
      form.requestSubmit();
      return;
    }
  }
}

// A link of the error summary goes to a group of radio buttons: its first button takes the focus.
function summary(box) {
  box.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.getAttribute('href').slice(1));
    if (!target) return;
    const field = target.matches('input, select, textarea') ? target : target.querySelector('input, select, textarea');
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: 'center' });
  });
}

for (const box of document.querySelectorAll('[data-secret]')) eye(box);
for (const box of document.querySelectorAll('dialog[data-dialog]')) dialogue(box);
for (const form of document.querySelectorAll('form[data-send]')) send(form);
for (const form of document.querySelectorAll('form[data-effort]')) effort(form);
for (const area of document.querySelectorAll('textarea[data-count]')) counter(area);
for (const button of document.querySelectorAll('[data-countdown]')) countdown(button);
for (const button of document.querySelectorAll('[data-copy]')) copy(button);
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
for (const box of document.querySelectorAll('[data-session]')) session(box);
for (const box of document.querySelectorAll('.p-errors')) summary(box);
document.querySelector('[data-focus]')?.focus();
