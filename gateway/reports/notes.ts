import type { Message } from '../../policy/message.ts';
import type { AskedReport } from './asked.ts';
import type { ReportDocument } from './document.ts';

const GENERAL: Message[] = [
  {
    zh: '本报告载明的信息由信息提供单位提供，其真实性由提供单位负责；仅含出具之日在查询期限内的信息。',
    en: 'What this report states was provided by the units named and is theirs to answer for; it holds what is in term on the day it was made.',
  },
  {
    zh: '信息主体对信息有异议的，记录附异议标注；自主申报的信息未经核实。',
    en: 'A record that its subject disputes is marked; what a subject declared itself was not verified.',
  },
  {
    zh: '本报告可凭报告编号和摘要查验，查验不披露主体信息。',
    en: 'The report can be verified by its number and digest; verification discloses nothing of the subject.',
  },
];

const scopeNote = ({ matter, kind }: Pick<AskedReport, 'matter' | 'kind'>): Message => {
  if (!matter)
    return { zh: '本报告应信息主体本人申请出具。', en: 'This report was made for the subject itself.' };
  if (kind === 'FINANCE')
    return {
      zh: `本报告经信息主体授权，为「${matter.name}」出具，仅含该应用事项范围内的目录事项；未公开又未授权的部分不含在内，各部分均予注明。`,
      en: `This report was made for "${matter.name}" by authorization of the subject. It holds items in the scope of that matter; what is neither public nor authorized is not included, as each part says.`,
    };
  return {
    zh: `本报告为「${matter.name}」出具，仅含该应用事项范围内对查询人开放的信息；未列入的部分均予注明。`,
    en: `This report was made for "${matter.name}" and holds what is open to who asked within the scope of that matter; what is not included is said of each part.`,
  };
};

const certificateNotes = (certificate: NonNullable<ReportDocument['certificate']>): Message[] => {
  const { from, to, basis } = certificate;
  return [
    {
      zh: `“无记录”指该领域各失信信息事项在 ${from} 至 ${to} 期间没有在查询期限内的记录，不含已过查询期限、已修复或者已撤销的信息；“不作说明”指该领域有未对查询人开放的部分，不得视为无记录。`,
      en: `"None on file" means that no record of the field's negative items from ${from} to ${to} is on file and in term; records past their term, repaired or revoked are not counted. "Not stated" means that part of the field is not open to who asked: it is not to be read as none.`,
    },
    ...(basis
      ? [
          {
            zh: `依据《${basis.document}》${basis.article}，公共信用信息报告可替代无违法违规证明。`,
            en: `By ${basis.article} of ${basis.document} a credit report stands in place of a certificate of no violation.`,
          },
        ]
      : []),
  ];
};

/** 报告说明 */
export const notesOf = (
  asked: Pick<AskedReport, 'matter' | 'kind'>,
  certificate: ReportDocument['certificate'],
): Message[] => [...GENERAL, scopeNote(asked), ...(certificate ? certificateNotes(certificate) : [])];
