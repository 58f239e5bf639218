import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exportJWK, generateKeyPair } from 'jose';
import {
  GrowingTree,
  type Subtrees,
  inclusionProof,
  leafHash,
  nodeHash,
  rootFromInclusion,
  treeRoot,
} from '../../platform/transparency/merkle.ts';
import {
  checkpointText,
  openNote,
  readCheckpoint,
  signNote,
  verifierKey,
} from '../../platform/transparency/note.ts';

/** Leaves, roots and audit paths published with the reference implementation of RFC 6962. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const PATHS: [index: number, size: number, path: string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
];

const hashes = LEAVES.map((leaf) => leafHash(Buffer.from(leaf, 'hex')));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Subtrees of these leaves, from nothing but the definition. */
const subtreesOf =
  (leaves: readonly Uint8Array[]): Subtrees =>
  async (level, index) => {
    if (level === 0) return leaves[index] as Uint8Array;
    const below = subtreesOf(leaves);
    return nodeHash(await below(level - 1, index * 2), await below(level - 1, index * 2 + 1));
  };

describe('the tree', () => {
  test.each(ROOTS.map((root, size) => [size, root]))(
    'of %i leaves has the published root',
    async (size, root) => {
      const tree = new GrowingTree();
      for (const hash of hashes.slice(0, Number(size))) tree.append(hash);
      expect(hex(tree.root())).toBe(root);
      expect(hex(await treeRoot(subtreesOf(hashes), Number(size)))).toBe(root);
    },
  );

  test.each(PATHS)('leads from leaf %i of %i by the published path', async (index, size, path) => {
    const found = await inclusionProof(subtreesOf(hashes), index, size);
    expect(found.map(hex)).toEqual(path);
    expect(hex(rootFromInclusion(hashes[index] as Buffer, index, size, found) as Uint8Array)).toBe(
      ROOTS[size],
    );
  });

  test('of any size: every leaf is proved, no other leaf, place or size is, and it can be taken up anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), async (size, seed, cut) => {
        const leaves = Array.from({ length: size }, (_, i) => leafHash(Buffer.from(`${seed} ${i}`)));
        const subtrees = subtreesOf(leaves);
        const root = hex(await treeRoot(subtrees, size));
        const index = seed % size;
        const path = await inclusionProof(subtrees, index, size);
        const lead = (hash: Uint8Array, at: number, of: number) => {
          const found = rootFromInclusion(hash, at, of, path);
          return found && hex(found);
        };
        expect(lead(leaves[index] as Buffer, index, size)).toBe(root);
        expect(lead(leafHash(Buffer.from('another')), index, size)).not.toBe(root);
        expect(lead(leaves[index] as Buffer, index + size, size)).toBeNull();
        if (size > 1) expect(lead(leaves[index] as Buffer, (index + 1) % size, size)).not.toBe(root);
        const tree = await GrowingTree.from(subtrees, cut % size);
        for (const hash of leaves.slice(cut % size)) tree.append(hash);
        expect([tree.size, hex(tree.root())]).toEqual([size, root]);
      }),
    );
  });
});

describe('a signed note', () => {
  const PUBLISHED = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;
  const KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';

  test('as published opens by the published key, and not when a letter of it is changed', () => {
    expect(openNote(PUBLISHED, [KEY])).toMatch(/^If you think/);
    expect(openNote(PUBLISHED.replace('answer', 'Answer'), [KEY])).toBeNull();
    expect(openNote(PUBLISHED, [])).toBeNull();
  });

  test('carries a checkpoint there and back', async () => {
    const { privateKey } = await generateKeyPair('Ed25519', { extractable: true });
    const jwk = await exportJWK(privateKey);
    const checkpoint = {
      origin: 'credit.example/journal',
      size: 8,
      root: Buffer.from(ROOTS[8] as string, 'hex'),
    };
    const note = signNote(checkpointText(checkpoint), 'credit.example/journal', jwk);
    const text = openNote(note, [verifierKey('credit.example/journal', jwk)]) as string;
    expect(readCheckpoint(text)).toEqual(checkpoint);
    expect(openNote(note.replace('\n8\n', '\n7\n'), [verifierKey('credit.example/journal', jwk)])).toBeNull();
    expect(readCheckpoint('nothing')).toBeNull();
  });
});
