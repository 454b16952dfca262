// The cursor of a chart: pointer, touch and arrow keys. The same numbers stand in the table below the chart.
import { all, fresh, group, one } from './dom.js';

export function charts(root) {
  for (const plot of all('[data-chart]', root)) if (fresh(plot, 'chart')) cursor(plot);
}

const ALMATY_SECONDS = 5 * 3600;
const shape = new Intl.DateTimeFormat(document.documentElement.lang || 'ru', { timeZone: 'UTC', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
/** A moment in Almaty (UTC+5), whatever the device's zone is. */
const moment = seconds => shape.format(new Date((seconds + ALMATY_SECONDS) * 1000));

function cursor(plot) {
  const points = JSON.parse(plot.dataset.chart), tip = one('.chart-tip', plot);
  if (!points.length || !tip) return;
  let at = points.length - 1;
  const line = (name, value) => {
    const row = document.createElement('div'), label = document.createElement('span'), figure = document.createElement('b');
    label.textContent = name;
    figure.textContent = value === null ? '—' : group(value);
    row.append(label, figure);
    return row;
  };
  const show = () => {
    const [share, own, rival, seconds] = points[at];
    plot.dataset.on = '';
    plot.style.setProperty('--x', `${share / 10}%`);
    tip.toggleAttribute('data-flip', share > 600);
    const head = document.createElement('span');
    head.className = 'faint';
    head.textContent = moment(seconds);
    tip.replaceChildren(head, line(plot.dataset.own, own), line(plot.dataset.rival, rival));
  };
  const hide = () => delete plot.dataset.on;
  plot.addEventListener('pointermove', event => {
    const box = plot.getBoundingClientRect(), x = (event.clientX - box.left) / box.width * 1000;
    at = points.reduce((best, point, index) => (point[0] <= x ? index : best), 0);
    show();
  });
  plot.addEventListener('pointerleave', hide);
  plot.addEventListener('blur', hide);
  plot.addEventListener('keydown', event => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    at = Math.max(0, Math.min(points.length - 1, at + (event.key === 'ArrowLeft' ? -1 : 1)));
    show();
  });
}
