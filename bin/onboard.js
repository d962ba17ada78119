#!/usr/bin/env node
// Plain JavaScript that Node 14 can parse: an old Node prints a sentence instead of a stack trace.
import { existsSync } from 'fs';
import module from 'module';
import { fileURLToPath } from 'url';

const NEEDED = [22, 18];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `onboard needs Node ${NEEDED.join('.')} or newer; this is ${process.version}.\n` +
      'In a clone of the project, `npm ci` brings Node 24 along, and `npm start` and\n' +
      '`npx onboard` use it. Elsewhere, install Node 24 from https://nodejs.org.\n',
  );
  process.exit(1);
}

// Node keeps what it has stripped and compiled, so that the next process starts in two thirds of the time. Where the
// folder cannot be written, it does without. Threads find the folder by the variable.
process.env.NODE_COMPILE_CACHE =
  process.env.NODE_COMPILE_CACHE ??
  fileURLToPath(new URL('../node_modules/.cache/onboard', import.meta.url));
module.enableCompileCache();

// Node strips types in a clone, but not under node_modules: an installed package has built JavaScript.
const source = new URL('../cli/main.ts', import.meta.url);
import(existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href);
