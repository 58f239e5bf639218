import { GIVEN, SURNAMES } from '../words.ts';
import { type Maker, isPerson, yuan } from './draft.ts';

const caseNumber = (on: string, word: string, index: number, nth: number): string =>
  `（${on.slice(0, 4)}）示${word}${index}${String(nth).padStart(2, '0')}号`;

const Judgment: Maker = (m) => {
  const cause = m.dice.pick(['买卖合同纠纷', '建设工程合同纠纷', '民间借贷纠纷', '租赁合同纠纷']);
  return {
    documentNumber: caseNumber(m.on, '民初', m.subject.index, m.nth),
    title: cause,
    formedOn: m.on,
    determinedOn: m.on,
    endedOn: m.later(30 + m.dice.int(200)),
    own: {
      cause,
      court: m.unit,
      caseType: '民商事',
      outcome: '判决被告支付价款及利息',
      amount: yuan(10_000 + m.dice.int(2_000_000)),
    },
  };
};

const Enforcement: Maker = (m) => {
  const number = caseNumber(m.on, '执', m.subject.index, m.nth);
  const due = 10_000 + m.dice.int(2_000_000);
  const paid = m.dice.int(due);
  return {
    documentNumber: number,
    title: '有履行能力而拒不履行生效法律文书确定义务',
    formedOn: m.on,
    determinedOn: m.on,
    endedOn: m.dice.once(2) ? m.later(200 + m.dice.int(500)) : null,
    own: {
      court: m.unit,
      province: m.item.jurisdiction.startsWith('31')
        ? '上海'
        : m.item.jurisdiction.startsWith('32')
          ? '江苏'
          : '山东',
      basisNumber: caseNumber(m.on, '民初', m.subject.index, m.nth),
      basisAuthority: m.unit,
      caseNumber: number,
      filedOn: m.on,
      duty: `支付 ${due} 元`,
      fulfilment: paid === 0 ? '全部未履行' : '部分未履行',
      conduct: '有履行能力而拒不履行生效法律文书确定义务',
      fulfilledPart: `${paid} 元`,
      unfulfilledPart: `${due - paid} 元`,
      publishedOn: m.on,
      ...(!isPerson(m) && { legalRepresentative: m.dice.pick(SURNAMES) + m.dice.pick(GIVEN) }),
    },
  };
};

export const judicial: Record<string, Maker> = { Judgment, Enforcement };
