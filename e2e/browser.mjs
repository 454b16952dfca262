// One Chromium for a run, and pages of the sizes and themes we promise. Refuses to download a browser.
import { chromium } from 'playwright-core';

const BIN = process.env.CHROMIUM_BIN || '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--font-render-hinting=none',
];

export const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1440, height: 900 } },
};

export function launch() {
  return chromium.launch({ executablePath: BIN, args: FLAGS });
}

/** A person at one device. What the page logs as an error, or asks for in vain, ends up in `complaints`. */
export async function person(browser, world, { size = 'desktop', theme = 'light', script = true, language = 'ru-RU' } = {}) {
  const context = await browser.newContext({
    ...SIZES[size],
    baseURL: world.url,
    colorScheme: theme,
    reducedMotion: 'reduce',
    javaScriptEnabled: script,
    locale: language,
    timezoneId: 'Asia/Almaty',
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`error on ${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console on ${page.url()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(world.url).origin) complaints.push(`asks a stranger: ${request.url()}`);
  });
  return { context, page, complaints };
}
