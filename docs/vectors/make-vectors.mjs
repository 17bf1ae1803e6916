// Makes every file of this directory but the two programs and README.md. `node make-vectors.mjs` writes, `node make-vectors.mjs --check` compares.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import * as B from './build.mjs';
import { u8, u16, u32, u64, zero, cat, hex, sha256, given, TYPE } from './build.mjs';

const here = path.dirname(fileURLToPath(import.meta.url)), check = process.argv.includes('--check');
let wrong = 0;
function put(name, bytes) {
  const at = path.join(here, name);
  if (!check) return fs.writeFileSync(at, bytes);
  if (!fs.existsSync(at) || !fs.readFileSync(at).equals(Buffer.from(bytes))) { wrong++; console.log('differs: ' + name); }
}
const group = (name, about, shared, vectors) => {
  const ids = new Set(vectors.map(v => v.id));
  if (ids.size !== vectors.length) throw new Error('an id twice in ' + name);
  put(name + '.json', text1({ group: name, format: 1, about, ...shared, vectors }) + '\n');
};
/** JSON with one line for whatever is short. */
function text1(v, indent = '') {
  const line = JSON.stringify(v), inner = indent + ' ';
  if (line === undefined || line.length + indent.length <= 160 || v === null || typeof v !== 'object') return line;
  const list = Array.isArray(v) ? v.map(x => text1(x, inner)) : Object.entries(v).filter(([, x]) => x !== undefined).map(([k, x]) => JSON.stringify(k) + ': ' + text1(x, inner));
  const [open, close] = Array.isArray(v) ? '[]' : '{}';
  return open + '\n' + list.map(x => inner + x).join(',\n') + '\n' + indent + close;
}

/** The parts of a mostly empty block that are not zero. */
function pieces(b) {
  const out = [];
  for (let i = 0; i < b.length;) {
    if (b[i] === 0) { i++; continue; }
    let end = i + 1, gap = 0;
    for (let j = end; j < b.length && gap < 16; j++) if (b[j]) { end = j + 1; gap = 0; } else gap++;
    out.push({ at: i, hex: hex(b.subarray(i, end)) });
    i = end;
  }
  return { length: b.length, pieces: out };
}
const altered = (b, at, mask = 1) => { const c = Buffer.from(b); c[at < 0 ? c.length + at : at] ^= mask; return c; };

const PASS = 'correct horse battery staple', COSTS = { memory: 65536, passes: 3, lanes: 4 }, FLOOR = { memory: 19456, passes: 2, lanes: 1 };
const MASTER = given('master key', 32), ID = given('container id', 16), RECOVERY = given('recovery key', 20), EPOCH = given('epoch salt', 32), OTHER = given('other epoch salt', 32), IV = given('iv', 12);
const TIME = 1767225600;   // 2026-01-01T00:00:00Z

// ---- crypto

const asciiSalt = 'usbguard argon2 salt, 32 bytes..';
const argon = (id, passphrase, costs, comment) => {
  const out = B.argon2id(passphrase, asciiSalt, costs);
  return { id, comment, expect: 'ok', function: 'argon2id', passphrase, passphraseBytes: hex(Buffer.from(passphrase.normalize('NFC'))), salt: hex(Buffer.from(asciiSalt)), memoryKiB: costs.memory, passes: costs.passes, lanes: costs.lanes,
    command: B.argonCommand(passphrase.normalize('NFC'), asciiSalt, costs), output: hex(out), kek: hex(out.subarray(0, 32)), check: hex(out.subarray(32)), masterKey: hex(MASTER), wrapped: hex(B.wrap(out.subarray(0, 32), MASTER)) };
};
const expand = (id, salt, input, info, n) => ({ id, expect: 'ok', function: 'hkdf-sha-256', salt: hex(salt), input: hex(input), info: hex(Buffer.concat([info].flat().map(x => Buffer.from(x)))), length: n, output: hex(B.hkdf(salt, input, info, n)) });
const kek = given('kek', 32), wrapped = B.wrap(kek, MASTER);
const unwrapBad = (id, w, k = kek) => ({ id, expect: 'wrong-key', function: 'aes-256-kwp unwrap', kek: hex(k), wrapped: hex(w) });
const recOut = B.hkdf(EPOCH, RECOVERY, 'usbguard/1 recovery slot', 64);
group('crypto', 'Key derivation and key wrapping, section 3.', {}, [
  expand('mac-key', ID, MASTER, 'usbguard/1 key area', 32),
  expand('root-key', ID, MASTER, 'usbguard/1 root slot', 32),
  expand('epoch-key', ID, MASTER, ['usbguard/1 epoch', EPOCH], 32),
  { ...expand('recovery-slot', EPOCH, RECOVERY, 'usbguard/1 recovery slot', 64), kek: hex(recOut.subarray(0, 32)), check: hex(recOut.subarray(32)), masterKey: hex(MASTER), wrapped: hex(B.wrap(recOut.subarray(0, 32), MASTER)) },
  argon('argon2-default', PASS, COSTS),
  argon('argon2-floor', PASS, FLOOR, 'the lowest costs that are accepted'),
  argon('argon2-nfc', 'Gru\u0308\u00dfe \u212b', FLOOR, 'decomposed and compatibility letters: NFC, not NFKC'),
  argon('argon2-one-byte', 'x', FLOOR),
  { id: 'kwp', expect: 'ok', function: 'aes-256-kwp wrap', kek: hex(kek), masterKey: hex(MASTER), wrapped: hex(wrapped) },
  unwrapBad('kwp-first-block', altered(wrapped, 0)), unwrapBad('kwp-last-byte', altered(wrapped, -1)), unwrapBad('kwp-other-kek', wrapped, altered(kek, 31)),
  { ...unwrapBad('kwp-24-bytes', B.wrap(kek, MASTER.subarray(0, 24))), comment: 'unwraps, to 24 bytes' },
  { ...unwrapBad('kwp-31-bytes', B.wrap(kek, MASTER.subarray(0, 31))), comment: 'unwraps, to 31 bytes: as long as a right one when wrapped' },
]);

// ---- recovery key on paper

const paper = B.recoveryText(RECOVERY);
const replace = (s, at, c) => s.slice(0, at) + c + s.slice(at + 1);
const other = c => B.ALPHABET[(B.ALPHABET.indexOf(c) + 1) % 32];
const swap = (s, a, b) => { const x = [...s]; [x[a], x[b]] = [x[b], x[a]]; return x.join(''); };
const groups = paper.split('-');
const textOk = (id, key, text, comment) => ({ id, comment, expect: 'ok', text, key: hex(key) });
const textBad = (id, text, group, comment) => ({ id, comment, expect: 'wrong-key', text, ...(group === undefined ? {} : { group }) });
const pairs = [...paper].map((c, i) => i).filter(i => i % 6 < 4 && paper[i] !== paper[i + 1]);
const ladder = Buffer.from(Array.from({ length: 20 }, (_, i) => i * 13 + 1));
group('recovery-key', 'Recovery key as text, section 3. "group" is the first group whose check symbol does not fit.', {}, [
  textOk('random', RECOVERY, paper), textOk('zero', zero(20), B.recoveryText(zero(20)), 'check symbols are a^5 ... a^12'), textOk('ones', Buffer.alloc(20, 255), B.recoveryText(Buffer.alloc(20, 255))), textOk('ladder', ladder, B.recoveryText(ladder)),
  ...Array.from({ length: 5 }, (_, i) => { const k = zero(20); k[0] = 0x80 >> i; return textOk('bit-' + i, k, B.recoveryText(k), 'one bit set'); }),
  textOk('lower-case', RECOVERY, paper.toLowerCase()), textOk('no-hyphens', RECOVERY, groups.join('')), textOk('spaces', RECOVERY, ' ' + groups.join('  ') + ' '),
  textOk('o-reads-0', zero(20), B.recoveryText(zero(20)).replace(/0/g, 'O')), textOk('i-and-l-read-1', ladder, B.recoveryText(ladder).replace('1', 'i').replace('1', 'L'), 'the first two 1, where there are such'),
  ...groups.map((g, i) => textBad('one-symbol-group-' + i, replace(paper, i * 6 + i % 4, other(paper[i * 6 + i % 4])), i)),
  textBad('check-symbol', replace(paper, 4, other(paper[4])), 0),
  ...pairs.slice(0, 4).map(i => textBad('neighbours-at-' + i, swap(paper, i, i + 1), Math.floor(i / 6))),
  textBad('groups-exchanged', [groups[1], groups[0], ...groups.slice(2)].join('-'), 0), textBad('zero-groups-exchanged', B.recoveryText(zero(20)).split('-').map((g, i, a) => a[i < 2 ? 1 - i : i]).join('-'), 0),
  textBad('one-group-short', groups.slice(0, 7).join('-')), textBad('one-symbol-short', paper.slice(0, -1)), textBad('one-symbol-more', paper + '0'), textBad('empty', ''), textBad('letter-u', replace(paper, 0, 'U'), undefined, 'U is not in the alphabet'), textOk('en-dash', RECOVERY, groups.join('\u2013'), 'dashes and spaces of any kind are passed over'), textOk('other-spaces', RECOVERY, groups.join('\u00a0\u2011') + '\t'), textBad('underscores', groups.join('_')), textBad('dotless-i', paper.replace(/[0-9A-Z]/, '\u0131'), undefined, 'i without a dot becomes I as upper case, but is no symbol'),
]);

// ---- names

const folded = s => ({ id: [...s].map(c => c.codePointAt(0).toString(16)).join('-'), expect: 'ok', name: s, folded: B.fold(s), foldedBytes: hex(Buffer.from(B.fold(s))) });
group('names', 'Folded names, section 7. Letters that have had their case mapping since Unicode 6 only.', {}, ['a', 'Brief.TXT', 'STRASSE', 'straße', 'A\u030angstro\u0308m', 'Ångström', '\u212bngström', 'ΟΔΟΣ', 'ΣΑΣ', 'ς', 'İstanbul', 'ısı', 'ŉ', 'ﬁle', 'ǆ', 'ǅ', 'ſ', '\u0345', '\u1fb3', 'К', '日本', '\u{10400}', '😀', 'a b', 'ǰ', 'ΐ', 'ẞ'].map(folded));

// ---- key areas

const slot = B.passphraseSlot('key area slot', PASS, MASTER, COSTS, TIME), rec = B.recoverySlot('recovery slot', RECOVERY, MASTER, TIME + 60);
const publicPart = cat(given('fingerprint', 32), u16(1), given('encapsulation a', 64), given('encapsulation b', 33));
const organisation = { type: 3, kdf: 4, time: TIME, id: given('org slot id', 16), salt: given('org salt', 32), check: given('org check', 32), wrapped: given('org wrapped', 40), public: publicPart };
const areaOf = (h = {}, slots = [slot, rec], o) => B.keyArea({ id: ID, ...h }, slots, MASTER, o);
const withPass = { passphrase: PASS }, withPaper = { recoveryKey: paper };
const area = (id, expect, bytes, comment, open = withPass) => ({ id, comment, expect, open, ...pieces(bytes), sha256: hex(sha256(bytes)) });
const header = (id, expect, h, comment) => area('header-' + id, expect, areaOf(h), comment);
const patched = (id, expect, at, bytes, comment) => area(id, expect, areaOf({}, [slot, rec], { patch: b => bytes.copy(b, at) }), comment);
const costly = (id, expect, costs, comment) => area('kdf-' + id, expect, areaOf({}, [{ ...slot, ...costs }, rec]), comment, withPaper);
const S = 4096;
const fake = (i, costs) => ({ type: 1, kdf: 1, cost1: costs.memory, passes: costs.passes, lanes: costs.lanes, time: TIME, id: given('fake id ' + i, 16), salt: given('fake salt ' + i, 32), check: given('fake check ' + i, 32), wrapped: given('fake wrapped ' + i, 40) });
const pbkdf2 = iterations => ({ ...fake(0, FLOOR), kdf: 2, cost1: iterations, passes: 0, lanes: 0 });
group('key-areas', 'One copy of the key area, section 2. Unless a comment says otherwise MAC and CRC-32 are right, so that the named fault is the only one. "expect" is what a container would give that has this copy only.',
  { masterKey: hex(MASTER), containerId: hex(ID), macKey: hex(B.macKey(ID, MASTER)) }, [
    area('valid', 'ok', areaOf()), area('valid-by-recovery-key', 'ok', areaOf(), undefined, withPaper), area('valid-one-slot', 'ok', areaOf({}, [slot])), area('valid-last-slot', 'ok', areaOf({}, [...Array(15), rec]), 'slots need not be filled from the front', withPaper),
    area('wrong-passphrase', 'wrong-key', areaOf(), undefined, { passphrase: PASS + '!' }), area('wrong-recovery-key', 'wrong-key', areaOf(), undefined, { recoveryKey: B.recoveryText(ladder) }), area('no-such-slot', 'wrong-key', areaOf({}, [slot]), 'no recovery slot', withPaper),
    ...Array.from({ length: 8 }, (_, i) => area('magic-' + i, 'not-a-container', areaOf({ magic: altered(B.MAGIC, i) }))), area('magic-line-ends', 'not-a-container', areaOf({ magic: Buffer.from('5547430a1a0a0000', 'hex') }), 'CR LF became LF'),
    header('version-0', 'unsupported', { version: 0 }), header('version-2', 'unsupported', { version: 2 }), header('profile-fips', 'unsupported', { profile: 2 }), header('profile-0', 'unsupported', { profile: 0 }), header('profile-3', 'unsupported', { profile: 3 }),
    header('reserved-11', 'damaged', { reserved: 1 }), header('block-size', 'damaged', { block: 512 }), header('generation-0', 'limit', { generation: 0 }), header('generation-2^31', 'ok', { generation: 2 ** 31 }, 'the highest there is'), header('generation-2^31+1', 'limit', { generation: 2 ** 31 + 1 }),
    header('segment-3', 'limit', { segment: 3 }), header('segment-4', 'ok', { segment: 4 }), header('segment-4096', 'limit', { segment: 4096 }), header('slots-15', 'damaged', { slotCount: 15 }), header('slots-17', 'damaged', { slotCount: 17 }), header('slot-size', 'damaged', { slotSize: 512 }),
    header('flag-organisation', 'ok', { flags: 1 }, 'bit 0 without such a slot: readers do not mind'), header('flag-unknown', 'unsupported', { flags: 2 }), header('time-9999', 'ok', { keyTime: 253402300799, time: 253402300799 }, 'the last second of the year 9999'), header('time-10000', 'limit', { time: 253402300800 }), header('key-time-2^64-1', 'limit', { keyTime: 2n ** 64n - 1n }), area('slot-time-2^63', 'limit', areaOf({}, [{ ...slot, time: 2n ** 63n }, rec])),
    patched('header-zero-68', 'damaged', 68, u8(1)), patched('header-zero-4095', 'damaged', 4095, u8(1)),
    area('container-id-changed', 'damaged', areaOf({}, undefined, { late: b => { b[16] ^= 1; u32(B.crc32(b.subarray(0, 20512))).copy(b, 20512); } }), 'CRC-32 right, MAC wrong'),
    area('crc-wrong', 'damaged', areaOf({}, undefined, { late: b => { b[20512] ^= 1; } })), area('mac-wrong-crc-right', 'damaged', areaOf({}, undefined, { badMac: true })), area('header-time-flipped', 'damaged', areaOf({}, undefined, { late: b => { b[55] ^= 1; } }), 'CRC-32 and MAC wrong'),
    area('tail-not-zero', 'damaged', areaOf({}, undefined, { late: b => { b[24575] = 1; } })),
    costly('memory-16-gib', 'limit', { cost1: 16777216 }), costly('memory-over-cap', 'limit', { cost1: 1048577 }), costly('memory-under-floor', 'limit', { cost1: 19455 }), costly('memory-2^32-1', 'limit', { cost1: 0xffffffff, passes: 0xffffffff }, 'the product has more than 32 bits'), costly('passes-1', 'limit', { passes: 1 }), costly('passes-17', 'limit', { passes: 17 }), costly('lanes-0', 'limit', { lanes: 0 }), costly('lanes-17', 'limit', { lanes: 17 }),
    costly('sum-at-cap', 'ok', { cost1: 1048576, passes: 8 }, '1 GiB x 8 is allowed; opened by recovery key, so nothing has to be computed with it'),
    area('kdf-sum-over-cap', 'limit', areaOf({}, [fake(0, { memory: 1048576, passes: 8, lanes: 1 }), slot, rec]), undefined, withPaper),
    area('passphrase-slots-8', 'ok', areaOf({}, [...Array.from({ length: 7 }, (_, i) => fake(i, FLOOR)), slot])), area('passphrase-slots-9', 'limit', areaOf({}, [slot, ...Array.from({ length: 8 }, (_, i) => fake(i, FLOOR))])),
    area('organisation-slot', 'ok', areaOf({ flags: 1 }, [slot, organisation, rec]), 'kept, not opened'), area('recipient-slot', 'ok', areaOf({}, [slot, { ...organisation, type: 4 }])), area('only-organisation-slot', 'unsupported', areaOf({}, [organisation])),
    area('public-part-848', 'ok', areaOf({}, [slot, { ...organisation, public: Buffer.alloc(848, 7) }])), area('public-part-849', 'limit', areaOf({}, [slot, { ...organisation, public: Buffer.alloc(849, 7) }])),
    area('passphrase-slot-with-public-part', 'limit', areaOf({}, [{ ...slot, public: u8(1) }])), area('behind-public-part', 'damaged', areaOf({}, [slot, { ...organisation, publicLength: publicPart.length - 1 }]), 'a byte behind the public part is not zero'),
    area('slot-type-5', 'unsupported', areaOf({}, [slot, { ...fake(0, FLOOR), type: 5 }])), area('kdf-unknown', 'unsupported', areaOf({}, [slot, { ...rec, kdf: 5 }])), area('kdf-of-other-type', 'unsupported', areaOf({}, [slot, { ...rec, kdf: 1, cost1: 65536, passes: 3, lanes: 4 }])),
    area('pbkdf2-in-standard', 'ok', areaOf({}, [pbkdf2(220000), rec]), 'kept, not opened', withPaper), area('only-pbkdf2', 'unsupported', areaOf({}, [pbkdf2(220000)])), area('pbkdf2-219999', 'limit', areaOf({}, [pbkdf2(219999), rec]), undefined, withPaper), area('pbkdf2-10000001', 'limit', areaOf({}, [pbkdf2(10000001), rec]), undefined, withPaper),
    area('pbkdf2-at-cap', 'ok', areaOf({}, [pbkdf2(10000000), rec]), undefined, withPaper), area('pbkdf2-with-passes', 'damaged', areaOf({}, [{ ...pbkdf2(220000), passes: 2 }, rec]), undefined, withPaper),
    area('recovery-slot-with-costs', 'damaged', areaOf({}, [slot, { ...rec, cost1: 65536 }])), patched('slot-reserved', 'damaged', S + 3, u8(1)), patched('empty-slot-not-zero', 'damaged', S + 15 * 1024 + 1023, u8(1)),
    area('check-value-flipped', 'wrong-key', areaOf({}, [{ ...slot, check: altered(slot.check, 31) }])), area('wrapped-key-flipped', 'wrong-key', areaOf({}, [{ ...slot, wrapped: altered(slot.wrapped, 39) }]), 'the check value fits'),
    area('other-master-key', 'damaged', areaOf({}, [B.passphraseSlot('key area slot', PASS, given('other master', 32), COSTS, TIME)]), 'check value and unwrapping fit, the MAC is by another key'),
    area('truncated', 'damaged', areaOf().subarray(0, 20000)),
  ]);

// ---- records

const key = B.epochKey(ID, MASTER, EPOCH);
const base = { container: ID, epoch: EPOCH, seq: 7, object: 0, field: 0 };
const plainOf = n => Buffer.from(Array.from({ length: n }, (_, i) => i * 7 & 255));
const kinds = { data: { r: { ...base, type: 1, object: 42, field: 131072 }, p: plainOf(100) }, node: { r: { ...base, type: 2 }, p: plainOf(60) }, trailer: { r: { ...base, type: 3, object: 9, field: 1 }, p: plainOf(50) }, commit: { r: { ...base, type: 4, field: 9 }, p: plainOf(219) } };
const show = r => ({ containerId: hex(r.container), epochSalt: hex(r.epoch), seq: r.seq, type: r.type, object: r.object, field: r.field, length: r.length });
const record = (id, expect, r, sealed, extra) => ({ id, expect, ...show(r), aad: hex(B.aad(r)), sealed: hex(sealed), ...extra });
const whole = Object.entries(kinds).map(([k, { r, p }]) => { const full = { ...r, length: p.length }; return record(k, 'ok', full, B.sealRecord(key, IV, r, p), { plain: hex(p), epochKey: hex(key) }); });
const good = { ...kinds.data.r, length: 100 }, sealed = B.sealRecord(key, IV, kinds.data.r, kinds.data.p);
const bad = (id, change, s = sealed) => record('data-' + id, 'damaged', { ...good, ...change }, s);
const full = { ...kinds.data.r, length: 65536 };
group('records', 'Sealed records, section 5. The fields say what the reader expects; the damaged ones are the record "data" sealed for other fields, or altered.', { masterKey: hex(MASTER) }, [
  ...whole, record('data-one-byte', 'ok', { ...good, length: 1 }, B.sealRecord(key, IV, kinds.data.r, u8(5)), { plain: '05' }),
  record('data-large-numbers', 'ok', { ...good, seq: 4294967297, object: 2 ** 40 + 1, field: 2 ** 45 }, B.sealRecord(key, IV, { ...good, seq: 4294967297, object: 2 ** 40 + 1, field: 2 ** 45 }, kinds.data.p), { plain: hex(kinds.data.p), comment: 'more than 32 bits' }),
  (({ sealed: s, ...v }) => ({ ...v, sealedSha256: hex(sha256(Buffer.from(s, 'hex'))), iv: hex(IV), plainIs: 'byte i is 7 * i mod 256', plainLength: 65536 }))(record('data-full', 'ok', full, B.sealRecord(key, IV, full, plainOf(65536)))),
  bad('other-container', { container: altered(ID, 15) }), bad('other-epoch', { epoch: OTHER }), bad('other-seq', { seq: 8 }), bad('other-type', { type: 2 }), bad('other-object', { object: 43 }), bad('other-position', { field: 65536 }), bad('shorter', { length: 99 }), bad('longer', { length: 101 }),
  bad('truncated', {}, sealed.subarray(0, -1)), bad('tag-cut-to-12', {}, sealed.subarray(0, -4)), bad('tag-flipped', {}, altered(sealed, -1)), bad('iv-flipped', {}, altered(sealed, 0)), bad('ciphertext-flipped', {}, altered(sealed, 12)), bad('empty', {}, zero(0)),
]);

// ---- root slots

const rootPlain = { generation: 5, position: 1179648, length: 8192, commitOffset: 4000, commitLength: 247, epoch: EPOCH, seq: 12, tag: given('commit tag', 16) };
const rk = B.rootKey(ID, MASTER), slotOf = (p = rootPlain, a = 1, s = 2, id = ID) => B.rootSlot(id, rk, IV, a, s, Buffer.isBuffer(p) ? p : B.rootPlain(p)).subarray(0, 128);
const root = (id, expect, bytes, o = {}) => ({ id, comment: o.comment, expect, containerId: hex(ID), area: o.area ?? 1, slot: o.slot ?? 2, bytes: hex(bytes), ...(expect === 'ok' ? { plain: hex(B.rootPlain(o.p ?? rootPlain)), fields: { ...(o.p ?? rootPlain), epoch: hex(EPOCH), tag: hex(rootPlain.tag) } } : {}) });
const rootBad = (id, p, comment) => root(id, 'damaged', slotOf(p), { comment });
const segment = { ...rootPlain, position: Number((3n << 32n) + 4096n) };
group('root-slots', 'The 128 used bytes of a root slot, section 4. A slot that does not open is no candidate; that is "damaged" here.', { masterKey: hex(MASTER), rootKey: hex(rk), iv: hex(IV) }, [
  root('valid', 'ok', slotOf()), root('segment-3', 'ok', slotOf(segment), { p: segment, comment: 'segment 3, offset 4,096' }), root('other-slot', 'damaged', slotOf(), { slot: 3 }), root('other-area', 'damaged', slotOf(), { area: 0 }), root('other-container', 'damaged', slotOf(rootPlain, 1, 2, altered(ID, 0))),
  root('tag-flipped', 'damaged', altered(slotOf(), 127)), root('magic', 'damaged', altered(slotOf(), 0)), root('zero', 'damaged', zero(128)),
  root('confirmed', 'ok', slotOf({ ...rootPlain, flags: 1 }), { p: { ...rootPlain, flags: 1 } }), rootBad('flag-unknown', { ...rootPlain, flags: 2 }), rootBad('flag-unknown-31', { ...rootPlain, flags: 0x80000001 }), rootBad('reserved-88', altered(B.rootPlain(rootPlain), 95)), rootBad('generation-0', { ...rootPlain, generation: 0 }), rootBad('position-not-4096', { ...rootPlain, position: 1179649 }), rootBad('position-in-anchor', { ...rootPlain, position: 1048576 }),
  rootBad('length-not-4096', { ...rootPlain, length: 8191 }), rootBad('length-over-16-mib', { ...rootPlain, length: 16777216 + 4096 }), rootBad('commit-behind-batch', { ...rootPlain, commitOffset: 8192 }), rootBad('commit-too-short', { ...rootPlain, commitLength: 246 }), rootBad('commit-over-max', { ...rootPlain, commitLength: 49400, length: 131072 }),
]);

// ---- frames

const fr = { container: ID, epoch: EPOCH, length: 8192, generation: 5, position: 1179648, trailerOffset: 3000, trailerLength: 500, trailerSeq: 11, commitOffset: 3528, commitLength: 247, commitSeq: 12 };
const inner = { ...fr, commitOffset: 0, commitLength: 0, commitSeq: 0 };
const frameOf = (id, expect, f, comment, bytes = B.frame(f)) => ({ id, comment, expect, containerId: hex(ID), position: 1179648, bytes: hex(bytes), ...(expect === 'ok' ? { fields: { ...f, container: undefined, epoch: hex(f.epoch) } } : {}) });
const frameBad = (id, f, comment) => frameOf(id, 'damaged', { ...fr, ...f }, comment);
group('frames', 'Batch frames, section 6, read at the given position. CRC-32 is right unless the id says otherwise.', {}, [
  frameOf('last-of-commit', 'ok', fr), frameOf('not-last', 'ok', inner), frameOf('crc', 'damaged', fr, undefined, altered(B.frame(fr), 127)), frameOf('seq-flipped', 'damaged', fr, undefined, altered(B.frame(fr), 95)), frameBad('magic', { magic: 'UGCBATCX' }), frameBad('version-2', { version: 2 }), frameBad('reserved', { reserved: 1 }),
  frameBad('other-container', { container: altered(ID, 0) }), frameBad('other-position', { position: 1183744 }), frameBad('length-0', { length: 0 }), frameBad('length-not-4096', { length: 8000 }), frameBad('length-over-16-mib', { length: 16781312 }), frameBad('generation-0', { generation: 0 }),
  frameBad('trailer-in-frame', { trailerOffset: 100 }), frameBad('trailer-behind-end', { trailerOffset: 7900 }), frameBad('trailer-length-0', { trailerLength: 0 }), frameBad('trailer-length-huge', { trailerLength: 0xffffffff }), frameBad('commit-behind-end', { commitOffset: 8000 }), frameBad('commit-too-short', { commitLength: 100 }), frameBad('commit-too-long', { commitLength: 49400, length: 65536 }),
  frameBad('commit-offset-only', { commitLength: 0, commitSeq: 0 }), frameOf('reserved-112', 'damaged', fr, undefined, (() => { const b = altered(B.frame(fr), 112); u32(B.crc32(b.subarray(0, 124))).copy(b, 124); return b; })()),
]);

// ---- trailers, commit records

const pointer = { epoch: EPOCH, seq: 3, position: 1179648, offset: 128, length: 3000, sealed: 3028, tag: given('pointer tag', 16) }, foreign = { ...pointer, epoch: OTHER, seq: 90, offset: 5000 };
const t0 = { s: TIME, ns: 123456789 }, old = { s: -86400, ns: 999999999 };
const entryOf = o => B.entryValue({ kind: 2, content: 0, id: 5, size: 0, modified: t0, created: old, name: 'Datei', ...o });
const trailer = { position: 1179648, epoch: EPOCH, records: [{ ...pointer, type: 1, object: 5, field: 0 }, { ...foreign, type: 1, object: 6, field: 65536 }, { ...pointer, type: 2, seq: 5, object: 0, field: 0, offset: 8000, length: 200 }], freed: [{ position: 1179648, bytes: 203 }], skipped: [{ position: 33550336, length: 4096 }, { position: 1196032, length: 0 }],
  changes: [{ key: B.entryKey(1, 'Datei'), value: entryOf({ content: 2, size: 3000, pointer: foreign }) }, { key: B.orphanKey(9) }] };
const none = { position: 1179648, epoch: EPOCH, records: [], freed: [], skipped: [], changes: [] };
const plainText = (id, expect, plain, comment) => ({ id, comment, expect, plain: hex(plain) });
const tp = B.trailerPlain(trailer);
const recAt = 8 + 2 + 64 + 4;
group('trailers', 'Trailer plaintexts, section 6, of the batch of 16,384 bytes at 1,179,648, all chunks put together.', { epochSalt: hex(EPOCH) }, [
  plainText('empty', 'ok', B.trailerPlain(none)), { ...plainText('full', 'ok', tp, 'a record moved here from another epoch; skipped: the second says nothing; changes: one put, one remove'), fields: { records: trailer.records.map(r => ({ type: r.type, epoch: hex(r.epoch), seq: r.seq, object: r.object, field: r.field, length: r.length, offset: r.offset })), freed: trailer.freed, skipped: trailer.skipped, changes: trailer.changes.map(c => ({ key: hex(c.key), operation: c.value ? 1 : 2 })) } },
  plainText('trailing-byte', 'damaged', cat(tp, u8(0))), plainText('cut', 'damaged', tp.subarray(0, -1)), plainText('other-position', 'damaged', B.trailerPlain({ ...none, position: 1183744 })), plainText('no-epochs', 'damaged', cat(u64(1179648), zero(18))), plainText('first-epoch-not-own', 'damaged', B.trailerPlain({ ...none, epoch: OTHER })), plainText('record-count-huge', 'damaged', cat(u64(1179648), u16(1), EPOCH, u32(0xffffffff))),
  plainText('epoch-number-outside', 'damaged', altered(tp, recAt + 2, 2)), plainText('record-type-commit', 'damaged', altered(tp, recAt, 5)), plainText('record-behind-batch', 'damaged', B.trailerPlain({ ...none, records: [{ ...trailer.records[0], offset: 16000 }] })), plainText('record-length-over-max', 'damaged', B.trailerPlain({ ...none, records: [{ ...trailer.records[0], length: 65537 }] })),
  plainText('operation-3', 'damaged', cat(B.trailerPlain(none).subarray(0, -4), u32(1), u8(3), u16(9), B.orphanKey(9))),
  plainText('changes-unsorted', 'damaged', B.trailerPlain({ ...none, changes: [...trailer.changes].reverse() })), plainText('change-of-space', 'damaged', B.trailerPlain({ ...none, changes: [{ key: B.freeKey(4096) }] }), 'kinds 1, 2 and 5 only'), plainText('change-without-bytes', 'damaged', cat(B.trailerPlain(none).subarray(0, -4), u32(1), u8(1), u16(9))),
]);

const cm = { generation: 5, previous: { position: 1187840, length: 4096, epoch: OTHER, seq: 77, tag: given('previous tag', 16) }, flags: 1, time: TIME * 1000 + 250, level: 1, root: { ...pointer, sealed: 3028 }, end: 1196032, nextId: 17, files: 3, folders: 2, bytes: 12345, written: 16384, next: 1196032, others: [{ position: 1191936, length: 4096 }] };
const noTree = { ...cm, generation: 1, previous: { position: 0, length: 0 }, level: 255, root: undefined, others: [], files: 0, folders: 0, bytes: 0, nextId: 2 };
const cp = B.commitPlain(cm);
const commit = (id, expect, plain, comment, generation = 5) => ({ ...plainText(id, expect, plain, comment), generation });
group('commits', 'Commit record plaintexts, section 6; "generation" is the position field it was opened with.', {}, [
  { ...commit('full', 'ok', cp), fields: { ...cm, previous: { ...cm.previous, epoch: hex(OTHER), tag: hex(cm.previous.tag) }, root: { ...cm.root, epoch: hex(EPOCH), tag: hex(pointer.tag) } } }, commit('first-empty', 'ok', B.commitPlain(noTree), undefined, 1), commit('next-unknown', 'ok', B.commitPlain({ ...cm, next: 0 })), commit('short', 'damaged', cp.subarray(0, 218)), commit('list-cut', 'damaged', cp.subarray(0, -1)), commit('trailing-byte', 'damaged', cat(cp, u8(0))),
  commit('others-4097', 'damaged', B.commitPlain({ ...cm, others: Array(4097).fill(cm.others[0]) }).subarray(0, 400), 'count 4,097, list cut here'), commit('other-generation', 'damaged', cp, undefined, 6), commit('flag-unknown', 'damaged', B.commitPlain({ ...cm, flags: 4 })), commit('after-clean', 'ok', B.commitPlain({ ...cm, flags: 2 }), 'bit 1: the commit before is clean, this one is not'), commit('clean-after-clean', 'ok', B.commitPlain({ ...cm, flags: 3 })), commit('empty-with-pointer', 'damaged', B.commitPlain({ ...cm, level: 255 })), commit('after-fall-back', 'ok', B.commitPlain({ ...cm, generation: 9 }), 'the generation is not previous + 1', 9),
  commit('first-with-previous', 'damaged', B.commitPlain({ ...noTree, previous: cm.previous }), undefined, 1), commit('later-without-previous', 'damaged', B.commitPlain({ ...cm, previous: { position: 0, length: 0 } })), commit('end-not-4096', 'damaged', B.commitPlain({ ...cm, end: 1196033 })),
]);

// ---- index nodes

const p2 = { ...pointer, length: 1200 }, runs = [65536, 65536, 100].map((n, i) => ({ ...pointer, length: n, seq: 3 + i, offset: 128 + i * 65564 }));
const long = 'n'.repeat(1024);
const entries = [
  [B.entryKey(1, 'Briefe'), entryOf({ kind: 1, id: 4, name: 'Briefe' })], [B.entryKey(1, 'datei.txt'), entryOf({ name: 'Datei.txt', attributes: 3, content: 1, size: 3, inline: Buffer.from('abc') })], [B.entryKey(1, 'leer'), entryOf({ name: 'leer', id: 6 })], [B.entryKey(4, 'Grüße'), entryOf({ name: 'Grüße', id: 7, content: 2, size: 1200, pointer: p2 })], [B.entryKey(4, 'groß'), entryOf({ name: 'groß', id: 8, content: 3, size: 131172 })],
  [B.runKey(8, 0), B.runValue(runs)], [B.runKey(8, 3), B.runValue([foreign])], [B.useKey(1179648), B.useValue({ length: 8192, live: 5000, generation: 3 })], [B.freeKey(1187840), B.freeValue({ length: 4096, generation: 4, written: 12288 })], [B.orphanKey(9), B.value(() => u8(2))],
].sort((a, b) => Buffer.compare(a[0], b[0]));
const node = (id, expect, level, plain, comment) => ({ ...plainText(id, expect, plain, comment), level });
const lp = B.leafPlain(entries), one = entryOf({});
const child = (k, o = {}) => [k, { ...pointer, ...o }];
const inn = B.innerPlain(1, [child(zero(0)), child(B.entryKey(4, 'm'), { epoch: OTHER, seq: 8 }), child(B.useKey(0), { seq: 9 })]);
const leafBad = (id, e, comment) => node('leaf-' + id, 'damaged', 0, B.leafPlain(e), comment), K = B.entryKey(1, 'Datei');
const valueBad = (id, v, comment) => leafBad('value-' + id, [[K, v]], comment), raw = b => B.value(() => b);
const inlineOf = (size, n) => entryOf({ content: 1, size, inline: zero(n) });
const nameBytes = name => { const v = one(new B.Epochs()); return raw(cat(v.subarray(0, 44), u16(name.length), name)); };
const raws = one(new B.Epochs()), rawRun = B.runValue(runs);
const runBad = (id, v, k = B.runKey(8, 0)) => leafBad('run-' + id, [[k, v]]);
const runPatched = f => B.value(t => { const b = rawRun(t); f(b); return b; });
group('nodes', 'Index node plaintexts, section 7; "level" is the level it was opened with. No vector here is opened as a root except where it says so.', {}, [
  { ...node('leaf-every-kind', 'ok', 0, lp), entries: entries.map(([k]) => hex(k)) }, { ...node('inner', 'ok', 1, inn), keys: ['', hex(B.entryKey(4, 'm')), hex(B.useKey(0))] }, node('leaf-longest-name', 'ok', 0, B.leafPlain([[B.entryKey(1, long), entryOf({ name: long })]])), node('leaf-inline-256', 'ok', 0, B.leafPlain([[K, inlineOf(256, 256)]])),
  node('leaf-two-epochs', 'ok', 0, B.leafPlain([[B.runKey(8, 0), rawRun], [B.runKey(8, 3), B.runValue([foreign])]])),
  leafBad('unsorted', [[B.entryKey(1, 'b'), entryOf({ name: 'b' })], [B.entryKey(1, 'a'), entryOf({ name: 'a' })]]), leafBad('same-key', [[K, one], [K, one]]), leafBad('empty', []), node('inner-empty', 'damaged', 1, B.innerPlain(1, [])), node('leaf-trailing-byte', 'damaged', 0, cat(lp, u8(0))), node('leaf-cut', 'damaged', 0, lp.subarray(0, -1)), node('no-bytes', 'damaged', 0, zero(0)),
  node('leaf-as-level-1', 'damaged', 1, lp), node('inner-as-level-0', 'damaged', 0, inn), node('inner-as-level-2', 'damaged', 2, inn), node('kind-3', 'damaged', 0, cat(u8(3), lp.subarray(1))), node('leaf-with-level-1', 'damaged', 1, cat(u8(1), u8(1), lp.subarray(2))), node('inner-with-level-0', 'damaged', 0, cat(u8(2), u8(0), inn.subarray(2))),
  node('entry-count-huge', 'damaged', 0, cat(u8(1), u8(0), u16(0), u32(0xffffffff))), node('epoch-count-huge', 'damaged', 0, cat(u8(1), u8(0), u16(65535), u32(1))), node('over-16384', 'damaged', 0, B.leafPlain(Array.from({ length: 12 }, (_, i) => [B.entryKey(1, 'x'.repeat(700) + String.fromCharCode(97 + i)), entryOf({ name: 'x'.repeat(700) + String.fromCharCode(97 + i), content: 1, size: 200, inline: zero(200) })])).subarray(0, 16385), 'one byte over, cut there'),
  node('inner-first-key-not-empty', 'damaged', 1, B.innerPlain(1, [child(B.useKey(0)), child(B.useKey(4096))])), node('inner-unsorted', 'damaged', 1, B.innerPlain(1, [child(zero(0)), child(B.useKey(4096)), child(B.useKey(0))])), node('inner-epoch-outside', 'damaged', 1, (() => { const b = Buffer.from(inn); b.writeUInt16BE(2, 8 + 64 + 2); return b; })()),
  leafBad('key-first-byte-6', [[cat(u8(6), u64(1)), raw(u8(1))]]), leafBad('key-empty', [[zero(0), raw(u8(1))]]), leafBad('key-run-short', [[B.runKey(8, 0).subarray(0, 16), rawRun]]), leafBad('key-use-long', [[cat(B.useKey(0), u8(0)), B.useValue({ length: 4096, live: 1, generation: 1 })]]), leafBad('key-without-name', [[cat(u8(1), u64(1)), one]]), leafBad('key-1546', [[cat(u8(1), u64(1), Buffer.alloc(1537, 97)), one]]),
  valueBad('cut', raw(raws.subarray(0, -1))), valueBad('trailing', raw(cat(raws, u8(0)))), valueBad('kind-3', raw(cat(u8(3), raws.subarray(1)))), valueBad('content-4', raw(cat(u8(2), u8(4), raws.subarray(2)))), valueBad('attribute-unknown', entryOf({ attributes: 4 })), valueBad('nanoseconds', entryOf({ modified: { s: 0, ns: 1000000000 } })), valueBad('none-with-size', entryOf({ size: 1 })), valueBad('folder-with-size', entryOf({ kind: 1, size: 1 })), valueBad('folder-with-content', entryOf({ kind: 1, content: 3 })),
  valueBad('inline-0', inlineOf(0, 0)), valueBad('inline-257', inlineOf(257, 257)), valueBad('inline-not-size', inlineOf(5, 4)), valueBad('record-not-size', entryOf({ content: 2, size: 1201, pointer: p2 })), valueBad('record-65537', entryOf({ content: 2, size: 65537, pointer: { ...p2, length: 65537 } })), valueBad('object-0', entryOf({ id: 0 })), valueBad('object-root', entryOf({ id: 1 }), 'the root has no entry'),
  valueBad('name-empty', nameBytes(zero(0))), valueBad('name-dot', nameBytes(Buffer.from('.'))), valueBad('name-dot-dot', nameBytes(Buffer.from('..'))), valueBad('name-slash', nameBytes(Buffer.from('a/b'))), valueBad('name-nul', nameBytes(Buffer.from('a\0b'))), valueBad('name-not-utf-8', nameBytes(Buffer.from('ff41', 'hex'))), valueBad('name-overlong-utf-8', nameBytes(Buffer.from('c0af', 'hex'))), valueBad('name-1025', nameBytes(Buffer.alloc(1025, 97))),
  runBad('count-0', runPatched(b => { b[29] = 0; })), runBad('count-256', runPatched(b => b.writeUInt32BE(256, 26))), runBad('length-0', runPatched(b => b.writeUInt32BE(0, 22))), runBad('length-65537', runPatched(b => b.writeUInt32BE(65537, 22))), runBad('offset-in-frame', runPatched(b => b.writeUInt32BE(100, 18))), runBad('offset-behind-16-mib', runPatched(b => b.writeUInt32BE(16777216, 18))), runBad('position-not-4096', runPatched(b => b.writeUInt32BE(1179649, 14))), runBad('trailing', B.value(t => cat(rawRun(t), u8(0)))),
  leafBad('runs-overlap', [[B.runKey(8, 0), rawRun], [B.runKey(8, 2), B.runValue([foreign])]]), leafBad('use-cut', [[B.useKey(1179648), raw(zero(15))]]), leafBad('free-cut', [[B.freeKey(1179648), raw(zero(19))]]), leafBad('orphan-kind-3', [[B.orphanKey(9), raw(u8(3))]]),
]);

// ---- whole containers

const cases = [], sources = {};
function container(name, options = {}) {
  const id = given(name + ' container id', 16), master = given(name + ' master key', 32);
  const slots = [B.passphraseSlot(name + ' ', PASS, master, FLOOR, TIME), B.recoverySlot(name + ' recovery', RECOVERY, master, TIME)];
  const c = new B.Container({ name, id, master, keyAreaBytes: B.keyArea({ id, ...(options.segment ? { segment: options.segment } : {}) }, slots, master), ...options });
  c.session(given(name + ' epoch 0', 32));
  c.commit({ time: TIME * 1000, clean: true });
  return c;
}
const at = (n, ns = 0) => ({ s: TIME + n, ns }), ms = n => (TIME + n) * 1000;
const text = n => Buffer.from('Sehr geehrte Damen und Herren, dies ist Zeile 0001.\n'.repeat(Math.ceil(n / 52))).subarray(0, n);
const sure = c => ({ generation: c.generation, dropped: [], listing: c.listings[c.generation] });
function store(c, comment) {
  const pack = (bytes, suffix) => {
    const parts = stretches(bytes).map(([at, end]) => {
      const gz = zlib.gzipSync(bytes.subarray(at, end), { level: 9, strategy: zlib.constants.Z_RLE });
      gz[9] = 255;                                                         // no name of an operating system
      const file = c.name + suffix + (at ? '-at-' + at : '') + '.gz';
      put(file, gz);
      return { at, file };
    });
    return { size: bytes.length, sha256: hex(sha256(bytes)), parts };
  };
  const segments = [pack(c.file, '.ugc'), ...c.more.map((b, i) => pack(b, '.ugc.00' + (i + 1)))];
  sources[c.name] = { comment, segments, containerId: hex(c.id), masterKey: hex(c.master), commits: c.commits, listings: Object.fromEntries(Object.entries(c.listings).map(([g, list]) => [g, { list }])) };
  cases.push({ id: c.name, comment, expect: 'ok', base: c.name, edits: [], open: withPass, ...sure(c) }, { id: c.name + '-by-recovery-key', expect: 'ok', base: c.name, edits: [], open: withPaper, ...sure(c) });
  return c;
}
/** The stretches of a file between which there are zeros for a MiB or more. */
function stretches(bytes) {
  const out = [], block = zero(4096);
  for (let at = 0; at < bytes.length; at += 4096) {
    if (bytes.subarray(at, at + 4096).equals(block)) continue;
    if (out.length && at - out.at(-1)[1] < 1048576) out.at(-1)[1] = at + 4096; else out.push([at, at + 4096]);
  }
  return out;
}
const cut = edits => edits.map(e => ({ ...e, ...(e.hex ? { hex: hex(e.hex) } : {}) }));
function edited(file, e) {
  if (e.op === 'zero') file.fill(0, e.at, e.at + e.length);
  if (e.op === 'write') e.hex.copy(file, e.at);
  if (e.op === 'xor') e.hex.forEach((x, i) => { file[e.at + i] ^= x; });
  if (e.op === 'swap') { const a = Buffer.from(file.subarray(e.at, e.at + e.length)); file.copy(file, e.at, e.with, e.with + e.length); a.copy(file, e.with); }
  if (e.op === 'remove') return null;
  if (e.op === 'bytes') return Buffer.from(e.hex);
  if (e.op === 'zeros') return zero(e.length);
  return e.op === 'truncate' ? file.subarray(0, e.length) : file;
}
function derived(id, c, edits, result, comment) {
  const segments = [c?.file ?? zero(0), ...c?.more ?? []].map((b, n) => edits.filter(e => (e.segment ?? 0) === n).reduce(edited, Buffer.from(b)));
  if (result.expect === 'ok') {                                            // copies of the key area that differ from the one that counts
    const counts = result.counts ?? c.keyAreaBytes, differing = [0, 1, 2].filter(n => segments[0].length >= AREA_AT[n] + 131072 && c.areas > n && !segments[0].subarray(AREA_AT[n], AREA_AT[n] + 24576).equals(counts));
    result = { ...result, counts: undefined, ...(differing.length ? { differing } : {}) };
  }
  cases.push({ id, comment, ...result, base: c?.name ?? null, edits: cut(edits), sha256: segments.map(b => b && hex(sha256(b))), open: result.open ?? withPass });
}
const AREA_AT = [0, 1048576, 33554432];
const opens = (c, g, dropped = [], more = {}) => ({ expect: 'ok', generation: g, dropped, listing: c.listings[g], ...more });
const damagedOnly = { expect: 'damaged' };
const find = (c, g, type, n = 0) => { const all = c.commits.find(x => x.generation === g).batches.flatMap(b => b.records.filter(r => r.type === type).map(r => ({ ...r, at: b.position + r.offset, sealed: r.length + 28 }))); return all.at(n); };
/** Wipes the slots of a commit, the confirmed one too, where they have not been written over. */
const lose = (c, g) => { const h = c.rootHistory[g]; return [h, h.confirmed].filter(x => x && c.file.subarray(x.at, x.at + 4096).equals(x.bytes)).map(x => ({ op: 'zero', at: x.at, length: 4096 })); };
const flip = r => [{ op: 'xor', at: r.at + 12, hex: u8(1) }];
const wipe = (a, length) => ({ op: 'zero', at: a, length });
const writeArea = (a, bytes) => [wipe(a, 24576), ...pieces(bytes).pieces.map(p => ({ op: 'write', at: a + p.at, hex: Buffer.from(p.hex, 'hex') }))];

const empty = store(container('empty'), 'a container as it is made: one commit with an empty index');

const letter = container('one-letter');
letter.commit({ time: ms(10) }, c => c.write('Brief.txt', text(3000), at(5)));
letter.commit({ time: ms(20), clean: true }, c => {
  c.folder('Ärzte & Ämter', at(11, 1));
  c.write('Ärzte & Ämter/Überweisung – 日本 😀.txt', Buffer.from('inline'), at(12, 999999999), { attributes: 2 });
  c.write('leer', zero(0), { s: -1, ns: 500000000 });
  c.write('run.sh', text(257), at(13), { attributes: 1 });
  const scan = zero(66000);
  text(500).copy(scan); text(464).copy(scan, 65536);
  c.write('scan.bin', scan, at(14), { stored: [{ first: 0, records: [text(500)] }, { first: 1, records: [text(464)] }] });
});
store(letter, 'generation 2: one letter of 3,000 bytes; generation 3: folder, Unicode names, files of every content kind, a time before 1970');

const two = container('two-epochs', { leafMax: 6 });
two.commit({ time: ms(10) }, c => { c.folder('a', at(1)); c.folder('a/b', at(2)); for (let i = 0; i < 12; i++) c.write(`a/datei-${i}.txt`, text(300 + i), at(3 + i)); c.write('a/b/rest', text(5000), at(20)); c.write('weg.txt', text(400), at(21)); });
two.commit({ time: ms(30), clean: true }, c => c.write('a/datei-3.txt', text(700), at(25)));
two.session(given('two-epochs epoch 1', 32));
two.commit({ time: ms(100) }, c => { c.write('a/b/rest', text(2000), at(90)); c.remove('weg.txt'); });
two.commit({ time: ms(110) }, c => { for (let i = 0; i < 12; i++) if (i !== 3) c.write(`a/datei-${i}.txt`, text(10), at(95)); c.nextBatch(); c.write('a/b/neu', text(1000), at(96)); });
two.commit({ time: ms(120), clean: true }, c => c.remove('a/datei-11.txt'));
store(two, 'two sessions; the second replaces and removes. A tree of three levels (at most 6 entries a node), a commit of two batches (5), batch use and free entries, nodes and data of both epochs side by side');

const film = container('extents');
const pair = zero(70000);
text(800).copy(pair); text(800).subarray(400).copy(pair, 65536);
film.commit({ time: ms(10) }, c => {
  c.write('film.bin', text(65700), at(5));
  c.write('pair.bin', pair, at(6), { stored: [{ first: 0, records: [text(800)] }, { first: 1, records: [Buffer.concat([text(800).subarray(400), zero(400)])] }] });
});
film.commit({ time: ms(20), clean: true }, c => c.write('notiz.txt', text(40), at(15)));
store(film, 'a file of 65,700 bytes in one run of two records, one in two runs of a record of 800 bytes each, and a commit after them');

const sparse = container('sparse');
const holes = zero(400000);
text(1000).copy(holes, 65536); text(300).copy(holes, 4 * 65536); text(6784).copy(holes, 6 * 65536);
sparse.commit({ time: ms(10), clean: true }, c => {
  c.write('holes.bin', holes, at(5), { stored: [{ first: 1, records: [text(1000)] }, { first: 4, records: [text(300)] }, { first: 6, records: [text(6784)] }] });
  c.write('nothing.bin', zero(100000), at(6), { stored: [] });
});
store(sparse, 'a file with missing extents and short records inside, a file of 100,000 bytes without any run');

const ring = container('forty-commits');
for (let g = 2; g <= 40; g++) ring.commit({ time: ms(g), at: g === 34 ? 1179648 : undefined, next: g === 33 ? 1179648 : undefined, clean: g === 40 }, c => c.write('zähler.txt', Buffer.from(String(g)), at(g)));
store(ring, 'forty commits: the ring has gone round (slots of generations 9 to 40), generation 34 lies in the batch that generation 1 freed, generation 33 names it as next');

const crash = container('unclean', { leafMax: 4 });
crash.commit({ time: ms(10), clean: true }, c => { c.write('alt.txt', text(600), at(5)); c.write('ruhig.txt', text(500), at(6)); });
crash.session(given('unclean epoch 1', 32));
crash.commit({ time: ms(20) }, c => c.write('drei.txt', text(700), at(15)));
crash.commit({ time: ms(30) }, c => c.write('vier.txt', text(800), at(25)));
store(crash, 'an orderly session up to generation 2, then one that was pulled: 3 and 4 are not clean');

const back = container('fallen-back');
back.commit({ time: ms(10), clean: true }, c => c.write('alt.txt', text(600), at(5)));
back.session(given('fallen-back epoch 1', 32));
for (const g of [3, 4, 5]) back.commit({ time: ms(g * 10) }, c => c.write(`dropped-${g}.txt`, text(700), at(g * 10)));
back.fallBack(2);
back.session(given('fallen-back epoch 2', 32));
back.commit({ time: ms(100) }, c => c.write('new.txt', text(900), at(90)));
store(back, 'generations 3 to 5 were dropped; 6 was written from 2, over 3. Slots and batches of 4 and 5 are still there');

const segments = container('two-segments', { segment: 4 });
segments.commit({ time: ms(10), clean: true, next: 2 ** 32 + 4096 }, c => c.write('erster.txt', text(600), at(5)));
segments.commit({ time: ms(20), at: 2 ** 32 + 4096, skipped: [{ position: 1187840, length: 4194304 - 1187840 }] }, c => c.write('zweiter.txt', text(700), at(15)));
segments.commit({ time: ms(30), clean: true }, c => c.write('dritter.txt', text(10), at(25)));
store(segments, 'segments of 4 MiB; from generation 3 in the second one, what was left of the first was skipped');

const areas = container('three-areas');
areas.commit({ time: ms(10), clean: true, next: 33685504 }, c => c.write('erster.txt', text(600), at(5)));
areas.commit({ time: ms(20), at: 33685504, skipped: [{ position: 1187840, length: 33554432 - 1187840 }] }, c => c.write('zweiter.txt', text(700), at(15)));
areas.commit({ time: ms(30) }, c => c.write('dritter.txt', text(10), at(25)));
areas.commit({ time: ms(40), clean: true }, c => c.write('vierter.txt', text(300), at(35)));
store(areas, 'longer than 32 MiB: area 2 is there from generation 3 on, slots by g mod 3 from then on');

const wide = container('long-trailer');
wide.commit({ time: ms(10) }, c => c.write('alt.txt', text(600), at(5)));
wide.commit({ time: ms(20), skipped: Array.from({ length: 5450 }, (_, i) => ({ position: 1048576 * 100 + 4096 * i, length: 0 })) }, c => c.write('neu.txt', text(700), at(15)));
store(wide, 'an unclean commit whose trailer has two chunks: 5,450 skipped entries of length 0, which say nothing');

const spare = container('reserve');
spare.commit({ time: ms(10), next: 131072 }, c => c.write('alt.txt', text(600), at(5)));
spare.commit({ time: ms(20), at: 131072 }, c => { c.write('eng.txt', text(700), at(15)); c.remove('alt.txt'); });
spare.commit({ time: ms(30) }, c => c.write('neu.txt', text(500), at(25)));
store(spare, 'a full medium: generation 3, a deletion, lies in the reserve; generation 4 behind the end again');

// derived
const whereLast = c => c.commits.at(-1).batches.at(-1);
const hurt = (c, g, path, ...damaged) => ({ expect: 'ok', generation: g, dropped: [], listing: c.listings[g].map(f => f.path === path ? { ...f, sha256: undefined, damaged } : f) });
derived('only-commit-zeroed', empty, [wipe(whereLast(empty).position, 4096)], damagedOnly);
for (const [c, name] of [[two, 'clean'], [crash, 'unclean']]) {
  const g = c.generation, end = whereLast(c), before = opens(c, g - 1, [g]), lost = name === 'clean' ? { ...before, lost: [g] } : before;
  const rootNode = find(c, g, 'node', -1);
  derived(name + '-root-node-zeroed', c, [wipe(rootNode.at, rootNode.sealed)], lost);
  derived(name + '-commit-record-flipped', c, flip(find(c, g, 'commit')), lost);
  derived(name + '-trailer-flipped', c, flip(find(c, g, 'trailer')), name === 'clean' ? opens(c, g) : before, 'of the newest commit; not needed to open a clean one');
  derived(name + '-first-frame-zeroed', c, [wipe(end.position, 128)], opens(c, g), 'the copy at the end of the batch is whole');
  derived(name + '-second-frame-zeroed', c, [wipe(end.position + end.length - 128, 128)], opens(c, g));
  derived(name + '-both-frames-zeroed', c, [wipe(end.position, 128), wipe(end.position + end.length - 128, 128)], name === 'clean' ? opens(c, g) : before, 'without a frame there is no trailer');
  derived(name + '-batch-zeroed', c, [wipe(end.position, end.length)], lost, 'the slot was written, the batch was not');
}
derived('clean-newest-data-flipped', letter, flip(find(letter, 3, 'data')), hurt(letter, 3, 'run.sh', [0, 257]), 'clean: never a reason to fall back');
derived('unconfirmed-newest-data-flipped', letter, [...flip(find(letter, 3, 'data')), wipe(letter.rootHistory[3].confirmed.at, 4096)], opens(letter, 2, [3]), 'clean, but nothing says that its force returned');
derived('unconfirmed-newest-trailer-flipped', letter, [...flip(find(letter, 3, 'trailer')), wipe(letter.rootHistory[3].confirmed.at, 4096)], opens(letter, 2, [3]));
derived('unconfirmed-newest', letter, [wipe(letter.rootHistory[3].confirmed.at, 4096)], opens(letter, 3), 'clean and whole');
derived('unconfirmed-newest-data-of-first-flipped', letter, [...flip(find(letter, 2, 'data')), wipe(letter.rootHistory[3].confirmed.at, 4096)], opens(letter, 1, [3, 2]), 'generation 2 is not clean, so it has to be whole for 3 to be taken');
const early = crash.root({ ...crash.rootHistory[4].r, flags: 1 }, 5);
derived('confirmed-slot-of-unclean-commit', crash, [{ op: 'write', at: early.at, hex: early.bytes.subarray(0, 128) }, ...flip(find(crash, 4, 'data'))], opens(crash, 3, [4]), 'only a clean commit can be known to be clean');
derived('unclean-newest-data-flipped', crash, flip(find(crash, 4, 'data')), opens(crash, 3, [4]));
derived('unclean-earlier-data-flipped', crash, flip(find(crash, 3, 'data')), opens(crash, 2, [4, 3]), 'back to the last clean commit everything has to be whole');
derived('unclean-data-in-clean-flipped', crash, flip(find(crash, 2, 'data')), hurt(crash, 4, 'alt.txt', [0, 600]), 'damage in the last clean commit: no reason to fall back');
derived('unclean-earlier-trailer-flipped', crash, flip(find(crash, 3, 'trailer')), opens(crash, 2, [4, 3]));
derived('unclean-earlier-commit-flipped', crash, flip(find(crash, 3, 'commit')), opens(crash, 2, [4, 3]));
derived('unclean-clean-commit-flipped', crash, flip(find(crash, 2, 'commit')), opens(crash, 4), 'the clean commit before an unclean session is not read: bit 1 of generation 3 says that it is clean');
derived('unclean-torn-after-damaged-clean', crash, [...flip(find(crash, 2, 'data')), ...flip(find(crash, 3, 'data'))], { ...hurt(crash, 2, 'alt.txt', [0, 600]), dropped: [4, 3] }, 'the confirmed slot of 2 was written over by that of 3, but 3 calls 2 clean: what is damaged in 2 is no reason to go back further');
derived('unclean-clean-frames-zeroed', crash, [2].flatMap(g => { const b = crash.commits.find(x => x.generation === g).batches.at(-1); return [wipe(b.position, 128), wipe(b.position + b.length - 128, 128)]; }), opens(crash, 4));
derived('unclean-first-of-two-batches', two, [...flip(find(two, 5, 'data')), ...lose(two, 6), wipe(whereLast(two).position, whereLast(two).length)], opens(two, 4, [5]), 'generation 6 was never written; a record in the first batch of generation 5 is torn');
derived('clean-leaf-flipped', two, flip(find(two, 6, 'node', 0)), { expect: 'ok', generation: 6, dropped: [], incomplete: true }, 'a leaf: the names in it are lost, the container opens');
const filmAt = [0, 1, 2, 3].map(n => find(film, 2, 'data', n));
derived('old-data-flipped', film, flip(filmAt[0]), hurt(film, 3, 'film.bin', [0, 65536]), 'costs this extent');
derived('old-data-flipped-in-last-extent', film, flip(filmAt[1]), hurt(film, 3, 'film.bin', [65536, 164]));
derived('swapped-records', film, [{ op: 'swap', at: filmAt[2].at, with: filmAt[3].at, length: 828 }], hurt(film, 3, 'pair.bin', [0, 65536], [65536, 4464]), 'two whole records of one file, exchanged');
derived('truncated-in-newest-batch', film, [{ op: 'truncate', length: whereLast(film).position + 100 }], opens(film, 2, [3], { lost: [3] }));
derived('truncated-in-data', film, [{ op: 'truncate', length: filmAt[0].at + 100 }], opens(film, 1, [3, 2], { lost: [3] }));
derived('truncated-in-area-1', film, [{ op: 'truncate', length: 1048576 + 100 }], damagedOnly, 'the key area opens, no commit is left');
derived('truncated-in-area-0', film, [{ op: 'truncate', length: 20000 }], damagedOnly);
derived('truncated-to-100', film, [{ op: 'truncate', length: 100 }], damagedOnly, 'the magic is there');
derived('key-area-0-zeroed', letter, [wipe(0, 24576)], opens(letter, 3));
derived('key-area-1-zeroed', letter, [wipe(1048576, 24576)], opens(letter, 3));
derived('area-0-zeroed', letter, [wipe(0, 131072)], opens(letter, 3), 'key area and ring: generation 3 stands in area 1');
derived('area-1-zeroed', letter, [wipe(1048576, 131072)], opens(letter, 3), 'generation 3 is found from generation 2 by its "next batch"');
derived('key-area-0-wrong-magic', letter, [{ op: 'write', at: 0, hex: Buffer.from('XXX') }], opens(letter, 3));
derived('key-area-0-crc-wrong', letter, [{ op: 'xor', at: 4096 + 72, hex: u8(1) }], opens(letter, 3));
derived('both-key-areas-zeroed', letter, [wipe(0, 24576), wipe(1048576, 24576)], damagedOnly);
derived('both-key-areas-wrong-magic', letter, [{ op: 'write', at: 0, hex: Buffer.from('XXX') }, { op: 'write', at: 1048576, hex: Buffer.from('XXX') }], damagedOnly, 'root slots show that it is a container');
derived('both-key-areas-crc-wrong', letter, [{ op: 'xor', at: 20512, hex: u8(1) }, { op: 'xor', at: 1048576 + 20512, hex: u8(1) }], damagedOnly);
derived('key-areas-and-rings-zeroed', letter, [wipe(0, 131072), wipe(1048576, 131072)], { expect: 'not-a-container' }, 'batches alone do not make a container; repair may know better');
derived('version-2', letter, [0, 1048576].flatMap(a => { const b = Buffer.from(letter.keyAreaBytes); b[9] = 2; return [{ op: 'write', at: a + 9, hex: u8(2) }, { op: 'write', at: a + 20512, hex: u32(B.crc32(b.subarray(0, 20512))) }]; }), { expect: 'unsupported' });
derived('version-2-in-area-0', letter, [{ op: 'write', at: 9, hex: u8(2) }], opens(letter, 3));
derived('wrong-passphrase', letter, [], { expect: 'wrong-key', open: { passphrase: 'wrong' } });
const newKeys = B.keyArea({ id: letter.id, generation: 2 }, [B.passphraseSlot('one-letter new ', 'a new passphrase', letter.master, FLOOR, TIME + 99)], letter.master).subarray(0, 20516);
const area0 = writeArea(0, newKeys);
derived('key-change-half-way', letter, area0, opens(letter, 3, [], { open: { passphrase: 'a new passphrase' }, counts: cat(newKeys, zero(4060)) }), 'area 0 has key generation 2, area 1 still 1');
derived('key-change-half-way-old-passphrase', letter, area0, { expect: 'wrong-key' }, 'the old copy would open, but the newer one is genuine: this slot was removed');
derived('key-change-half-way-new-copy-damaged', letter, [...area0, { op: 'xor', at: 5000, hex: u8(1) }], opens(letter, 3), 'the new copy is damaged: the old one counts');
derived('foreign-key-area', letter, [0, 1048576].flatMap(a => writeArea(a, film.keyAreaBytes)), damagedOnly, 'key areas of another container: they open, no root slot does');
derived('rings-zeroed', letter, [wipe(65536, 65536), wipe(1048576 + 65536, 65536)], damagedOnly);
derived('newest-slot-zeroed', letter, [wipe(letter.rootHistory[3].at, 4096)], opens(letter, 3), 'the confirmed one is left');
derived('newest-slots-zeroed', letter, lose(letter, 3), opens(letter, 3), 'found by "next batch" of generation 2');
derived('newest-slot-flipped', letter, [{ op: 'xor', at: letter.rootHistory[3].at + 20, hex: u8(1) }], opens(letter, 3));
derived('newest-slots-flipped', letter, lose(letter, 3).map(e => ({ op: 'xor', at: e.at + 20, hex: u8(1) })), opens(letter, 3));
derived('slots-zeroed-before-two-batches', two, [...lose(two, 6), ...lose(two, 5)], opens(two, 4), 'the batch behind generation 4 does not end its commit: the way ends there');
derived('slot-replayed', ring, [{ op: 'write', at: ring.rootHistory[40].at, hex: ring.rootHistory[8].bytes.subarray(0, 128) }, { op: 'write', at: ring.rootHistory[40].confirmed.at, hex: ring.rootHistory[9].bytes.subarray(0, 128) }], opens(ring, 40), 'the slot of generation 40 as it was when it held generation 8');
derived('slots-replayed-behind-reuse', ring, [...[34, 35, 36, 37, 38, 39, 40].map(g => ({ op: 'write', at: ring.rootHistory[g].at, hex: ring.rootHistory[g - 32]?.bytes.subarray(0, 128) ?? zero(128) })), { op: 'write', at: ring.rootHistory[40].confirmed.at, hex: ring.rootHistory[9].bytes.subarray(0, 128) }], opens(ring, 40), 'from generation 33 over the reused batch of 34 to 40');
derived('slots-exchanged', letter, [wipe(letter.rootHistory[3].confirmed.at, 4096), { op: 'write', at: letter.rootHistory[3].at, hex: letter.rootHistory[2].bytes.subarray(0, 128) }, { op: 'write', at: letter.rootHistory[2].at, hex: letter.rootHistory[3].bytes.subarray(0, 128) }], opens(letter, 3), 'slots of generations 2 and 3: neither opens, found from generation 1');
derived('long-trailer-second-chunk-flipped', wide, flip(find(wide, 3, 'trailer', 1)), opens(wide, 2, [3]));
derived('reserve-newest-slots-zeroed', spare, [wipe(spare.rootHistory[3].at, 4096), wipe(spare.rootHistory[4].at, 4096)], opens(spare, 4), 'found from generation 2 through the reserve');
derived('reserve-batch-zeroed', spare, [wipe(131072, 4096)], opens(spare, 2, [4, 3]));
derived('fallen-back-slot-zeroed', back, [wipe(back.rootHistory[6].at, 4096)], opens(back, 6), 'found from generation 2, behind which 6 stands, though 4 and 5 are newer and open too');
derived('fallen-back-slots-zeroed', back, [3, 4, 5, 6].map(g => wipe(back.rootHistory[g].at, 4096)), opens(back, 6));
derived('fallen-back-commit-flipped', back, flip(find(back, 6, 'commit')), opens(back, 2, [6, 5, 4, 3]), '5 and 4 open, but what stands where they name the one before is not it');
derived('segment-1-missing', segments, [{ op: 'remove', segment: 1 }], opens(segments, 2, [4, 3], { lost: [4] }));
derived('segment-1-truncated', segments, [{ op: 'truncate', length: 8192, segment: 1 }], opens(segments, 3, [4], { lost: [4] }));
derived('segment-1-batch-zeroed', segments, [{ ...wipe(8192, 4096), segment: 1 }], opens(segments, 3, [4], { lost: [4] }));
derived('segment-1-header-flipped', segments, [{ op: 'xor', at: 20, hex: u8(1), segment: 1 }], opens(segments, 4, [], { damagedSegments: [1] }), 'reported; nothing in it is needed to read');
derived('segment-1-header-zeroed', segments, [{ ...wipe(0, 4096), segment: 1 }], opens(segments, 4, [], { damagedSegments: [1] }));
derived('areas-0-and-1-zeroed', areas, [wipe(0, 131072), wipe(1048576, 131072)], opens(areas, 5), 'key area 2, and generation 5 in its ring');
derived('area-2-zeroed', areas, [wipe(33554432, 131072)], opens(areas, 5), 'generation 5 is found from 4');
derived('first-8-mib-zeroed', areas, [wipe(0, 8388608)], { expect: 'ok', generation: 5, dropped: [], listing: areas.listings[5].map(f => f.path === 'erster.txt' ? { ...f, sha256: undefined, damaged: [[0, 600]] } : f) }, 'a lost erase unit: all nodes of generation 5 stand behind it, one letter does not');
derived('beyond-end-not-zero', letter, [{ op: 'xor', at: letter.end, hex: given('stale', 64) }], opens(letter, 3), 'what stands behind "end" does not matter');
derived('text-file', null, [{ op: 'bytes', hex: Buffer.from('Dear reader,\nthis is a text and no container.\n') }], { expect: 'not-a-container' });
derived('empty-file', null, [], { expect: 'not-a-container' });
derived('hundred-bytes', null, [{ op: 'bytes', hex: cat(given('hundred', 64), given('hundred 2', 36)) }], { expect: 'not-a-container' });
derived('zeros', null, [{ op: 'zeros', length: 1441792 }], { expect: 'not-a-container' });

for (const v of cases.filter(x => x.listing)) {                               // the same listing again and again: kept with its base
  const { listings } = sources[v.base], same = Object.keys(listings).find(g => Number(g) === v.generation && isDeepStrictEqual(listings[g].list, v.listing));
  if (same) { delete v.listing; listings[same].used = true; }
}
for (const x of Object.values(sources)) x.listings = Object.fromEntries(Object.entries(x.listings).filter(([, l]) => l.used).map(([g, l]) => [g, l.list]));
group('containers', 'Whole containers, sections 1 to 8. A case is a base file with edits made to it, in order. README.md explains.', { sources }, cases);
console.log(check ? (wrong ? `${wrong} files differ` : 'all files as generated') : 'written');
process.exit(wrong ? 1 : 0);
