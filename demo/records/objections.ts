import { type Maker, documentNumber } from './draft.ts';

const Objection: Maker = (m) => {
  const decided = m.later(15);
  const upheld = m.dice.once(2);
  return {
    documentNumber: documentNumber('异', m),
    title: '异议申请',
    formedOn: m.on,
    determinedOn: decided,
    endedOn: decided,
    own: {
      ground: m.dice.pick(['信息存在错误', '信息存在遗漏', '已超过查询期限']),
      stage: decided === null ? 'VERIFYING' : upheld ? 'UPHELD' : 'DISMISSED',
      filedOn: m.on,
      result: decided === null ? null : upheld ? '已更正' : '与提供单位记载一致，维持',
    },
  };
};

const Repair: Maker = (m) => ({
  documentNumber: documentNumber('修', m),
  title: '信用修复',
  formedOn: m.on,
  determinedOn: m.on,
  endedOn: null,
  own: { method: m.dice.pick(['作出信用承诺', '参加信用修复培训', '提交信用报告']), authority: m.unit },
});

export const objections: Record<string, Maker> = { Objection, Repair };
