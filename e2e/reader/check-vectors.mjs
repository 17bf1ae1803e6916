// Runs every vector of docs/vectors through the reader. Prints what differs; exit code 0 if nothing does.
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';
import * as R from './ugc-reader.mjs';

const from = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../docs/vectors');
const load = name => JSON.parse(fs.readFileSync(path.join(from, name + '.json'), 'utf8'));
const bin = h => Buffer.from(h, 'hex');
const sha256 = b => crypto.createHash('sha256').update(b).digest('hex');
/** Fewer than these, and something was lost on the way. */
const LEAST = { crypto: 14, 'recovery-key': 38, names: 27, 'key-areas': 80, records: 21, 'root-slots': 20, frames: 22, trailers: 16, commits: 16, nodes: 66, containers: 108 };
let done = 0, wrong = 0;

/** `run` gives what differs from the vector (nothing if it fits) or throws a Failure. */
async function all(name, run) {
  const g = load(name);
  if (g.vectors.length < LEAST[name]) { wrong++; console.log(`${name}: only ${g.vectors.length} vectors`); }
  for (const v of g.vectors) {
    let got = 'ok', differs;
    try { differs = await run(v, g); } catch (e) { if (!(e instanceof R.Failure)) { got = 'a crash: ' + e.stack; } else { got = e.kind; if (v.group !== undefined && v.group !== e.group) differs = `group ${e.group}`; } }
    done++;
    if (got === v.expect && !differs) continue;
    wrong++;
    console.log(`${name}/${v.id}: expected ${v.expect}, got ${got}${differs ? ', ' + differs : ''}`);
  }
}
const equal = (what, a, b) => isDeepStrictEqual(a, b) ? undefined : `${what} ${JSON.stringify(a)} instead of ${JSON.stringify(b)}`;

await all('crypto', async v => {
  if (v.function === 'aes-256-kwp unwrap') { if (!R.unwrap(bin(v.kek), bin(v.wrapped))) throw new R.Failure('wrong-key'); return; }
  if (v.wrapped) { const d = equal('master key', R.unwrap(bin(v.kek), bin(v.wrapped))?.toString('hex'), v.masterKey); if (d) return d; }
  if (v.function === 'hkdf-sha-256') return equal('output', R.hkdf(bin(v.salt), bin(v.input), bin(v.info), v.length).toString('hex'), v.output);
  if (v.function === 'argon2id') return equal('output', (await R.argon2id(v.passphrase, { salt: bin(v.salt), memory: v.memoryKiB, passes: v.passes, lanes: v.lanes })).toString('hex'), v.output);
});
await all('recovery-key', v => equal('key', R.parseRecoveryText(v.text).toString('hex'), v.key));
await all('names', v => equal('folded', v.name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC'), v.folded));

const assembled = v => { const b = Buffer.alloc(v.length); v.pieces.forEach(p => bin(p.hex).copy(b, p.at)); return b; };
await all('key-areas', async (v, g) => equal('master key', (await R.unlock([assembled(v)], v.open)).master.toString('hex'), g.masterKey));

await all('records', (v, g) => {
  const r = { id: bin(v.containerId), epoch: bin(v.epochSalt), seq: v.seq, type: v.type, object: v.object, field: v.field, length: v.length };
  const d = equal('aad', R.aad(r).toString('hex'), v.aad);
  const key = R.hkdf(r.id, bin(g.masterKey), Buffer.concat([Buffer.from('usbguard/1 epoch'), r.epoch]), 32);
  if (d) return d;
  if (v.sealed === undefined) {                                          // too long to be written out: made again by the rule, then opened
    const c = crypto.createCipheriv('aes-256-gcm', key, bin(v.iv)), plain = Buffer.from(Array.from({ length: v.plainLength }, (_, i) => i * 7 & 255));
    c.setAAD(bin(v.aad));
    const sealed = Buffer.concat([bin(v.iv), c.update(plain), c.final(), c.getAuthTag()]);
    return equal('sealed', sha256(sealed), v.sealedSha256) ?? equal('plain', R.openRecord(key, r, sealed).equals(plain), true);
  }
  return equal('plain', R.openRecord(key, r, bin(v.sealed)).toString('hex'), v.plain);
});
await all('root-slots', (v, g) => equal('generation', R.openRoot(bin(g.rootKey), bin(v.containerId), v.area, v.slot, bin(v.bytes)).generation, v.fields?.generation));
await all('frames', v => equal('trailer', R.parseFrame(bin(v.bytes), bin(v.containerId), v.position).trailerSeq, v.fields?.trailerSeq));
await all('trailers', (v, g) => { const t = R.parseTrailer(bin(v.plain), bin(g.epochSalt), 1179648, 16384); return v.fields && equal('trailer', [t.freed, t.skipped, t.records.map(r => r.epoch.toString('hex'))], [v.fields.freed, v.fields.skipped, v.fields.records.map(r => r.epoch)]); });
await all('commits', v => { const c = R.parseCommit(bin(v.plain), v.generation); return v.fields && equal('commit', [c.previous, c.previousSeq, c.end, c.nextId, c.files, c.folders, c.bytes, c.written, c.next, c.others], [v.fields.previous.position, v.fields.previous.seq, v.fields.end, v.fields.nextId, v.fields.files, v.fields.folders, v.fields.bytes, v.fields.written, v.fields.next, v.fields.others]); });
await all('nodes', v => { const n = R.parseNode(bin(v.plain), v.level), keys = n.map(e => e.key.toString('hex')); return v.entries || v.keys ? equal('keys', keys, v.entries ?? v.keys) : undefined; });

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ugc-'));
function edited(b, e) {
  if (e.op === 'remove') return null;
  if (e.op === 'bytes') return bin(e.hex);
  if (e.op === 'zeros') return Buffer.alloc(e.length);
  if (e.op === 'truncate') return b.subarray(0, e.length);
  if (e.op === 'zero') b.fill(0, e.at, e.at + e.length);
  else if (e.op === 'write') bin(e.hex).copy(b, e.at);
  else if (e.op === 'xor') bin(e.hex).forEach((x, i) => { b[e.at + i] ^= x; });
  else if (e.op === 'swap') { const a = Buffer.from(b.subarray(e.at, e.at + e.length)); b.copyWithin(e.at, e.with, e.with + e.length); a.copy(b, e.with); }
  else throw new Error(e.op);
  return b;
}
await all('containers', async (v, g) => {
  const sources = v.base ? g.sources[v.base].segments : [{}];
  fs.readdirSync(folder).forEach(f => fs.unlinkSync(path.join(folder, f)));
  const file = path.join(folder, 'case.ugc');
  for (const [n, s] of sources.entries()) {
    const base = Buffer.alloc(s.size ?? 0);
    for (const p of s.parts ?? []) zlib.gunzipSync(fs.readFileSync(path.join(from, p.file))).copy(base, p.at);
    if (s.sha256 && sha256(base) !== s.sha256) return 'a base file is not as hashed';
    const b = v.edits.filter(e => (e.segment ?? 0) === n).reduce(edited, base);
    if (v.sha256 && (b && sha256(b)) !== v.sha256[n]) return 'the edited file is not as hashed';
    if (b) fs.writeFileSync(n ? `${file}.00${n}` : file, b);
  }
  const c = await R.Container.open(file, v.open);
  try {
    const lost = [], list = c.listing({ lost: e => lost.push(e.message) });
    const listing = v.listing ?? g.sources[v.base].listings[v.generation];
    return equal('generation', c.head.generation, v.generation) ?? equal('dropped', c.dropped, v.dropped) ?? equal('lost', c.lost, v.lost ?? []) ?? (v.incomplete ? (lost.length ? undefined : 'nothing lost') : equal('listing', list, listing) ?? equal('lost', lost, []))
      ?? equal('differing key areas', c.differing, v.differing ?? []) ?? equal('damaged segment headers', c.damagedSegments, v.damagedSegments ?? [])
      ?? equal('verify', c.verify().length > 0, Boolean(v.incomplete || v.lost || v.differing || v.damagedSegments || listing.some(e => e.damaged)));
  } finally { c.close(); }
});
fs.rmSync(folder, { recursive: true });
console.log(`${done} vectors, ${wrong} differ`);
process.exitCode = wrong ? 1 : 0;
