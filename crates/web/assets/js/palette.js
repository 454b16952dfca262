// The command palette: filters what the server put into the page and asks the server for goods by name.
import { all, one, word } from './dom.js';
import { openDialog } from './dialogs.js';

const ASK_AFTER_MS = 150;

export function palette() {
  const dialog = one('#palette');
  if (!dialog) return;
  const input = one('input', dialog), list = one('[role=listbox]', dialog), found = one('[data-found]', list);
  // Goods stand in the same list, so that arrows and Enter reach them.
  const showFound = things => {
    for (const row of all('[data-found-row]', list)) row.remove();
    found.hidden = things.length === 0;
    found.after(...rows(things));
  };
  const options = () => all('[role=option]', list).filter(option => !option.closest('li').hidden);
  const pick = option => {
    for (const other of all('[aria-selected]', list)) other.removeAttribute('aria-selected');
    if (!option) { input.removeAttribute('aria-activedescendant'); return; }
    option.setAttribute('aria-selected', 'true');
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  };
  let timer, request;
  const ask = text => {
    clearTimeout(timer);
    request?.abort();
    if (!dialog.dataset.search || text.length < 2) { showFound([]); return; }
    timer = setTimeout(async () => {
      request = new AbortController();
      try {
        const answer = await fetch(`${dialog.dataset.search}?q=${encodeURIComponent(text)}`, { signal: request.signal, headers: { Accept: 'application/json' } });
        if (answer.ok) { showFound(await answer.json()); if (!one('[aria-selected]', list)) pick(options()[0]); }
      } catch (error) {
        if (error.name !== 'AbortError') showFound([]);
      }
    }, ASK_AFTER_MS);
  };
  const rows = things => things.map((thing, index) => {
    const row = document.createElement('li');
    row.setAttribute('role', 'presentation');
    row.dataset.foundRow = '';
    const link = document.createElement('a');
    link.setAttribute('role', 'option');
    link.id = `found-${index}`;
    link.href = thing.href;
    const name = document.createElement('span');
    name.className = 'grow clip';
    name.textContent = thing.title;
    const note = document.createElement('span');
    note.className = 'tiny faint';
    note.textContent = thing.note ?? '';
    link.append(name, note);
    row.append(link);
    return row;
  });
  /** Rows of a group: up to the next head. */
  const belongs = head => {
    const own = [];
    for (let row = head.nextElementSibling; row && !row.classList.contains('grp'); row = row.nextElementSibling) own.push(row);
    return own;
  };
  input.addEventListener('input', () => {
    const text = input.value.trim().toLowerCase();
    for (const row of all('li:not(.grp, [data-found-row])', list)) row.hidden = !row.textContent.toLowerCase().includes(text);
    for (const head of all('.grp:not([data-found])', list)) head.hidden = !belongs(head).some(row => !row.hidden);
    pick(options()[0]);
    ask(input.value.trim());
  });
  input.addEventListener('keydown', event => {
    const shown = options(), at = shown.findIndex(option => option.hasAttribute('aria-selected'));
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (shown.length) pick(shown[(at + (event.key === 'ArrowDown' ? 1 : -1) + shown.length) % shown.length]);
    }
    if (event.key === 'Enter') { event.preventDefault(); shown[Math.max(at, 0)]?.click(); }
  });
  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') { event.preventDefault(); openDialog(dialog); }
  });
  input.setAttribute('aria-label', word('search') || input.placeholder);
}
