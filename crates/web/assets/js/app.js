// Entry of the page script: each module finds its own markup and does nothing when there is none.
import { themes } from './theme-toggle.js';
import { dialogs } from './dialogs.js';
import { palette } from './palette.js';
import { keys } from './keys.js';
import { selection } from './selection.js';
import { editing } from './edit.js';
import { charts } from './chart.js';
import { countdowns } from './countdown.js';
import { live } from './live.js';
import { forms } from './forms.js';
import { scanning } from './scan.js';
import { small } from './small.js';

for (const start of [themes, dialogs, palette, keys, selection, editing, charts, countdowns, live, forms, scanning, small]) start(document);
// A swapped fragment brings new markup: the parts that look for elements look again inside it.
document.addEventListener('htmx:after:swap', event => {
  const part = event.detail?.ctx?.target ?? event.target;
  if (!(part instanceof Element)) return;
  for (const start of [selection, charts, countdowns, forms]) start(part);
});
