import { GIVEN, SURNAMES, VIOLATIONS } from '../words.ts';
import { type Maker, documentNumber, isPerson, yuan } from './draft.ts';

const AdministrativePenalty: Maker = (m) => {
  const [violation, basis, penaltyType] = m.dice.pick(VIOLATIONS);
  const fine = (1 + m.dice.int(200)) * 500;
  return {
    documentNumber: documentNumber('罚', m),
    title: violation,
    formedOn: m.on,
    determinedOn: m.on,
    endedOn: m.on,
    own: {
      violationType: violation,
      facts: `经查，当事人${violation}`,
      basis,
      penaltyType,
      content: `罚款 ${fine} 元`,
      fineAmount: yuan(fine),
      authority: m.unit,
      state: '已执行',
      ...(!isPerson(m) && { legalRepresentative: m.dice.pick(SURNAMES) + m.dice.pick(GIVEN) }),
    },
  };
};

const CoerciveMeasure: Maker = (m) => ({
  documentNumber: documentNumber('强', m),
  title: '查封、扣押',
  formedOn: m.on,
  determinedOn: m.on,
  endedOn: m.later(30),
  own: {
    measureType: m.dice.pick(['查封场所、设施或者财物', '扣押财物', '加处罚款或者滞纳金']),
    reason: '涉嫌违法经营',
    basis: '《行政强制法》第九条',
    authority: m.unit,
  },
});

const Inspection: Maker = (m) => {
  const type = m.dice.pick(['双随机抽查', '专项检查', '日常巡查']);
  return {
    documentNumber: documentNumber('检', m),
    title: type,
    formedOn: m.on,
    determinedOn: m.on,
    endedOn: null,
    own: {
      inspectionType: type,
      result: m.dice.pick(['未发现问题', '未发现问题', '未发现问题', '发现问题已责令改正']),
      authority: m.unit,
    },
  };
};

const Arrears: Maker = (m) => {
  const type = isPerson(m) ? '公用事业费' : m.item.name.includes('税') ? '税款' : '社会保险费';
  return {
    documentNumber: documentNumber('欠', m),
    title: `欠缴${type}`,
    formedOn: m.on,
    determinedOn: m.on,
    endedOn: m.dice.once(2) ? m.later(60 + m.dice.int(300)) : null,
    own: {
      arrearsType: type,
      amount: yuan(300 + m.dice.int(isPerson(m) ? 5000 : 500_000)),
      demandedOn: m.on,
      creditor: m.unit,
    },
  };
};

const ContractRecord: Maker = (m) => {
  const contractName = isPerson(m)
    ? '住房公积金贷款合同'
    : m.dice.pick(['建设工程施工合同', '政府采购合同', '设计合同']);
  return {
    documentNumber: documentNumber('合', m),
    title: contractName,
    formedOn: m.on,
    determinedOn: null,
    endedOn: null,
    own: {
      contractName,
      counterparty: m.unit,
      amount: yuan(100_000 + m.dice.int(9_000_000)),
      performance: m.dice.once(40) ? '逾期履行' : '正常履行',
    },
  };
};

const listing =
  (reasons: readonly string[], removal: string): Maker =>
  (m) => {
    const reason = m.dice.pick(reasons);
    const endedOn = m.dice.once(2) ? m.later(90 + m.dice.int(600)) : null;
    return {
      documentNumber: documentNumber('列', m),
      title: reason,
      formedOn: m.on,
      determinedOn: m.on,
      endedOn,
      own: {
        reason,
        authority: m.unit,
        removalReason: endedOn ? removal : null,
        removalAuthority: endedOn ? m.unit : null,
      },
    };
  };

const AdministrativeAct: Maker = (m) => {
  const [actKind, content] = isPerson(m)
    ? (['PAYMENT', '就业补贴'] as const)
    : m.dice.pick([
        ['CONFIRMATION', '不动产权属确认'],
        ['LEVY', '土地征收'],
        ['COMPENSATION', '征收补偿'],
      ] as const);
  return {
    documentNumber: documentNumber('行', m),
    title: content,
    formedOn: m.on,
    determinedOn: m.on,
    endedOn: null,
    own: { actKind, content, amount: yuan(500 + m.dice.int(100_000)), authority: m.unit },
  };
};

export const penalties: Record<string, Maker> = {
  AdministrativePenalty,
  CoerciveMeasure,
  Inspection,
  Arrears,
  ContractRecord,
  AbnormalListing: listing(
    ['未按规定公示年度报告', '通过登记的住所无法联系', '公示信息隐瞒真实情况'],
    '已补报并公示年度报告',
  ),
  SevereListing: listing(
    ['被列入经营异常名录届满三年仍未履行义务', '拖欠农民工工资情节严重', '生产销售伪劣商品'],
    '期满移出',
  ),
  AdministrativeAct,
};
