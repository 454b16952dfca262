// Bundles styles, script, font and icons into web/dist with hashed names and a manifest. Refuses to fetch anything:
// everything comes from node_modules and from crates/web.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import subsetFont from 'subset-font';

const here = path.dirname(fileURLToPath(import.meta.url));
const web = path.join(here, '../crates/web');
const out = path.join(here, 'dist');
const dep = (...parts) => path.join(here, 'node_modules', ...parts);
const hash = bytes => createHash('sha256').update(bytes).digest('hex').slice(0, 10);

/** Writes what differs: an untouched file spares whoever embeds it a build. */
function keep(name, bytes) {
  const file = path.join(out, name);
  if (!fs.existsSync(file) || !fs.readFileSync(file).equals(bytes)) fs.writeFileSync(file, bytes);
}

/** Writes `name` with its hash and returns the name it got. */
function put(name, bytes) {
  const { name: stem, ext } = path.parse(name);
  const hashed = `${stem}-${hash(bytes)}${ext}`;
  keep(hashed, Buffer.from(bytes));
  return hashed;
}

// Latin, Russian and Kazakh letters, the tenge sign, arrows and the signs that prices and dates need.
const span = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');
const letters = span(0x20, 0x7e) + span(0xa0, 0xff) + span(0x400, 0x45f) + 'ӘәҒғҚқҢңӨөҰұҮүҺһІі'
  + '₸₽€№–—‘’“”„•…′″→←↑↓↗↘−×≈≥≤±✓·«»⟦⟧\u2009\u202f';

async function font() {
  const source = fs.readFileSync(dep('inter-ui/variable/InterVariable.woff2'));
  const cache = path.join(here, 'node_modules/.cache-font', `${hash(Buffer.concat([source, Buffer.from(letters)]))}.woff2`);
  if (!fs.existsSync(cache)) {
    const cut = await subsetFont(source, letters, {
      targetFormat: 'woff2', variationAxes: { wght: { min: 400, max: 700, default: 400 }, opsz: 14 },
    });
    fs.mkdirSync(path.dirname(cache), { recursive: true });
    fs.writeFileSync(cache, cut);
  }
  return fs.readFileSync(cache);
}

/** Icon names: `icon('name'` in templates, `icon: "name"` in views, and those the script draws. */
function iconNames() {
  const names = new Set(['check', 'circle-alert', 'x', 'undo-2', 'arrow-up', 'arrow-down']);
  const walk = folder => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) walk(file);
      else if (/\.(html|rs)$/.test(entry.name)) {
        const text = fs.readFileSync(file, 'utf8');
        for (const [, name] of text.matchAll(/icon\(\s*['"]([a-z0-9-]+)['"]/g)) names.add(name);
        for (const [, name] of text.matchAll(/\bic=['"]([a-z0-9-]+)['"]/g)) names.add(name);
        for (const [, name] of text.matchAll(/icon:\s*"([a-z0-9-]+)"/g)) names.add(name);
        for (const [, call] of text.matchAll(/ui\.(?:empty|alert|badge)\(([^\n]*)/g)) {
          for (const [, name] of call.matchAll(/'([a-z0-9-]+)'/g)) if (fs.existsSync(dep('lucide-static/icons', `${name}.svg`))) names.add(name);
        }
        for (const [, list] of text.matchAll(/icons:([a-z0-9 -]+)/g)) list.trim().split(/\s+/).forEach(name => names.add(name));
      }
    }
  };
  walk(path.join(web, 'templates'));
  walk(path.join(web, 'src'));
  return [...names].sort();
}

function sprite() {
  const symbols = iconNames().map(name => {
    const file = dep('lucide-static/icons', `${name}.svg`);
    if (!fs.existsSync(file)) throw new Error(`there is no icon called "${name}" in lucide-static: correct the name in crates/web`);
    const inner = fs.readFileSync(file, 'utf8').match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/\s*\n\s*/g, '');
    return `<symbol id="i-${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`);
}

const bundle = { bundle: true, minify: true, write: false, target: ['chrome111', 'safari16.4', 'firefox121'], logLevel: 'warning', legalComments: 'none' };

async function build() {
  fs.mkdirSync(out, { recursive: true });
  const manifest = {};
  manifest['inter-sauda.woff2'] = put('inter-sauda.woff2', await font());
  const styles = await esbuild.build({ ...bundle, entryPoints: [path.join(web, 'assets/css/app.css')], external: ['./inter-sauda.woff2'] });
  const css = styles.outputFiles[0].text.replaceAll('./inter-sauda.woff2', `./${manifest['inter-sauda.woff2']}`);
  manifest['app.css'] = put('app.css', Buffer.from(css));
  const script = await esbuild.build({ ...bundle, entryPoints: [path.join(web, 'assets/js/app.js')], format: 'iife', nodePaths: [path.join(here, 'node_modules')] });
  manifest['app.js'] = put('app.js', script.outputFiles[0].contents);
  const early = await esbuild.build({ ...bundle, entryPoints: [path.join(web, 'assets/js/theme.js')], format: 'iife' });
  manifest['theme.js'] = put('theme.js', early.outputFiles[0].contents);
  const live = await esbuild.build({ ...bundle, entryPoints: [path.join(web, 'assets/js/htmx.js')], format: 'iife', nodePaths: [path.join(here, 'node_modules')] });
  manifest['htmx.js'] = put('htmx.js', live.outputFiles[0].contents);
  manifest['icons.svg'] = put('icons.svg', sprite());
  for (const name of fs.readdirSync(path.join(web, 'assets/img'))) {
    manifest[name] = put(name, fs.readFileSync(path.join(web, 'assets/img', name)));
  }
  const named = new Set(Object.values(manifest));
  for (const name of fs.readdirSync(out)) {
    if (name !== 'manifest.json' && !named.has(name)) fs.rmSync(path.join(out, name));
  }
  keep('manifest.json', Buffer.from(JSON.stringify(manifest, null, 1)));
  const size = name => {
    const bytes = fs.readFileSync(path.join(out, manifest[name]));
    const sent = name.endsWith('.woff2') ? bytes.length : brotliCompressSync(bytes).length;
    return `${name} ${(sent / 1024).toFixed(1)} KB`;
  };
  console.log(`compressed: ${Object.keys(manifest).map(size).join(' | ')}`);
}

await build();
if (process.argv.includes('--watch')) {
  let waiting;
  for (const folder of ['assets', 'templates']) {
    fs.watch(path.join(web, folder), { recursive: true }, () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => build().catch(error => console.error(error.message)), 120);
    });
  }
}
