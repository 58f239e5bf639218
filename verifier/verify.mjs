#!/usr/bin/env node
// Checks an export of the journal (credit journal export), checkpoints that were kept elsewhere, and receipts of single queries.
// It needs Node and nothing else: no database, no gateway, no file of the project. Every step follows a published text:
//   leaves, nodes, roots and inclusion proofs   RFC 6962, section 2.1
//   checkpoints and their signatures            C2SP signed-note and tlog-checkpoint, Ed25519 (RFC 8032)
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const USAGE = `用法 usage: node verify.mjs [EXPORT] [--key KEY]... [--checkpoint FILE]... [--receipt FILE]...
  EXPORT            credit journal export 写出的文件 / file that it wrote
  --key KEY         验证公钥，请从可信处取得（GraphQL journalKey）/ verifier key, from a place that you trust
  --checkpoint FILE 另行保存的检查点 / a checkpoint that you kept
  --receipt FILE    { journalEntry { id sealed { index size checkpoint proof leaf } } } 的应答 / the answer, as JSON
`;

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const leafHash = (content) => sha256(Buffer.of(0), content);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

/** The right edge of a growing tree: complete subtrees, the largest first. */
class Tree {
  size = 0;
  #edge = [];

  append(hash) {
    let node = { width: 1, hash };
    while (this.#edge.at(-1)?.width === node.width)
      node = { width: node.width * 2, hash: nodeHash(this.#edge.pop().hash, node.hash) };
    this.#edge.push(node);
    this.size += 1;
  }

  root() {
    const hashes = this.#edge.map(({ hash }) => hash);
    return hashes.length === 0 ? sha256() : hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** Root that an audit path leads to from a leaf; null where the path does not fit. */
function rootOfProof(hash, index, size, path) {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) return null;
  let [root, at, last] = [hash, index, size - 1];
  for (const other of path) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      root = nodeHash(other, root);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else root = nodeHash(root, other);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}

/** Size and root of a checkpoint that one of the keys signed; null where none did. A key is name+id+base64(1, public key). */
function openCheckpoint(note, keys) {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  for (const key of keys) {
    const [, name, encoded] = /^([^\s+]+)\+[0-9a-f]{8}\+(\S+)$/.exec(key) ?? [];
    const raw = Buffer.from(encoded ?? '', 'base64');
    if (end < 0 || raw.length !== 33 || raw[0] !== 1) continue;
    const id = sha256(`${name}\n`, raw).subarray(0, 4);
    const x = raw.subarray(1).toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    for (const line of note.slice(end + 2).split('\n')) {
      if (!line.startsWith(`— ${name} `)) continue;
      const bytes = Buffer.from(line.slice(`— ${name} `.length), 'base64');
      const [origin, size, root] = text.split('\n');
      const good = bytes.subarray(0, 4).equals(id) && verify(null, text, publicKey, bytes.subarray(4));
      if (good && origin === name && /^(0|[1-9]\d*)$/.test(size))
        return { size: Number(size), root: Buffer.from(root, 'base64') };
    }
  }
  return null;
}

/** Lines of a file as bytes, without the newlines. */
async function* linesOf(file) {
  let rest = Buffer.alloc(0);
  for await (const piece of createReadStream(file)) {
    rest = Buffer.concat([rest, piece]);
    let start = 0;
    for (let end; (end = rest.indexOf(10, start)) >= 0; start = end + 1) yield rest.subarray(start, end);
    rest = rest.subarray(start);
  }
  if (rest.length > 0) yield rest;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    key: { type: 'string', multiple: true, default: [] },
    checkpoint: { type: 'string', multiple: true, default: [] },
    receipt: { type: 'string', multiple: true, default: [] },
  },
});
const [file] = positionals;
if (positionals.length > 1 || (!file && values.receipt.length === 0)) {
  process.stderr.write(USAGE);
  process.exit(2);
}

let keys = values.key;
const failures = [];
const fail = (zh, en) => failures.push(`${zh} / ${en}`);

const receipts = values.receipt.map((name) => {
  const answer = JSON.parse(readFileSync(name, 'utf8'));
  const entry = answer.data?.journalEntry ?? answer.journalEntry ?? answer;
  return { name, id: entry.id, ...entry.sealed };
});
const notes = [
  ...values.checkpoint.map((name) => ({ name, note: readFileSync(name, 'utf8') })),
  ...receipts.map(({ name, checkpoint }) => ({ name, note: String(checkpoint) })),
];

if (file) {
  // Roots at the sizes that checkpoints speak of; their signatures are looked at once the key is known, which comes last in the file.
  const sizes = new Set(notes.map(({ note }) => Number(note.split('\n')[1])));
  const indexes = new Set(receipts.map(({ index }) => index));
  const roots = new Map();
  const leaves = new Map();
  const tree = new Tree();
  let line;
  for await (const next of linesOf(file)) {
    if (line) {
      const hash = leafHash(line);
      if (indexes.has(tree.size)) leaves.set(tree.size, hash);
      tree.append(hash);
      if (sizes.has(tree.size)) roots.set(tree.size, tree.root());
    }
    line = Buffer.from(next);
  }
  let last = {};
  try {
    last = JSON.parse(line?.toString() ?? '');
  } catch {
    fail('导出文件不完整', 'the export is not complete');
  }
  if (keys.length === 0 && last.key) {
    keys = [last.key];
    process.stderr.write(
      '注意：公钥取自导出文件本身，请用 --key 指明可信的公钥 / the key is the one in the export: give one that you trust by --key\n',
    );
  }
  const signed = openCheckpoint(String(last.checkpoint), keys);
  if (!signed) fail('导出文件的检查点签名无效', "the signature of the export's checkpoint is not good");
  else if (signed.size !== tree.size)
    fail(
      `应有 ${signed.size} 条，实有 ${tree.size} 条`,
      `${signed.size} entries are signed, ${tree.size} are there`,
    );
  else if (!signed.root.equals(tree.root()))
    fail('日志条目与检查点不符', 'the entries are not those that the checkpoint signs');
  for (const { name, note } of notes) {
    const kept = openCheckpoint(note, keys);
    if (!kept) continue;
    if (kept.size > tree.size)
      fail(
        `${name}：检查点有 ${kept.size} 条，导出只有 ${tree.size} 条`,
        `${name}: knows ${kept.size} entries, the export has ${tree.size}`,
      );
    else if (kept.size > 0 && !roots.get(kept.size)?.equals(kept.root))
      fail(
        `${name}：前 ${kept.size} 条已不是所签署的`,
        `${name}: the first ${kept.size} entries are not those that it signs`,
      );
  }
  for (const { name, index, leaf } of receipts)
    if (!leaves.get(index)?.equals(leafHash(leaf)))
      fail(
        `${name}：导出中第 ${index} 条与回执不符`,
        `${name}: entry ${index} of the export is not the receipt's`,
      );
  process.stdout.write(`${tree.size} 条日志 entries, root ${tree.root().toString('base64')}\n`);
}

for (const { name, note } of notes)
  if (!openCheckpoint(note, keys)) fail(`${name}：签名无效`, `${name}: its signature is not good`);

for (const { name, id, index, size, checkpoint, proof, leaf } of receipts) {
  const path = proof.map((hash) => Buffer.from(hash, 'base64'));
  const root = rootOfProof(leafHash(leaf), index, size, path);
  const signed = openCheckpoint(String(checkpoint), keys);
  if (signed && !(signed.size === size && root && signed.root.equals(root)))
    fail(`${name}：证明不能导出检查点的根`, `${name}: the proof does not lead to the checkpoint's root`);
  if (JSON.parse(leaf).id !== id)
    fail(`${name}：叶不是回执 ${id} 的`, `${name}: the leaf is not that of receipt ${id}`);
}

for (const failure of failures) process.stdout.write(`✗ ${failure}\n`);
if (failures.length === 0) process.stdout.write('✓ 无误 intact\n');
process.exitCode = failures.length === 0 ? 0 : 1;
