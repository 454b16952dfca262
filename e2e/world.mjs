// A world of its own for one scenario: the pretend Kaspi and the program, on free ports with an empty data folder.
// Refuses to know any page.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const BIN = process.env.E2E_BIN ?? path.resolve(import.meta.dirname, '../target/debug/sauda');
/** What the program gets of our surroundings: none of the settings of whoever runs the tests. */
const SURROUNDINGS = Object.fromEntries(['PATH', 'HOME', 'TMPDIR'].filter((name) => name in process.env).map((name) => [name, process.env[name]]));
/** How long the program may take to become ready, or to stop, in milliseconds. */
const PATIENCE_MS = 30_000;

/** A port that is free now. */
async function freePort() {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until `probe` gives something; asks again shortly after each answer. Throws with `what` when the time is over. */
export async function until(what, probe, limitMs = PATIENCE_MS) {
  const end = Date.now() + limitMs;
  let last;
  while (Date.now() < end) {
    try {
      const found = await probe();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within ${limitMs} ms`, { cause: last });
}

/** Settings file of the program under test: everything on this machine, in the folder of the scenario. */
function settings(folder, address, kaspi) {
  return [
    '[server]',
    `listen = "${address}"`,
    `public_url = "http://${address}"`,
    '',
    '[database]',
    `url = "sqlite://${path.join(folder, 'sauda.sqlite')}"`,
    '',
    '[secrets]',
    `key_file = "${path.join(folder, 'secret.key')}"`,
    '',
    '[kaspi]',
    ...['storefront_url', 'cabinet_url', 'identity_url', 'site_url', 'resources_url'].map((host) => `${host} = "${kaspi}"`),
    `official_url = "${kaspi}/shop/api/v2"`,
    '',
  ].join('\n');
}

class Program {
  constructor(name, args, log) {
    this.name = name;
    this.args = args;
    this.log = log;
  }

  start() {
    const log = fs.openSync(this.log, 'a');
    this.child = spawn(BIN, this.args, { stdio: ['ignore', log, log], env: SURROUNDINGS });
    fs.closeSync(log);
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(`cannot be started: ${error.message}`));
      this.child.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
    });
  }

  /** Waits for an address to answer; fails at once when the program ends before. */
  async ready(url) {
    const ended = this.ended.then((how) => {
      throw new Error(`sauda ${this.args[0]} ${how}`);
    });
    const answers = until(`${url} answers`, async () => (await fetch(url)).ok);
    await Promise.race([answers, ended]);
    ended.catch(() => {});
  }

  async stop(signal = 'SIGTERM') {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      const killer = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE_MS);
      await this.ended;
      clearTimeout(killer);
    }
  }
}

export class World {
  /** Starts everything. `sim` are other flags of the pretend world, such as `{ cards: 200 }`. */
  static async start(name, sim = {}) {
    const world = new World();
    world.folder = fs.mkdtempSync(path.join(os.tmpdir(), `sauda-e2e-${name}-`));
    const [simPort, port] = [await freePort(), await freePort()];
    world.kaspi = `http://127.0.0.1:${simPort}`;
    world.url = `http://127.0.0.1:${port}`;
    const file = path.join(world.folder, 'sauda.toml');
    fs.writeFileSync(file, settings(world.folder, `127.0.0.1:${port}`, world.kaspi));
    const flags = { seed: 7, cards: 120, sellers: 60, shops: 3, offers: 40, ...sim };
    const log = (who) => path.join(world.folder, `${who}.log`);
    world.sim = new Program('sim', ['sim', '--listen', `127.0.0.1:${simPort}`, ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)])], log('sim'));
    world.app = new Program('app', ['serve', '--config', file], log('app'));
    try {
      world.sim.start();
      await world.sim.ready(`${world.kaspi}/_sim/api/world`);
      await world.startApp();
    } catch (error) {
      await world.stop();
      const tails = world.logs().map(([who, text]) => `--- ${who}\n${text.slice(-2_000)}`);
      world.remove();
      throw new Error(`${error.message}\n${tails.join('\n')}`, { cause: error });
    }
    return world;
  }

  async startApp() {
    this.app.start();
    await this.app.ready(`${this.url}/health/ready`);
  }

  /** Ends the program without a word, as a power cut does. */
  async killApp() {
    await this.app.stop('SIGKILL');
  }

  /** Asks the control interface of the pretend Kaspi. */
  async control(route, body) {
    const options = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(`${this.kaspi}/_sim/api/${route}`, options);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`/_sim/api/${route} answered ${answer.status}: ${text.slice(0, 400)}`);
    return JSON.parse(text);
  }

  /** Logs of both programs, for the report of a failure. */
  logs() {
    return [this.sim, this.app].filter((program) => fs.existsSync(program.log)).map((program) => [program.name, fs.readFileSync(program.log, 'utf8')]);
  }

  async stop() {
    for (const program of [this.app, this.sim]) {
      if (program.child) await program.stop();
    }
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The demo itself, as `make demo` starts it, in a folder of its own: a market with a past, a year of orders, messages. */
export class Demo extends World {
  static async begin(name, sim = {}) {
    const world = new Demo();
    world.folder = fs.mkdtempSync(path.join(os.tmpdir(), `sauda-e2e-${name}-`));
    const [simPort, port] = [await freePort(), await freePort()];
    world.kaspi = `http://127.0.0.1:${simPort}`;
    world.url = `http://127.0.0.1:${port}`;
    const sets = [`server.listen=127.0.0.1:${port}`, `server.public_url=${world.url}`].flatMap((set) => ['--set', set]);
    const flags = Object.entries({ seed: 7, ...sim }).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
    const args = [...sets, 'demo', '--listen', `127.0.0.1:${simPort}`, '--data', world.folder, ...flags];
    world.app = new Program('demo', args, path.join(world.folder, 'demo.log'));
    world.sim = world.app;
    try {
      await world.startApp();
    } catch (error) {
      await world.stop();
      world.remove();
      throw error;
    }
    return world;
  }

  logs() {
    return super.logs().slice(0, 1);
  }
}
