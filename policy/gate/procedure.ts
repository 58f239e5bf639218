import { type CheckMaker, under } from './fact.ts';

/** How decisions under the summary procedure (简易程序) are called; they are made on the spot (当场). */
const SUMMARY = /简易程序|当场处罚|当场行政处罚/;

/** Where a decision says so that has no field for it. */
const TEXTS = ['penaltyType', 'content', 'remarks', 'basis'] as const;

/** Only penalties under the general procedure (一般程序) are dishonest conduct. Source: SH-12, NT-12, ZD-15. */
export const generalProcedure: CheckMaker = (recordType, { generalProcedure: rule }) => {
  if (!rule || recordType !== 'AdministrativePenalty') return null;
  return ({ negative, own, documentNumber }) => {
    if (!negative || own['procedure'] === 'GENERAL') return null;
    const field =
      own['procedure'] === 'SUMMARY'
        ? 'procedure'
        : (TEXTS.find((name) => SUMMARY.test(String(own[name] ?? ''))) ??
          (SUMMARY.test(documentNumber ?? '') ? 'documentNumber' : null));
    if (field === null) return null;
    const zh = '适用简易程序的行政处罚不作为失信信息归集';
    const en = 'a penalty under the summary procedure is not collected as dishonest conduct';
    return { rule: 'SUMMARY_PROCEDURE', field, reason: under(rule, zh, en) };
  };
};
