// SPDX-License-Identifier: AGPL-3.0-or-later
// Small comforts on top of pages that work without it: shown passwords, focus on what matters, a counter of characters,
// a pause before « Renvoyer », copy and print buttons, and a warning before the connection ends. Marked up by data-…
// attributes (templates/README.md). Sends nothing but the request that prolongs the connection.

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

// The server ends an idle connection; this says so some two minutes before, in the page, and lets the elector prolong it
// without losing what is typed. The real limit stays the server's.
function session(box) {
  const idle = Number(box.dataset.sessionIdle) * 1000;
  const warning = Number(box.dataset.sessionWarning) * 1000;
  const words = box.querySelector('[data-session-text]');
  const link = box.querySelector('[data-session-extend]');
  let since = Date.now();
  const look = () => {
    const age = Date.now() - since;
    box.hidden = age < warning;
    if (age >= idle) {
      words.textContent = 'Votre connexion est terminée. Recopiez ailleurs ce que vous avez saisi, puis reconnectez-vous.';
      link.textContent = 'Se reconnecter';
    } else if (age >= warning) {
      const minutes = Math.max(1, Math.ceil((idle - age) / 60000));
      const next = `Votre connexion se terminera dans ${minutes} minute${minutes > 1 ? 's' : ''}.`;
      if (words.textContent !== next) words.textContent = next;
    }
  };
  setInterval(look, 5000);
  link.addEventListener('click', async (event) => {
    if (Date.now() - since >= idle) return;  // over: the link opens the sign-in page
    event.preventDefault();
    try {
      const answer = await fetch(link.href, { method: 'HEAD', redirect: 'manual', cache: 'no-store' });
      if (!answer.ok) throw new Error('ended');
      since = Date.now();
      box.hidden = true;
    } catch {
      location.assign(link.href);
    }
  });
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
for (const box of document.querySelectorAll('[data-session-idle]')) session(box);
for (const box of document.querySelectorAll('.p-errors')) summary(box);
document.querySelector('[data-focus]')?.focus();
