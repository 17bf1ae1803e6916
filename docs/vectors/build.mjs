// Writes format version 1 as docs/format.md describes it, with every random value given. For test vectors only: it never reads, and keys are public.
import crypto from 'node:crypto';
import { spawnSync } from 'node:child_process';

export const u8 = v => Buffer.from([v]);
export const u16 = v => { const b = Buffer.alloc(2); b.writeUInt16BE(v); return b; };
export const u32 = v => { const b = Buffer.alloc(4); b.writeUInt32BE(v); return b; };
export const u64 = v => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt.asUintN(64, BigInt(v))); return b; };
export const zero = n => Buffer.alloc(n);
export const cat = (...parts) => Buffer.concat(parts.map(p => typeof p === 'string' ? Buffer.from(p, 'utf8') : p));
export const hex = b => b.toString('hex');
export const sha256 = (...parts) => crypto.createHash('sha256').update(cat(...parts)).digest();

/** A value that is random in real containers: the first bytes of SHA-512 over a label, so that it can be made again. */
export const given = (label, n) => crypto.createHash('sha512').update('usbguard vector ' + label).digest().subarray(0, n);

const CRC = Uint32Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1; return n >>> 0; });
export function crc32(b) { let c = 0xffffffff; for (const x of b) c = CRC[(c ^ x) & 255] ^ (c >>> 8); return (c ^ 0xffffffff) >>> 0; }

// ---- keys (section 3)

export const hkdf = (salt, input, info, n) => Buffer.from(crypto.hkdfSync('sha256', input, salt, cat(...[].concat(info)), n));
export const macKey = (id, master) => hkdf(id, master, 'usbguard/1 key area', 32);
export const rootKey = (id, master) => hkdf(id, master, 'usbguard/1 root slot', 32);
export const epochKey = (id, master, salt) => hkdf(id, master, ['usbguard/1 epoch', salt], 32);

export function wrap(kek, key) {
  const c = crypto.createCipheriv('id-aes256-wrap-pad', kek, Buffer.from('a65959a6', 'hex'));
  return cat(c.update(key), c.final());
}

export const argonCommand = (pass, salt, { memory, passes, lanes }) => `printf %s '${pass}' | argon2 '${salt}' -id -t ${passes} -k ${memory} -p ${lanes} -l 64 -r`;
const argonDone = new Map();
/** The reference implementation (Debian package argon2): password on stdin, salt as text. */
export function argon2id(pass, salt, { memory, passes, lanes }) {
  const what = JSON.stringify([pass, salt, memory, passes, lanes]);
  if (!argonDone.has(what)) {
    const r = spawnSync('argon2', [salt, '-id', '-t', passes, '-k', memory, '-p', lanes, '-l', 64, '-r'].map(String), { input: Buffer.from(pass.normalize('NFC'), 'utf8') });
    if (r.status !== 0) throw new Error('argon2: ' + (r.error ?? r.stderr));
    argonDone.set(what, Buffer.from(r.stdout.toString().trim(), 'hex'));
  }
  return argonDone.get(what);
}

export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const times = (a, b) => { let r = 0; for (let i = 0; i < 5; i++) { if (b >> i & 1) r ^= a; a = a & 16 ? (a << 1 ^ 0x25) & 31 : a << 1; } return r; };
const power = n => { let r = 1; while (n-- > 0) r = times(r, 2); return r; };
export function recoveryText(key) {
  const bits = [...key].map(x => x.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: 8 }, (_, g) => {
    const s = Array.from({ length: 4 }, (_, i) => parseInt(bits.substr((g * 4 + i) * 5, 5), 2));
    const check = s.reduce((c, v, i) => c ^ times(power(i + 1), v), power(g + 5));
    return [...s, check].map(v => ALPHABET[v]).join('');
  }).join('-');
}

// ---- key area (section 2)

export const MAGIC = Buffer.from('5547430d0a1a0a00', 'hex');

export function slotBytes(s) {
  const pub = s.public ?? zero(0);
  return cat(u8(s.type), u8(s.kdf), u16(s.reserved ?? 0), u32(s.cost1 ?? 0), u32(s.passes ?? 0), u32(s.lanes ?? 0), u64(s.time ?? 0), s.id, s.salt, s.check, s.wrapped, u16(s.publicLength ?? pub.length), pub, zero(878 - pub.length));
}

export function passphraseSlot(label, pass, master, costs, time) {
  const salt = (label + '................................').slice(0, 32);
  const out = argon2id(pass, salt, costs);
  return { type: 1, kdf: 1, cost1: costs.memory, passes: costs.passes, lanes: costs.lanes, time, id: given(label + ' slot id', 16), salt: Buffer.from(salt, 'ascii'), check: out.subarray(32), wrapped: wrap(out.subarray(0, 32), master) };
}

export function recoverySlot(label, key, master, time) {
  const salt = given(label + ' salt', 32);
  const out = hkdf(salt, key, 'usbguard/1 recovery slot', 64);
  return { type: 2, kdf: 3, time, id: given(label + ' slot id', 16), salt, check: out.subarray(32), wrapped: wrap(out.subarray(0, 32), master) };
}

/** Header fields may be overridden, `patch(header||slots)` runs before the MAC, `late(whole)` after everything. */
export function keyArea(h, slots, master, { patch, late, badMac } = {}) {
  const f = { magic: MAGIC, version: 1, profile: 1, reserved: 0, block: 4096, generation: 1, keyTime: 1767225600, time: 1767225600, segment: 4095, slotCount: 16, slotSize: 1024, flags: 0, ...h };
  const head = cat(f.magic, u16(f.version), u8(f.profile), u8(f.reserved), u32(f.block), f.id, u64(f.generation), u64(f.keyTime), u64(f.time), u32(f.segment), u16(f.slotCount), u16(f.slotSize), u32(f.flags), zero(4028));
  const body = cat(head, ...Array.from({ length: 16 }, (_, i) => slots[i] ? slotBytes(slots[i]) : zero(1024)));
  patch?.(body);
  const mac = crypto.createHmac('sha256', macKey(f.id, master)).update(body).digest();
  if (badMac) mac[0] ^= 1;
  const whole = cat(body, mac, u32(crc32(cat(body, mac))), zero(4060));
  late?.(whole);
  return whole;
}

// ---- sealing (sections 4 and 5)

export const TYPE = { data: 1, node: 2, trailer: 3, commit: 4 };

export const aad = r => cat('UGC1', r.container, r.epoch, u64(r.seq), u8(r.type), u64(r.object), u64(r.field), u32(r.length));

export function gcm(key, iv, aadBytes, plain) {
  const c = crypto.createCipheriv('aes-256-gcm', key, iv);
  c.setAAD(aadBytes);
  return cat(iv, c.update(plain), c.final(), c.getAuthTag());
}

export const sealRecord = (key, iv, r, plain) => gcm(key, iv, aad({ ...r, length: plain.length }), plain);

export const rootPlain = r => cat(u64(r.generation), u64(r.position), u32(r.length), u32(r.commitOffset), u32(r.commitLength), u32(r.flags ?? 0), r.epoch, u64(r.seq), r.tag, zero(8));
export const rootAad = (id, area, slot) => cat('UGCR', id, u8(area), u8(slot));
export const rootSlot = (id, key, iv, area, slot, plain) => cat('UGCR', gcm(key, iv, rootAad(id, area, slot), plain), zero(4096 - 128));

export function frame(f) {
  const b = cat(f.magic ?? 'UGCBATCH', u16(f.version ?? 1), u16(f.reserved ?? 0), u32(f.length), f.container, f.epoch, u64(f.generation), u64(f.position), u32(f.trailerOffset), u32(f.trailerLength), u64(f.trailerSeq),
    u32(f.commitOffset ?? 0), u32(f.commitLength ?? 0), u64(f.commitSeq ?? 0), zero(12));
  return cat(b, u32(crc32(b)));
}

// ---- plaintexts (sections 6 and 7)

/** A table of epoch salts that grows as pointers are written. */
export class Epochs {
  salts = [];
  constructor(...first) { first.forEach(s => this.number(s)); }
  number(salt) { const i = this.salts.findIndex(s => s.equals(salt)); return i >= 0 ? i : this.salts.push(salt) - 1; }
}
export const dataPointer = (p, table) => cat(u16(table.number(p.epoch)), u64(p.seq), u64(p.position), u32(p.offset), u32(p.length));
export const nodePointer = (p, table) => cat(u16(table.number(p.epoch)), u64(p.seq), u64(p.position), u32(p.offset), u32(p.sealed), p.tag);

const time = t => cat(u64(t.s), u32(t.ns));
/** A value is a function of the epoch table, with the pointers it holds beside it. */
export const value = (write, ...pointers) => Object.assign(write, { pointers });
export function entryValue(e) {
  const name = Buffer.from(e.name, 'utf8');
  const head = cat(u8(e.kind), u8(e.content), u16(e.attributes ?? 0), u64(e.id), u64(e.size), time(e.modified), time(e.created), u16(name.length), name);
  if (e.content === 1) return value(() => cat(head, u16(e.inline.length), e.inline));
  if (e.content === 2) return value(t => cat(head, dataPointer(e.pointer, t)), e.pointer);
  return value(() => head);
}
/** `records` are the pointers of the run's records in order. */
export const runValue = records => value(t => cat(dataPointer({ ...records[0], length: records.at(-1).length }, t), u32(records.length)), ...records);
export const useValue = u => value(() => cat(u32(u.length), u32(u.live), u64(u.generation)));
export const freeValue = f => value(() => cat(u32(f.length), u64(f.generation), u64(f.written)));

export const fold = name => name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
export const entryKey = (parent, name) => cat(u8(1), u64(parent), fold(name));
export const runKey = (file, extent) => cat(u8(2), u64(file), u64(extent));
export const useKey = position => cat(u8(3), u64(position));
export const freeKey = position => cat(u8(4), u64(position));
export const orphanKey = id => cat(u8(5), u64(id));

export function leafPlain(entries) {
  const table = new Epochs();
  const body = entries.map(([k, v]) => { const b = v(table); return cat(u16(k.length), k, u16(b.length), b); });
  return cat(u8(1), u8(0), u16(table.salts.length), u32(entries.length), ...table.salts, ...body);
}
export function innerPlain(level, children) {
  const table = new Epochs();
  const body = children.map(([k, p]) => cat(u16(k.length), k, nodePointer(p, table)));
  return cat(u8(2), u8(level), u16(table.salts.length), u32(children.length), ...table.salts, ...body);
}

/** Parts 2 to 5 are written first: they fill the epoch table of part 1. */
export function trailerPlain(t) {
  const table = new Epochs(t.epoch);
  const rest = cat(
    u32(t.records.length), ...t.records.map(r => cat(u8(r.type), u16(table.number(r.epoch)), u64(r.seq), u64(r.object), u64(r.field), u32(r.length), u32(r.offset))),
    u32(t.freed.length), ...t.freed.map(f => cat(u64(f.position), u32(f.bytes))),
    u32(t.skipped.length), ...t.skipped.map(s => cat(u64(s.position), u32(s.length))),
    u32(t.changes.length), ...t.changes.map(c => { const v = c.value?.(table); return cat(u8(v ? 1 : 2), u16(c.key.length), c.key, ...(v ? [u16(v.length), v] : [])); }));
  return cat(u64(t.position), u16(table.salts.length), ...table.salts, rest);
}

export const commitPlain = c => cat(u64(c.generation), u64(c.previous.position), u32(c.previous.length), c.previous.epoch ?? zero(32), u64(c.previous.seq ?? 0), c.previous.tag ?? zero(16), u32(c.flags), u64(c.time), u8(c.level),
  ...(c.root ? [c.root.epoch, u64(c.root.seq), u64(c.root.position), u32(c.root.offset), u32(c.root.sealed), c.root.tag] : [zero(72)]),
  u64(c.end), u64(c.nextId), u64(c.files), u64(c.folders), u64(c.bytes), u64(c.written), u64(c.next), u16(c.others.length), ...c.others.map(o => cat(u64(o.position), u32(o.length))));

// ---- a whole container

const AREAS = [0, 1048576, 33554432], FIRST = 1179648, ROUND = 262144, EXTENT = 65536;
const up = (n, to) => Math.ceil(n / to) * to;
const kindOf = t => Object.keys(TYPE).find(k => TYPE[k] === t);

export class Container {
  constructor({ name, id, master, keyAreaBytes, leafMax = 1000, segment = 4095 }) {
    Object.assign(this, { name, id, master, leafMax, keyAreaBytes, segment });
    this.file = zero(FIRST + ROUND);
    for (const at of AREAS.slice(0, 2)) keyAreaBytes.copy(this.file, at);
    this.more = []; this.areas = 2;                                       // segments 1 and up; how many anchor areas there are
    this.generation = 0; this.end = FIRST; this.written = 0; this.nextId = 2; this.ivs = 0;
    this.previous = { position: 0, length: 0 };
    this.entries = new Map(); this.nodes = new Map();                     // key hex -> value; node plaintext, by salts -> pointer
    this.tree = new Map([['', { id: 1, kind: 1 }]]);                      // path -> what it is, for the expected listing
    this.commits = []; this.listings = {}; this.rootHistory = {}; this.states = {};
  }

  session(salt) { this.epoch = salt; this.seq = 0; this.key = epochKey(this.id, this.master, salt); }
  iv() { return given(`${this.name} iv ${this.ivs++}`, 12); }

  /** Runs `work(tx)` and commits; `next` is where the batch after it will go (default: the end), `at` where this one goes, `skipped` what is passed over for that. */
  commit({ time, clean = false, at, next, skipped = [] }, work = () => {}) {
    this.gen = this.generation + 1;
    this.before = new Map(this.entries);
    this.batches = [];
    this.openBatch(at);
    this.describeBatches();
    work(this);
    const { level, root, freedNodes } = this.writeTree();
    const live = new Set([...this.entries.values()].flatMap(v => v.pointers));
    const freed = new Map();
    const gone = [...this.before.values()].flatMap(v => v.pointers).filter(p => !live.has(p)).concat(freedNodes);
    for (const p of gone) freed.set(p.position, (freed.get(p.position) ?? 0) + p.sealed);
    const hexOf = v => hex(v(new Epochs())) + (v.pointers.map(p => hex(p.epoch))).join();
    const keys = [...new Set([...this.before.keys(), ...this.entries.keys()])].filter(k => /^0[125]/.test(k)).sort();
    const changes = keys.filter(k => !this.before.has(k) || !this.entries.has(k) || hexOf(this.before.get(k)) !== hexOf(this.entries.get(k))).map(k => ({ key: Buffer.from(k, 'hex'), value: this.entries.get(k) }));
    const last = { freed: [...freed].sort((a, b) => a[0] - b[0]).map(([position, bytes]) => ({ position, bytes })), skipped, changes };
    this.trailer(last);
    const others = this.batches.slice(0, -1);
    const batch = this.batch;
    const files = [...this.tree.values()].filter(f => f.kind === 2);
    const length = up(batch.offset + 219 + 12 * others.length + 28 + 128, 4096);
    batch.length = length;
    this.written += length;
    this.end = Math.max(this.end, batch.position + length);
    const plain = commitPlain({ generation: this.gen, previous: this.previous, flags: (clean ? 1 : 0) | (this.previous.clean ? 2 : 0), time, level, root, end: this.end, nextId: this.nextId, files: files.length, folders: this.tree.size - 1 - files.length,
      bytes: files.reduce((s, f) => s + f.bytes.length, 0), written: this.written, next: next ?? this.end, others });
    const c = this.seal(TYPE.commit, 0, this.gen, plain);
    this.close({ commitOffset: c.offset, commitLength: c.sealed, commitSeq: c.seq });
    this.writeRoot({ generation: this.gen, position: batch.position, length, commitOffset: c.offset, commitLength: c.sealed, epoch: this.epoch, seq: c.seq, tag: c.tag }, clean);
    this.generation = this.gen;
    this.previous = { position: batch.position, length, epoch: this.epoch, seq: c.seq, tag: c.tag, clean };
    this.last = { batches: this.batches, freed: last.freed, skipped, written: this.written, generation: this.gen };
    this.listings[this.gen] = this.listing();
    this.states[this.gen] = { ...this, entries: new Map(this.entries), nodes: new Map(this.nodes), tree: new Map(this.tree), uses: this.uses && new Map(this.uses) };
    this.commits.push({ generation: this.gen, time, clean, epoch: hex(this.epoch), commitPlain: hex(plain), batches: this.batches.map(b => ({ position: b.position, length: b.length,
      records: b.all.map(r => ({ type: kindOf(r.type), seq: r.seq, object: r.object, field: r.field, offset: r.offset, length: r.length })) })) });
  }

  /** Goes on from an older generation, as after damage; the next one is numbered behind all there are. */
  fallBack(g) {
    const { entries, nodes, tree, previous, last, uses, end, nextId, written } = this.states[g];
    Object.assign(this, { entries: new Map(entries), nodes: new Map(nodes), tree: new Map(tree), previous, last, uses: uses && new Map(uses), end, nextId, written });
  }

  openBatch(at = this.end) { this.entries.delete(hex(freeKey(at))); this.batch = { position: at, offset: 128, parts: [], all: [], records: [] }; this.batches.push(this.batch); }

  /** Ends the current batch without a commit record and opens the next one. */
  nextBatch() {
    this.trailer({ freed: [], skipped: [], changes: [] });
    this.batch.length = up(this.batch.offset + 128, 4096);
    this.written += this.batch.length;
    this.end += this.batch.length;
    this.close({});
    this.openBatch();
  }

  seal(type, object, field, plain) {
    const r = { container: this.id, epoch: this.epoch, seq: this.seq++, type, object, field, length: plain.length, position: this.batch.position, offset: this.batch.offset, sealed: plain.length + 28 };
    const sealed = sealRecord(this.key, this.iv(), r, plain);
    r.tag = sealed.subarray(sealed.length - 16);
    this.batch.parts.push(sealed); this.batch.offset += sealed.length; this.batch.all.push(r);
    if (type <= TYPE.node) this.batch.records.push(r);
    return r;
  }

  trailer(lists) {
    const b = this.batch, plain = trailerPlain({ position: b.position, epoch: this.epoch, records: b.records, ...lists });
    Object.assign(b, { trailerOffset: b.offset, trailerLength: plain.length, trailerSeq: this.seq });
    for (let i = 0; i * EXTENT < plain.length; i++) this.seal(TYPE.trailer, this.gen, i, plain.subarray(i * EXTENT, (i + 1) * EXTENT));
  }

  close(commit) {
    const b = this.batch, f = frame({ container: this.id, epoch: this.epoch, generation: this.gen, ...b, ...commit });
    const body = cat(f, ...b.parts), bytes = cat(body, zero(b.length - body.length - 128), f);
    const n = Math.floor(b.position / 2 ** 32), at = b.position % 2 ** 32;
    if (n) { this.more[n - 1] ??= cat(this.segmentHeader(n), zero(ROUND - 4096)); bytes.copy(this.more[n - 1], at); return; }
    while (at + b.length > this.file.length) this.file = cat(this.file, zero(up(this.file.length / 8, ROUND)));
    if (this.areas === 2 && at > AREAS[2]) { this.areas = 3; this.keyAreaBytes.copy(this.file, AREAS[2]); }
    bytes.copy(this.file, at);
  }

  segmentHeader(n) {
    const b = cat('UGCSEGMT', u16(1), u16(0), u32(n), this.id, u32(this.segment), zero(88));
    return cat(b, u32(crc32(b)), zero(4096 - 128));
  }

  /** The slot of `r` at the place of generation `g`. */
  root(r, g) {
    const area = g % this.areas, slot = Math.floor(g / this.areas) % 16;
    return { r, at: AREAS[area] + 65536 + slot * 4096, bytes: rootSlot(this.id, rootKey(this.id, this.master), this.iv(), area, slot, rootPlain(r)) };
  }

  writeRoot(r, confirmed) {
    const first = this.rootHistory[this.gen] = this.root(r, this.gen);
    first.bytes.copy(this.file, first.at);
    if (!confirmed) return;
    first.confirmed = this.root({ ...r, flags: 1 }, this.gen + this.areas + 1);
    first.confirmed.bytes.copy(this.file, first.confirmed.at);
  }

  /** What generation g-1 wrote and freed enters the tree of generation g. */
  describeBatches() {
    if (!this.last) return;
    const uses = new Map(this.uses ?? []);
    for (const b of this.last.batches) uses.set(b.position, { length: b.length, live: b.records.reduce((s, r) => s + r.sealed, 0), generation: this.last.generation });
    for (const f of this.last.freed) { const u = uses.get(f.position); uses.set(f.position, { ...u, live: u.live - f.bytes }); }
    for (const [position, u] of uses) {
      const changed = this.uses?.get(position)?.live !== u.live;
      if (u.live > 0) { if (changed) this.put(useKey(position), useValue(u)); continue; }
      uses.delete(position); this.entries.delete(hex(useKey(position)));
      this.put(freeKey(position), freeValue({ length: u.length, generation: this.gen, written: this.last.written }));
    }
    for (const s of this.last.skipped) if (s.length > 0) this.put(freeKey(s.position), freeValue({ length: s.length, generation: 0, written: 0 }));
    this.uses = uses;
  }

  /** Rebuilds the tree over all entries; a node whose content did not change keeps its place. */
  writeTree() {
    const old = this.nodes, nodes = new Map();
    const place = (level, plain) => {
      const what = hex(plain);
      const p = nodes.get(what) ?? old.get(what) ?? this.seal(TYPE.node, 0, level, plain);
      nodes.set(what, p);
      return p;
    };
    const all = [...this.entries].sort(([a], [b]) => a < b ? -1 : 1).map(([k, v]) => [Buffer.from(k, 'hex'), v]);
    let row = [], level = 0;
    for (let i = 0; i < all.length; i += this.leafMax) { const part = all.slice(i, i + this.leafMax); row.push([part[0][0], place(0, leafPlain(part))]); }
    while (row.length > 1) {
      const above = [];
      level++;
      for (let i = 0; i < row.length; i += this.leafMax) { const part = row.slice(i, i + this.leafMax); above.push([part[0][0], place(level, innerPlain(level, part.map(([k, p], n) => [n ? k : zero(0), p])))]); }
      row = above;
    }
    this.nodes = nodes;
    const freedNodes = [...old].filter(([what]) => !nodes.has(what)).map(([, p]) => p);
    return { level: row.length ? level : 255, root: row[0]?.[1], freedNodes };
  }

  put(key, v) { this.entries.set(hex(key), v); }

  enter(path, e) {
    const cut = path.lastIndexOf('/'), parent = this.tree.get(path.slice(0, Math.max(cut, 0))), name = path.slice(cut + 1);
    this.put(entryKey(parent.id, name), entryValue({ created: e.modified, ...e, name }));
    this.tree.set(path, e);
  }

  folder(path, modified) { this.enter(path, { kind: 1, content: 0, id: this.nextId++, size: 0, modified }); }

  /** `holes`: extents not written; `short`: extent number -> bytes written of it. `bytes` is what a reader has to give back. */
  write(path, bytes, modified, { attributes = 0, form, id = this.tree.get(path)?.id ?? this.nextId++, stored } = {}) {
    for (const k of [...this.entries.keys()]) if (k.startsWith(hex(cat(u8(2), u64(id))))) this.entries.delete(k);
    const content = form ?? (bytes.length === 0 ? 0 : bytes.length <= 256 ? 1 : bytes.length <= EXTENT ? 2 : 3);
    const e = { kind: 2, content, attributes, id, size: bytes.length, modified, bytes };
    if (content === 1) e.inline = bytes;
    if (content === 2) e.pointer = this.seal(TYPE.data, id, 0, bytes);
    if (content === 3) {
      const runs = stored ?? [{ first: 0, records: Array.from({ length: Math.ceil(bytes.length / EXTENT) }, (_, i) => bytes.subarray(i * EXTENT, (i + 1) * EXTENT)) }];
      for (const run of runs) this.put(runKey(id, run.first), runValue(run.records.map((b, i) => this.seal(TYPE.data, id, (run.first + i) * EXTENT, b))));
    }
    this.enter(path, e);
  }

  remove(path) {
    const e = this.tree.get(path), cut = path.lastIndexOf('/');
    this.entries.delete(hex(entryKey(this.tree.get(path.slice(0, Math.max(cut, 0))).id, path.slice(cut + 1))));
    for (const k of [...this.entries.keys()]) if (k.startsWith(hex(cat(u8(2), u64(e.id))))) this.entries.delete(k);
    this.tree.delete(path);
  }

  listing() {
    return [...this.tree].filter(([p]) => p).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map(([path, e]) => e.kind === 1
      ? { path, kind: 'folder', mtime: [e.modified.s, e.modified.ns] }
      : { path, kind: 'file', size: e.bytes.length, sha256: hex(sha256(e.bytes)), mtime: [e.modified.s, e.modified.ns], ...(e.attributes ? { attributes: e.attributes } : {}) });
  }
}
