import type pg from 'pg';
import type { ReportKind } from '../../../records/creditReport.ts';
import { type OwnKey, type OwnPage, ownPages } from '../ownPages.ts';
import { GIVEN_OUT } from './reports.ts';

/** A report that a subject had made of itself. */
export interface OwnReport {
  /** Order of making, as text. */
  seq: string;
  number: string;
  kind: ReportKind;
  madeOn: string;
}

/** Reports that subjects had made of themselves. */
export const ownReports = (pool: pg.Pool): ((key: OwnKey) => Promise<OwnPage<OwnReport>>) =>
  ownPages(pool, 'own_credit_reports', {
    columns: 'r.seq, r.number, r.kind, r.made_on::text as "madeOn"',
    from: 'credit_report r',
    isOwn: `r.subject_id = k.subject_id and r.unit is null and ${GIVEN_OUT}`,
  });
