import { badInput, refusal } from '../../records/errors.ts';
import type { ConsentFile } from '../../records/import/consent.ts';
import { correctionFile } from '../../records/import/correctionFile.ts';
import { type Row, checkedRow } from '../../records/import/reading/row.ts';
import type { Layout } from '../../records/import/layout.ts';
import { importRows } from '../../records/import/submission.ts';
import type { Intake } from '../../records/intake.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import type { SubgraphParts } from '../../records/subgraph.ts';
import type { ReceiptRow, Receipts } from './receipts.ts';
import { targetOf } from './target.ts';

export interface IntakeParts extends SubgraphParts {
  receipts: Receipts;
  consents: ConsentFile;
  /** The collection's copy of the catalogue; null while it is stale. */
  snapshot: () => Snapshot | null;
}

export function createIntake(parts: IntakeParts): Intake {
  const { receipts, consents, packs, calendar } = parts;
  const { records, subjects, layouts } = parts.intake;
  return {
    async submit({ source, route, rows, secrecyReview, onProgress, ...submission }) {
      const target = targetOf(submission, layouts, currentOf(parts.snapshot()));
      return importRows({
        ...target,
        source,
        route,
        rows: rows ?? nothing(target.layout),
        packs,
        calendar,
        today: parts.today(),
        subjects,
        sink: records,
        receipts,
        consents,
        secrecyReview,
        ...(onProgress && { onProgress }),
      });
    },
    async corrections(id) {
      const receipt = await receipts.one(id);
      return receipt ? correctionFile(receipt.header, receipts.rejectedRows(id), id) : null;
    },
  };
}

/** Collects a quarantined row that a person has let through, under the receipt of its batch [SH-14]. */
export async function collectReleased(
  parts: IntakeParts,
  receipt: ReceiptRow,
  { line, cells }: { line: number; cells: readonly string[] },
): Promise<void> {
  const { receipts, consents, packs, calendar } = parts;
  const { records, subjects, layouts } = parts.intake;
  const { jurisdiction, provider, source, header, secrecyReviewedBy, secrecyReviewedOn } = receipt;
  const layout = layouts.get(receipt.layout);
  if (!layout) throw badInput('id', { zh: '数据标准已不存在', en: 'its layout is no longer there' });
  const { itemsByCode } = currentOf(parts.snapshot());
  const items = receipt.items.map((code) => itemsByCode.get(code));
  await importRows({
    layout,
    items: {
      organizations: items.find((item) => item?.aboutPersons === false) ?? null,
      persons: items.find((item) => item?.aboutPersons) ?? null,
    },
    provider,
    jurisdiction,
    source,
    rows: rowsOf(header, line, cells),
    packs,
    calendar,
    today: parts.today(),
    subjects,
    sink: records,
    receipts: {
      start: async () => receipt.id,
      addRejects: (id, rejects) => receipts.addRejects(id, rejects),
      addQuarantined: (id, rows) => receipts.addQuarantined(id, rows),
      closeRejects: (id, rejects) => receipts.closeRejects(id, rejects),
      finish: (id, counts, _outcome, accepted) => receipts.settle(id, counts, accepted),
    },
    consents,
    secrecyReview:
      secrecyReviewedBy && secrecyReviewedOn
        ? { reviewedBy: secrecyReviewedBy, reviewedOn: secrecyReviewedOn }
        : null,
    released: true,
  });
}

/** The header alone. */
async function* nothing({ columns }: Layout): AsyncGenerator<Row> {
  yield checkedRow(
    0,
    columns.map(({ header }) => header),
  );
}

async function* rowsOf(
  header: readonly string[],
  line: number,
  cells: readonly string[],
): AsyncGenerator<Row> {
  yield checkedRow(1, [...header]);
  yield checkedRow(line, [...cells]);
}

function currentOf(snapshot: Snapshot | null): Snapshot {
  if (snapshot) return snapshot;
  throw refusal(
    'SUBGRAPH_UNAVAILABLE',
    { zh: '目录暂不可用', en: 'the catalogue is not available' },
    { subgraph: 'catalogue' },
  );
}
