import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { type ToPrint, definitionOf } from './definition.ts';

/** What the thread is sent, and what it answers; null: it could not be printed. */
export interface PrintJob extends ToPrint {
  id: number;
}
export interface Printed {
  id: number;
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

parentPort?.on('message', ({ id, ...toPrint }: PrintJob) => {
  const answer = (printed: Omit<Printed, 'id'>) =>
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    parentPort?.postMessage({ id, ...printed } satisfies Printed);
  pdfmake
    .createPdf(definitionOf(toPrint))
    .getBuffer()
    .then(
      (pdf) => answer({ pdf }),
      (error: unknown) => answer({ pdf: null, error: String(error) }),
    );
});
