import { createHash } from 'node:crypto';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import type { Answer, AskOptions, City } from '../support/city.ts';

const ENTRY =
  'id item itemName provider { code name } jurisdiction documentNumber title formedOn determinedOn endedOn visibleUntil grade selfDeclared dispute { since by stage note } values { field label value } changes { at reason by { code name } }';
export const MAKE =
  'mutation Make($input: MakeCreditReportInput!) { makeCreditReport(input: $input) { report { number digest keptUntil document pdf json } } }';
/** What the document says, by GraphQL. */
export const TYPED = `mutation Make($input: MakeCreditReportInput!) { makeCreditReport(input: $input) { report {
  number digest kind madeOn document subject { name code kind status } notes { zh en }
  sections { number title { zh en } parts { recordType title items openItems closedFields entries { ${ENTRY} } } }
  certificate { from to basis { document article } fields { unit { code name } outcome items closedItems entries { ${ENTRY} } } }
  looks { total entries { at basis unit { code name } channel purpose items } } } } }`;
export const VERIFY =
  'query Verify($number: String!, $digest: String!) { verifyReport(number: $number, digest: $digest) { status kind madeOn } }';

export interface Entry {
  id: string;
  item: string;
  provider: { name: string };
  documentNumber: string | null;
  values: { field: string; label: string; value: string }[];
  changes: { reason: string | null; by: { name: string } | null }[];
  dispute: { since: string; stage: string } | null;
}
export interface Part {
  recordType: string;
  items: number;
  openItems: number;
  closedFields: string[];
  entries: Entry[];
}
export interface Report {
  number: string;
  digest: string;
  document: string;
  pdf: string;
  json: string;
  keptUntil: string;
  notes: { zh: string; en: string }[];
  sections: { number: number; title: { zh: string }; parts: Part[] }[];
  certificate: {
    basis: unknown;
    fields: {
      unit: { code: string };
      outcome: string;
      items: string[];
      closedItems: string[];
      entries: Entry[];
    }[];
  };
  looks: {
    total: number;
    entries: { basis: string; unit: { name: string } | null; items: string[] }[];
  } | null;
}

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

export const codeOf = ({ errors }: Answer): string => errors?.[0]?.extensions.code ?? 'ANSWERED';

/** Whoever asks, with a purpose or as itself. */
export type Asker = Pick<AskOptions, 'token' | 'purpose'>;

export const make = (
  city: Pick<City, 'ask'>,
  asker: Asker,
  input: Record<string, unknown>,
): Promise<Answer> => city.ask(MAKE, { ...asker, variables: { input: { kind: 'STANDARD', ...input } } });

/** What it says is taken from the document that was hashed. @throws where none was made */
export async function made(
  city: Pick<City, 'ask'>,
  asker: Asker,
  input: Record<string, unknown> = {},
): Promise<Report> {
  const answer = await make(city, asker, input);
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  const { report } = answer.data.makeCreditReport;
  return { ...JSON.parse(report.document), ...report };
}

export const verify = async (city: Pick<City, 'ask'>, number: string, digest: string) =>
  (await city.ask(VERIFY, { variables: { number, digest } })).data?.verifyReport;

/** A report's file, as whoever had it made. */
export const fetched = (city: City, path: string, { token, purpose }: Asker): Promise<Response> => {
  const matter = typeof purpose === 'string' ? purpose : purpose?.matter;
  return fetch(`${city.running.url}${path}`, {
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(matter && { 'query-purpose': matter }),
    },
  });
};

export async function pdfOf(city: City, path: string, asker: Asker) {
  const response = await fetched(city, path, asker);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const document = await getDocumentProxy(bytes.slice());
  const { text, totalPages } = await extractText(document, { mergePages: true });
  const { info } = await getMeta(document);
  // A line that is broken is one word to a reader.
  return { response, bytes, text: text.replaceAll(/\s/g, ''), pages: totalPages, info };
}

export const entriesOf = ({ sections }: Report): Entry[] =>
  sections.flatMap(({ parts }) => parts.flatMap(({ entries }) => entries));
export const partOf = ({ sections }: Report, recordType: string): Part | undefined =>
  sections.flatMap(({ parts }) => parts).find((part) => part.recordType === recordType);
