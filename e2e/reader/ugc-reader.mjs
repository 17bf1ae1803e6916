#!/usr/bin/env node
// Reads usbguard containers, format version 1. Written from docs/format.md alone, without a look at the product's code; never writes into a container.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** `kind` is one of wrong-key, damaged, unsupported, limit, not-a-container. */
export class Failure extends Error { constructor(kind, message) { super(message); this.kind = kind; } }
const fail = (kind, message) => { throw new Failure(kind, message); };
const must = (holds, message) => { if (!holds) fail('damaged', message); };
const attempt = f => { try { return f(); } catch (e) { if (e instanceof Failure && e.kind === 'damaged') return null; throw e; } };

const AREAS = [0, 1048576, 33554432], AREA = 131072, KEY_AREA = 24576, SEGMENT = 2 ** 32, BLOCK = 4096, EXTENT = 65536, MAX_BATCH = 16777216, WINDOW = 67108864, MOST_WORK = 8 * 1048576;
const MAGIC = Buffer.from('5547430d0a1a0a00', 'hex');

/** Reads fields in order; whatever is not there is damage. */
class Fields {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  take(n) { must(this.at + n <= this.bytes.length, 'ends too early'); this.at += n; return this.bytes.subarray(this.at - n, this.at); }
  u8() { return this.take(1)[0]; }
  u16() { return this.take(2).readUInt16BE(); }
  u32() { return this.take(4).readUInt32BE(); }
  u64() { const v = this.take(8).readBigUInt64BE(); must(v <= BigInt(Number.MAX_SAFE_INTEGER), 'a number beyond 2^53'); return Number(v); }
  s64() { const v = this.take(8).readBigInt64BE(); must(v >= BigInt(Number.MIN_SAFE_INTEGER) && v <= BigInt(Number.MAX_SAFE_INTEGER), 'a time beyond 2^53'); return Number(v); }
  zero(n) { must(this.take(n).every(b => b === 0), 'not zero'); }
  count(size, n) { must(n * size <= this.bytes.length - this.at, 'a count beyond the bytes'); return n; }
  end() { must(this.at === this.bytes.length, 'bytes behind the end'); }
}
const u64 = v => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(v)); return b; };
const u32 = v => { const b = Buffer.alloc(4); b.writeUInt32BE(v); return b; };
const same = (a, b) => a.length === b.length && crypto.timingSafeEqual(a, b);
const TABLE = Uint32Array.from({ length: 256 }, (_, i) => { let c = i; for (let k = 0; k < 8; k++) c = (c & 1) ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c; });
export const crc32 = bytes => { let c = -1; for (const b of bytes) c = TABLE[(c ^ b) & 255] ^ (c >>> 8); return ~c >>> 0; };

// ---- keys

export const hkdf = (salt, key, info, n) => Buffer.from(crypto.hkdfSync('sha256', key, salt, info, n));
const derived = (id, master, label, ...more) => hkdf(id, master, Buffer.concat([Buffer.from('usbguard/1 ' + label), ...more]), 32);

export function unwrap(kek, wrapped) {
  try {
    const d = crypto.createDecipheriv('id-aes256-wrap-pad', kek, Buffer.from('a65959a6', 'hex'));
    const key = Buffer.concat([d.update(wrapped), d.final()]);
    return key.length === 32 ? key : null;
  } catch { return null; }
}

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const double = v => ((v << 1) ^ (v & 16 ? 0x25 : 0)) & 31;
export function parseRecoveryText(text) {
  const symbols = [...text.replace(/[a-z]/g, c => c.toUpperCase())].filter(c => !/[\s\p{Zs}\p{Pd}]/u.test(c)).map(c => SYMBOLS.indexOf(c === 'O' ? '0' : c === 'I' || c === 'L' ? '1' : c));
  if (symbols.length !== 40 || symbols.includes(-1)) fail('wrong-key', 'a recovery key has 40 symbols out of ' + SYMBOLS);
  let bits = '', constant = 1;
  for (let i = 0; i < 5; i++) constant = double(constant);
  for (let g = 0; g < 8; g++, constant = double(constant)) {
    const s = symbols.slice(g * 5, g * 5 + 4);
    let sum = 0;
    for (let i = 3; i >= 0; i--) sum = double(sum ^ s[i]);               // Horner: a*(s0 + a*(s1 + a*(s2 + a*s3)))
    if ((sum ^ constant) !== symbols[g * 5 + 4]) throw Object.assign(new Failure('wrong-key', `group ${g + 1} has a typing error`), { group: g });
    bits += s.map(v => v.toString(2).padStart(5, '0')).join('');
  }
  return Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)));
}

// ---- key area

const within = (v, lo, hi, what) => { if (v < lo || v > hi) fail('limit', what); return v; };
const seconds = f => { const v = f.take(8).readBigUInt64BE(); if (v > 253402300799n) fail('limit', 'a time after the year 9999'); return v; };

function parseSlot(bytes) {
  const f = new Fields(bytes), s = { type: f.u8(), kdf: f.u8() };
  if (s.type === 0) { must(bytes.every(b => b === 0), 'empty slot not zero'); return s; }
  if (s.type > 4 || !([0, [1, 2], [3], [4], [4]][s.type]).includes(s.kdf)) fail('unsupported', 'slot type or KDF');
  f.zero(2);
  Object.assign(s, { memory: f.u32(), passes: f.u32(), lanes: f.u32(), time: seconds(f), id: f.take(16), salt: f.take(32), check: f.take(32), wrapped: f.take(40) });
  const n = f.u16();
  if (n > (s.type <= 2 ? 0 : 848)) fail('limit', 'public part');
  f.take(n);
  f.zero(878 - n);
  must(s.kdf === 1 || ((s.passes | s.lanes) === 0 && (s.kdf === 2 || s.memory === 0)), 'costs in a slot without');
  return s;
}

/** The copy without its MAC being checked: that needs the master key. */
export function parseKeyArea(bytes) {
  if (!bytes.subarray(0, 8).equals(MAGIC)) fail('not-a-container', 'no magic');
  must(bytes.length >= KEY_AREA, 'ends in the key area');
  const f = new Fields(bytes.subarray(8, 68));
  if (f.u16() !== 1) fail('unsupported', 'another format version');
  must(crc32(bytes.subarray(0, 20512)) === bytes.readUInt32BE(20512), 'CRC-32 of the key area');
  if (f.u8() !== 1) fail('unsupported', 'another profile');
  f.zero(1);
  must(f.u32() === BLOCK, 'block size');
  const h = { id: f.take(16), generation: Number(f.take(8).readBigUInt64BE()) };
  within(h.generation, 1, 2 ** 31, 'key generation');
  seconds(f); seconds(f);
  h.segment = within(f.u32(), 4, 4095, 'segment size');
  must(f.u16() === 16 && f.u16() === 1024, 'slots');
  if (f.u32() > 1) fail('unsupported', 'flags');
  new Fields(bytes.subarray(68, BLOCK)).zero(4028);
  new Fields(bytes.subarray(20516, KEY_AREA)).zero(4060);
  h.slots = Array.from({ length: 16 }, (_, i) => parseSlot(bytes.subarray(BLOCK + i * 1024, BLOCK + (i + 1) * 1024)));
  for (const s of h.slots.filter(x => x.type === 1)) {
    if (s.kdf === 2) { within(s.memory, 220000, 10000000, 'PBKDF2 iterations'); continue; }
    within(s.memory, 19456, 1048576, 'memory'); within(s.passes, 2, 16, 'passes'); within(s.lanes, 1, 16, 'lanes');
  }
  within(h.slots.filter(s => s.type === 1).length, 0, 8, 'passphrase slots');
  within(h.slots.filter(s => s.kdf === 1).reduce((sum, s) => sum + s.memory * s.passes, 0), 0, MOST_WORK, 'memory times passes');
  return Object.assign(h, { signed: bytes.subarray(0, 20480), mac: bytes.subarray(20480, 20512), whole: bytes });
}

/** `secret`: { passphrase } or { recoveryKey }. Gives { id, master, segment } or fails. */
export async function unlock(copies, secret) {
  const judged = copies.map(b => { try { return { area: parseKeyArea(b) }; } catch (e) { if (!(e instanceof Failure)) throw e; return { error: e }; } });
  const usable = judged.filter(j => j.area).map(j => j.area).sort((a, b) => b.generation - a.generation);
  if (!usable.length) {
    for (const kind of ['unsupported', 'limit', 'damaged']) { const j = judged.find(x => x.error.kind === kind); if (j) throw j.error; }
    fail('not-a-container', 'no key area');
  }
  const paper = secret.recoveryKey === undefined ? null : parseRecoveryText(secret.recoveryKey);
  if (!usable.some(a => a.slots.some(s => s.kdf === 1 || s.kdf === 3))) fail('unsupported', 'no slot that this reader opens');
  const outputs = new Map();
  let unwrapped = false, work = 0;
  const genuine = (area, master) => same(crypto.createHmac('sha256', derived(area.id, master, 'key area')).update(area.signed).digest(), area.mac);
  for (const area of usable) for (const s of area.slots.filter(x => x.type === (paper ? 2 : 1) && x.kdf === (paper ? 3 : 1))) {
    const what = [s.salt.toString('hex'), s.memory, s.passes, s.lanes].join();
    if (!outputs.has(what)) work = within(work + s.memory * s.passes, 0, MOST_WORK, 'memory times passes of all copies');
    if (!outputs.has(what)) outputs.set(what, paper ? hkdf(s.salt, paper, 'usbguard/1 recovery slot', 64) : await argon2id(secret.passphrase, s));
    const out = outputs.get(what), master = same(out.subarray(32), s.check) ? unwrap(out.subarray(0, 32), s.wrapped) : null;
    if (!master) continue;
    unwrapped = true;
    if (!genuine(area, master)) continue;
    if (usable.some(newer => newer.generation > area.generation && genuine(newer, master))) fail('wrong-key', 'this slot was removed');
    return { id: area.id, master, segment: area.segment, areas: area.segment >= 33 ? 3 : 2, keyArea: area.whole };
  }
  return unwrapped ? fail('damaged', 'MAC of the key area') : fail('wrong-key', 'wrong passphrase or recovery key');
}

export async function argon2id(passphrase, s) {
  const { argon2id: run } = await import('hash-wasm');
  const password = Buffer.from(passphrase.normalize('NFC'), 'utf8');
  if (password.length < 1 || password.length > 1024) fail('wrong-key', 'a passphrase has 1 to 1,024 bytes');
  return Buffer.from(await run({ password, salt: s.salt, memorySize: s.memory, iterations: s.passes, parallelism: s.lanes, hashLength: 64, outputType: 'binary' }));
}

// ---- records

export const aad = r => Buffer.concat([Buffer.from('UGC1'), r.id, r.epoch, u64(r.seq), Buffer.from([r.type]), u64(r.object), u64(r.field), u32(r.length)]);

function gcmOpen(key, sealed, extra) {
  const d = crypto.createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
  d.setAAD(extra);
  d.setAuthTag(sealed.subarray(-16));
  try { return Buffer.concat([d.update(sealed.subarray(12, -16)), d.final()]); } catch { return fail('damaged', 'a record does not open'); }
}

export function openRecord(key, r, sealed) {
  must(r.length <= EXTENT && sealed.length === r.length + 28, 'length of a record');
  if (r.tag) must(r.tag.equals(sealed.subarray(-16)), 'tag is not the one named');
  return gcmOpen(key, sealed, aad(r));
}

/** `areas`: how many anchor areas segment 0 has room for. */
export function checkPlace(position, length, areas = 2) {
  const offset = position % SEGMENT, segment = Math.floor(position / SEGMENT), end = offset + length;
  must(position % BLOCK === 0 && length % BLOCK === 0 && length >= BLOCK && length <= MAX_BATCH && segment <= 999 && end <= SEGMENT, 'place of a batch');
  must(segment ? offset >= BLOCK : AREAS.slice(0, areas).every(a => end <= a || offset >= a + AREA), 'a batch over an anchor area');
}
const checkPointer = p => { checkPlace(p.position, BLOCK); must(p.offset >= 128 && p.offset + p.sealed <= MAX_BATCH - 128, 'offset of a record'); };

export function openRoot(key, id, area, slot, bytes) {
  must(bytes.length >= 128 && bytes.subarray(0, 4).toString('latin1') === 'UGCR', 'no root slot');
  const f = new Fields(gcmOpen(key, bytes.subarray(4, 128), Buffer.concat([Buffer.from('UGCR'), id, Buffer.from([area, slot])])));
  const r = { generation: f.u64(), position: f.u64(), length: f.u32(), offset: f.u32(), sealed: f.u32(), flags: f.u32() };
  must(r.flags <= 1, 'flags of a root slot');
  Object.assign(r, { epoch: f.take(32), seq: f.u64(), tag: f.take(16) });
  f.zero(8);
  checkPlace(r.position, r.length);
  must(r.generation >= 1 && r.sealed >= 247 && r.sealed <= 49399 && r.offset >= 128 && r.offset + r.sealed <= r.length - 128, 'fields of a root slot');
  return r;
}

export function parseFrame(bytes, id, position) {
  must(bytes.length === 128 && bytes.subarray(0, 8).toString('latin1') === 'UGCBATCH' && crc32(bytes.subarray(0, 124)) === bytes.readUInt32BE(124), 'no frame');
  const f = new Fields(bytes.subarray(8, 124));
  must(f.u16() === 1, 'version of a frame');
  f.zero(2);
  const length = f.u32();
  must(f.take(16).equals(id), 'another container');
  const r = { length, epoch: f.take(32), generation: f.u64(), position: f.u64(), trailerOffset: f.u32(), trailerLength: f.u32(), trailerSeq: f.u64(), offset: f.u32(), sealed: f.u32(), seq: f.u64() };
  f.zero(12);
  must(r.position === position && r.generation >= 1, 'a frame of another place');
  checkPlace(position, length);
  const end = r.trailerOffset + r.trailerLength + 28 * Math.ceil(r.trailerLength / EXTENT);
  must(r.trailerOffset >= 128 && r.trailerLength >= 58 && end <= length - 128, 'trailer');
  must(r.offset === 0 ? r.sealed === 0 && r.seq === 0 : r.offset === end && r.sealed >= 247 && r.sealed <= 49399 && r.offset + r.sealed <= length - 128, 'commit record in a frame');
  return r;
}

export function parseTrailer(bytes, epoch, position, batchLength) {
  const f = new Fields(bytes);
  must(f.u64() === position, 'a trailer of another batch');
  const list = (size, read) => Array.from({ length: f.count(size, f.u32()) }, read);
  const salts = Array.from({ length: f.count(32, f.u16()) }, () => f.take(32));
  must(salts.length && salts[0].equals(epoch), 'epochs of a trailer');
  const t = {};
  let last = Buffer.alloc(0);
  t.records = list(35, () => {
    const r = { type: f.u8(), epoch: salts[f.u16()], seq: f.u64(), object: f.u64(), field: f.u64(), length: f.u32(), offset: f.u32() };
    must((r.type === 1 || r.type === 2) && r.epoch && r.length >= 1 && r.length <= EXTENT && r.offset >= 128 && r.offset + r.length + 28 <= batchLength - 128, 'record in a trailer');
    return r;
  });
  t.freed = list(12, () => ({ position: f.u64(), bytes: f.u32() }));
  t.skipped = list(12, () => ({ position: f.u64(), length: f.u32() }));
  t.changes = list(3, () => {
    const operation = f.u8();
    must(operation === 1 || operation === 2, 'operation');
    const key = f.take(f.u16());
    must(Buffer.compare(last, key) < 0 && [1, 2, 5].includes(key[0]), 'key of a change');
    last = key;
    return { operation, key, value: operation === 1 ? parseValue(key, f.take(f.u16()), salts) : undefined };
  });
  f.end();
  return t;
}

export function parseCommit(bytes, generation) {
  const f = new Fields(bytes);
  const c = { generation: f.u64(), previous: f.u64(), previousLength: f.u32(), previousEpoch: f.take(32), previousSeq: f.u64(), previousTag: f.take(16), flags: f.u32(), time: f.u64(), level: f.u8() };
  const p = f.take(72), pf = new Fields(p);
  c.root = { level: c.level, epoch: pf.take(32), seq: 0, position: 0 };
  if (c.level === 255) { must(p.every(b => b === 0), 'an empty index with a pointer'); c.root = null; } else {
    Object.assign(c.root, { seq: pf.u64(), position: pf.u64(), offset: pf.u32(), sealed: pf.u32(), tag: pf.take(16) });
    checkPointer(c.root);
  }
  Object.assign(c, { end: f.u64(), nextId: f.u64(), files: f.u64(), folders: f.u64(), bytes: f.u64(), written: f.u64(), next: f.u64() });
  const others = f.u16();
  must(others <= 4096, 'too many batches');
  c.others = Array.from({ length: f.count(12, others) }, () => { const o = { position: f.u64(), length: f.u32() }; checkPlace(o.position, o.length); return o; });
  f.end();
  must(c.generation === generation && generation >= 1 && c.flags <= 3 && c.end % BLOCK === 0, 'fields of a commit');
  must(generation === 1 ? bytes.subarray(8, 76).every(b => b === 0) : c.previous !== 0, 'previous commit');
  if (c.previous) checkPlace(c.previous, c.previousLength);
  return c;
}

// ---- index

function parsePointer(f, salts, node) {
  const p = { epoch: salts[f.u16()], seq: f.u64(), position: f.u64(), offset: f.u32(), sealed: f.u32() };
  must(p.epoch, 'epoch number');
  if (node) p.tag = f.take(16); else { p.length = p.sealed; p.sealed += 28; must(p.length >= 1 && p.length <= EXTENT, 'length of data'); }
  checkPointer(p);
  return p;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
function parseName(bytes) {
  let name;
  try { name = utf8.decode(bytes); } catch { fail('damaged', 'a name that is not UTF-8'); }
  must(bytes.length >= 1 && bytes.length <= 1024 && !/[/\0]/.test(name) && name !== '.' && name !== '..', 'a name that is not allowed');
  return name;
}

export function parseValue(key, bytes, salts) {
  const f = new Fields(bytes), kind = key[0];
  let v;
  must(kind === 1 ? key.length >= 10 && key.length <= 1545 : key.length === [0, 0, 17, 9, 9, 9][kind], 'key');
  if (kind === 1) {
    v = { kind: f.u8(), content: f.u8(), attributes: f.u16(), id: f.u64(), size: f.u64(), modified: [f.s64(), f.u32()], created: [f.s64(), f.u32()] };
    v.name = parseName(f.take(f.u16()));
    must((v.kind === 1 || v.kind === 2) && v.content <= 3 && v.attributes <= 3 && v.id >= 2 && v.modified[1] < 1e9 && v.created[1] < 1e9, 'directory entry');
    must((v.kind === 2 || v.content === 0) && (v.content === 0) === (v.size === 0), 'content of an entry');
    if (v.content === 1) { v.inline = f.take(f.u16()); must(v.inline.length === v.size && v.size <= 256, 'inline content'); }
    if (v.content === 2) { v.record = parsePointer(f, salts); must(v.record.length === v.size, 'size of one record'); }
  } else if (kind === 2) {
    const first = Number(key.readBigUInt64BE(9)), p = parsePointer(f, salts);
    v = { pointer: p, first, count: f.u32() };
    must(v.count >= 1 && v.count <= 255 && first <= 2 ** 37, 'run');
    v.records = Array.from({ length: v.count }, (_, i) => { const length = i < v.count - 1 ? EXTENT : p.length; return { ...p, seq: p.seq + i, offset: p.offset + i * (EXTENT + 28), length, sealed: length + 28 }; });
    checkPointer(v.records.at(-1));
  } else if (kind === 3) v = { length: f.u32(), live: f.u32(), generation: f.u64() };
  else if (kind === 4) v = { length: f.u32(), generation: f.u64(), written: f.u64() };
  else { v = { kind: f.u8() }; must(v.kind === 1 || v.kind === 2, 'orphan'); }
  f.end();
  return v;
}

export function parseNode(bytes, level) {
  must(bytes.length <= 16384, 'size of a node');
  const f = new Fields(bytes), kind = f.u8();
  must(f.u8() === level && kind === (level ? 2 : 1), 'level of a node');
  const epochs = f.u16(), entries = f.u32(), salts = Array.from({ length: f.count(32, epochs) }, () => f.take(32)), out = [];
  must(entries >= 1, 'empty node');
  f.count(4, entries);
  let run;
  for (let i = 0; i < entries; i++) {
    const key = f.take(f.u16());
    must(level && !i ? key.length === 0 : key.length > 0, 'first key');
    must(!i || Buffer.compare(out[i - 1].key, key) < 0, 'keys not ascending');
    const e = level ? { key, child: { ...parsePointer(f, salts, true), level: level - 1 } } : { key, value: parseValue(key, f.take(f.u16()), salts) };
    if (e.child) must(e.child.sealed > 28 && e.child.sealed <= 16412, 'size of a child');
    if (e.value?.records) { must(!run || !run.key.subarray(0, 9).equals(key.subarray(0, 9)) || run.value.first + run.value.count <= e.value.first, 'runs overlap'); run = e; }
    out.push(e);
  }
  f.end();
  return out;
}

// ---- container

export class Container {
  static async open(file, secret) {
    const c = new Container();
    c.files = [fs.openSync(file, 'r')];
    try { await c.start(file, secret); } catch (e) { c.close(); throw e; }
    return c;
  }
  close() { this.files.forEach(fd => fs.closeSync(fd)); }

  async start(file, secret) {
    for (let n = 1; n <= 999 && fs.existsSync(`${file}.${String(n).padStart(3, '0')}`); n++) this.files.push(fs.openSync(`${file}.${String(n).padStart(3, '0')}`, 'r'));
    this.sizes = this.files.map(fd => fs.fstatSync(fd).size);
    const copies = AREAS.map(a => this.part(a, KEY_AREA)).filter(b => b.length);
    try { Object.assign(this, await unlock(copies, secret)); } catch (e) {
      if (e.kind === 'not-a-container' && this.traces()) fail('damaged', 'no key area left');
      throw e;
    }
    this.differing = AREAS.slice(0, this.areas).flatMap((a, n) => this.sizes[0] >= a + AREA && !this.part(a, KEY_AREA).equals(this.keyArea) ? [n] : []);
    this.keys = new Map(); this.commits = new Map(); this.reports = [];
    this.damagedSegments = this.files.slice(1).flatMap((fd, i) => this.checkSegment(i + 1) ? [] : [i + 1]);
    this.reports.push(...this.damagedSegments.map(n => `header of segment ${n} is damaged or of another container`));
    this.choose();
  }

  /** What is there of these bytes of segment 0. */
  part(at, length) { const b = Buffer.alloc(length); return b.subarray(0, fs.readSync(this.files[0], b, 0, length, at)); }
  traces() {
    return AREAS.some(a => Array.from({ length: 16 }, (_, s) => this.part(a + 65536 + s * BLOCK, 4)).some(b => b.toString('latin1') === 'UGCR'));
  }

  read(position, length) {
    const segment = Math.floor(position / SEGMENT), offset = position % SEGMENT, b = Buffer.alloc(length);
    must(segment < this.files.length && offset + length <= this.sizes[segment] && fs.readSync(this.files[segment], b, 0, length, offset) === length, 'the file ends too early');
    return b;
  }

  checkSegment(n) {
    return attempt(() => {
      const b = this.read(n * SEGMENT, BLOCK), f = new Fields(b);
      must(f.take(8).toString('latin1') === 'UGCSEGMT' && crc32(b.subarray(0, 124)) === b.readUInt32BE(124) && f.u16() === 1, 'segment header');
      f.zero(2);
      must(f.u32() === n && f.take(16).equals(this.id) && f.u32() === this.segment, 'segment header');
      return true;
    });
  }

  record(r) {
    const k = r.epoch.toString('hex');
    if (!this.keys.has(k)) this.keys.set(k, derived(this.id, this.master, 'epoch', r.epoch));
    return openRecord(this.keys.get(k), { id: this.id, ...r }, this.read(r.position + r.offset, r.sealed));
  }

  node(p) { checkPlace(p.position, BLOCK, this.areas); return parseNode(this.record({ ...p, type: 2, object: 0, field: p.level, length: p.sealed - 28 }), p.level); }

  /** Either copy of a frame; the second can only be found if the length is known. */
  frame(position, length) {
    const whole = b => { const f = parseFrame(b, this.id, position); must(!length || f.length === length, 'length of a batch'); return f; };
    return attempt(() => whole(this.read(position, 128))) ?? (length ? whole(this.read(position + length - 128, 128)) : fail('damaged', 'no frame'));
  }

  /** The commit record a root slot or frame points to. */
  commit(r) {
    const k = [r.position, r.offset, r.seq, r.epoch.toString('hex'), r.generation].join();
    if (!this.commits.has(k)) this.commits.set(k, attempt(() => this.loadCommit(r)));
    return this.commits.get(k) ?? fail('damaged', `commit record of generation ${r.generation}`);
  }

  loadCommit(r) {
    checkPlace(r.position, r.length, this.areas);
    const c = parseCommit(this.record({ ...r, type: 4, object: 0, field: r.generation, length: r.sealed - 28 }), r.generation);
    return { ...c, clean: (c.flags & 1) === 1, afterClean: (c.flags & 2) === 2, position: r.position, length: r.length, epoch: r.epoch, seq: r.seq, tag: this.read(r.position + r.offset + r.sealed - 16, 16) };
  }

  choose() {
    const key = derived(this.id, this.master, 'root slot'), slots = [], confirmed = [], looked = [];
    const name = r => [r.generation, r.position, r.seq].join(), seen = new Set();
    AREAS.forEach((a, area) => { for (let s = 0; s < 16; s++) { const r = attempt(() => openRoot(key, this.id, area, s, this.read(a + 65536 + s * BLOCK, BLOCK))); if (r) { slots.push(r); if (r.flags) confirmed.push(r); } } });
    slots.sort((a, b) => b.generation - a.generation);
    must(slots.length, 'no root slot opens');
    const known = c => c.clean && (confirmed.some(r => attempt(() => this.commit(r)) === c) || looked.some(later => later.afterClean && this.isBefore(c, later)));
    for (const slot of slots) {
      const chain = [];
      for (let at = slot; at && chain.length <= 32 && !seen.has(name(at)); at = attempt(() => this.following(this.commit(at)))) {
        const c = attempt(() => this.commit(at));
        if (!c) break;
        seen.add(name(at));
        chain.unshift(c);
        looked.push(c);
      }
      this.newest = looked.reduce((a, b) => (a && a.generation > b.generation ? a : b), null);
      this.head = chain.find(c => attempt(() => { if (c.root) this.node(c.root); if (!known(c)) this.whole(c); return true; }));
      if (this.head) break;
    }
    must(this.newest, 'no commit record opens');
    must(this.head, 'no commit verifies');
    this.lost = [...new Set([...confirmed.filter(r => !attempt(() => this.commit(r))), ...looked.filter(known)].map(r => r.generation))].filter(g => g > this.head.generation).sort((a, b) => b - a);
    this.dropped = [...new Set([...slots, ...looked].map(r => r.generation))].filter(g => g > this.head.generation).sort((a, b) => b - a);
  }

  /** The commit at "next batch", if it names `c` as the one before. */
  following(c) {
    if (!c.next) return null;
    const f = this.frame(c.next);
    return f.offset && this.isBefore(c, this.commit(f)) ? f : null;
  }
  isBefore(c, later) { return later.previous === c.position && later.previousLength === c.length && later.previousSeq === c.seq && later.previousEpoch.equals(c.epoch) && later.previousTag.equals(c.tag) && c.generation < later.generation; }

  trailerOf(position, length, generation) {
    const f = this.frame(position, length);
    must(!generation || f.generation === generation, 'a batch of another generation');
    const chunks = Array.from({ length: Math.ceil(f.trailerLength / EXTENT) }, (_, i) => {
      const n = Math.min(EXTENT, f.trailerLength - i * EXTENT);
      return this.record({ epoch: f.epoch, seq: f.trailerSeq + i, type: 3, object: f.generation, field: i, length: n, position, offset: f.trailerOffset + i * (EXTENT + 28), sealed: n + 28 });
    });
    return parseTrailer(Buffer.concat(chunks), f.epoch, position, f.length);
  }

  batches(c) { return [...c.others, { position: c.position, length: c.length }]; }

  /** Every record of this commit and of those before it, back to but without the last clean one. */
  whole(c) {
    for (let at = c; at && (at === c || !at.clean); at = at.afterClean ? null : this.before(at)) {
      if (at.generation <= this.newest.generation - 32 || this.newest.written - at.written >= WINDOW) return;
      for (const b of this.batches(at)) for (const r of this.trailerOf(b.position, b.length, at.generation).records) this.record({ ...r, position: b.position, sealed: r.length + 28 });
    }
  }
  before(c) {
    if (!c.previous) return null;
    const f = this.frame(c.previous, c.previousLength);
    must(f.offset, 'no commit record where the one before should be');
    const p = this.commit(f);
    must(this.isBefore(p, c), 'another commit where the one before should be');
    return p;
  }

  /** Entries whose key starts with `prefix`, in order; a node that does not open is told to `lost`. */
  * entries(prefix, lost = e => { throw e; }, p = this.head.root, low = Buffer.alloc(0), high = null) {
    if (!p) return;
    let list;
    try { list = this.node(p); } catch (e) { if (!(e instanceof Failure)) throw e; lost(e); return; }
    for (let i = 0; i < list.length; i++) {
      const e = list[i], next = list[i + 1]?.key ?? high;
      if (e.key.length && (Buffer.compare(e.key, low) < 0 || (high && Buffer.compare(e.key, high) >= 0))) { lost(new Failure('damaged', 'a key out of its range')); return; }
      if (e.child) {
        const from = i ? e.key : low;
        if (Buffer.compare(from.subarray(0, prefix.length), prefix) <= 0 && (!next || Buffer.compare(next, prefix) > 0)) yield* this.entries(prefix, lost, e.child, from, next);
      } else if (e.key.subarray(0, prefix.length).equals(prefix)) yield e;
    }
  }

  /** Every entry with its path; each object once, so that a cycle ends. */
  * tree(lost, folder = 1, above = '', seen = new Set([1])) {
    for (const { value: v } of [...this.entries(Buffer.concat([Buffer.from([1]), u64(folder)]), lost)]) {
      must(!seen.has(v.id), 'an object in two places');
      seen.add(v.id);
      yield { path: above + v.name, ...v };
      if (v.kind === 1) yield* this.tree(lost, v.id, above + v.name + '/', seen);
    }
  }

  /** Calls `sink(bytes, offset)` for what is stored; extents that do not open are listed in what it returns. What is not called reads as zeros. */
  content(v, sink) {
    const damaged = [];
    const one = (r, field) => { const b = attempt(() => this.record({ ...r, type: 1, object: v.id, field })); if (b) sink(b, field); else damaged.push([field, Math.min(EXTENT, v.size - field)]); };
    if (v.content === 1) sink(v.inline, 0);
    if (v.content === 2) one(v.record, 0);
    if (v.content === 3) for (const { value: run } of this.entries(Buffer.concat([Buffer.from([2]), u64(v.id)]), () => damaged.push([0, v.size]))) run.records.forEach((r, i) => {
      const field = (run.first + i) * EXTENT;
      if (field + r.length > v.size) damaged.push([field, r.length]); else one(r, field);
    });
    return damaged;
  }

  /** SHA-256 of a file without holding it. */
  digest(v) {
    const h = crypto.createHash('sha256'), gap = Buffer.alloc(EXTENT);
    let at = 0;
    const fill = to => { while (at < to) { const n = Math.min(EXTENT, to - at); h.update(gap.subarray(0, n)); at += n; } };
    const damaged = this.content(v, (b, offset) => { fill(offset); h.update(b); at += b.length; });
    fill(v.size);
    return { damaged, sha256: h.digest('hex') };
  }

  listing({ hashes = true, lost } = {}) {
    const out = [...this.tree(lost)].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
    return out.map(v => {
      const e = { path: v.path, kind: v.kind === 1 ? 'folder' : 'file', ...(v.kind === 2 ? { size: v.size } : {}) };
      if (v.kind === 2 && hashes) { const { damaged, sha256 } = this.digest(v); if (damaged.length) e.damaged = damaged; else e.sha256 = sha256; }
      e.mtime = v.modified;
      if (v.attributes) e.attributes = v.attributes;
      return e;
    });
  }

  /** Reads everything the newest commit refers to. */
  verify() {
    const problems = [...this.reports, ...this.lost.map(g => `generation ${g} is confirmed and cannot be read`), ...this.differing.map(n => `key area ${n} differs from the one that counts`)], list = this.listing({ lost: e => problems.push(e.message) });
    list.filter(e => e.damaged).forEach(e => e.damaged.forEach(([at, n]) => problems.push(`${e.path}: ${n} bytes from ${at}`)));
    const files = list.filter(e => e.kind === 'file');
    if (files.length !== this.head.files || list.length - files.length !== this.head.folders || files.reduce((s, e) => s + e.size, 0) !== this.head.bytes) problems.push('the counts of the commit record differ from the tree');
    return problems;
  }

  extract(to) {
    const problems = [];
    for (const v of this.tree(e => problems.push(e.message))) {
      if (path.sep === '\\' && /[\\:]/.test(v.path)) { problems.push(`${v.path}: not a name on this system`); continue; }
      const target = path.join(to, ...v.path.split('/'));
      if (v.kind === 1) { fs.mkdirSync(target, { recursive: true }); continue; }
      fs.mkdirSync(path.dirname(target), { recursive: true });
      const fd = fs.openSync(target, 'wx');
      const damaged = this.content(v, (b, offset) => fs.writeSync(fd, b, 0, b.length, offset));
      fs.ftruncateSync(fd, v.size);
      const time = new Date(v.modified[0] * 1000 + Math.floor(v.modified[1] / 1e6));   // a number below 0 would be taken for "now"
      if (!Number.isNaN(time.getTime())) fs.futimesSync(fd, time, time);
      fs.closeSync(fd);
      damaged.forEach(([at, n]) => problems.push(`${v.path}: ${n} bytes from ${at} are zeros`));
    }
    return problems;
  }
}

async function main([command, file, to]) {
  const { UGC_PASSPHRASE: passphrase, UGC_RECOVERY_KEY: recoveryKey } = process.env;
  if (!['list', 'verify', 'extract'].includes(command) || !file || (command === 'extract' && !to) || (passphrase === undefined && recoveryKey === undefined)) {
    console.error('ugc-reader.mjs list FILE | verify FILE | extract FILE FOLDER\nwith UGC_PASSPHRASE or UGC_RECOVERY_KEY in the environment');
    return 64;
  }
  try {
    const c = await Container.open(file, recoveryKey === undefined ? { passphrase } : { recoveryKey });
    const result = { expect: 'ok', generation: c.head.generation, dropped: c.dropped };
    if (command === 'list') result.listing = c.listing({ hashes: false });
    if (command === 'verify') result.problems = c.verify();
    if (command === 'extract') result.problems = c.extract(to);
    c.close();
    console.log(JSON.stringify(result, null, 1));
    return result.problems?.length ? 1 : 0;
  } catch (e) {
    if (!(e instanceof Failure)) throw e;
    console.log(JSON.stringify({ expect: e.kind, message: e.message }));
    return 2;
  }
}
if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) process.exitCode = await main(process.argv.slice(2));
