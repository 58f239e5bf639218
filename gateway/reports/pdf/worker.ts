import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { Answered, Asked } from '../../../platform/thread.ts';
import { type ToPrint, definitionOf } from './definition.ts';

/** Null: it could not be printed, for the reason in `error`. */
export interface Printed {
  pdf: Uint8Array | null;
  error?: string;
}

interface PdfMake {
  setFonts(fonts: Record<string, Record<string, string>>): void;
  setUrlAccessPolicy(allows: (url: string) => boolean): void;
  setLocalAccessPolicy(allows: (path: string) => boolean): void;
  createPdf(definition: object): { getBuffer(): Promise<Uint8Array> };
}

const require = createRequire(import.meta.url);
const pdfmake = require('pdfmake') as PdfMake;
const FONTS = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'));
const FILES = { normal: '400Regular/NotoSansSC_400Regular.ttf', bold: '700Bold/NotoSansSC_700Bold.ttf' };
const fonts = { normal: join(FONTS, FILES.normal), bold: join(FONTS, FILES.bold) };

pdfmake.setFonts({ NotoSansSC: { ...fonts, italics: fonts.normal, bolditalics: fonts.bold } });
// What a report says is data: nothing in it makes the printer read another file, or ask anybody.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path === fonts.normal || path === fonts.bold);

parentPort?.on('message', ({ id, question }: Asked<ToPrint>) => {
  const answer = (printed: Printed) =>
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    parentPort?.postMessage({ id, answer: printed } satisfies Answered<Printed>);
  pdfmake
    .createPdf(definitionOf(question))
    .getBuffer()
    .then(
      (pdf) => answer({ pdf }),
      (error: unknown) => answer({ pdf: null, error: String(error) }),
    );
});
