import { GIVEN, PERMITS, PERSON_PERMITS, ROADS, SURNAMES, TRADES } from '../words.ts';
import { type Maker, documentNumber, isPerson, yuan } from './draft.ts';

const Registration: Maker = (m) => {
  const person = isPerson(m);
  return {
    documentNumber: null,
    title: person ? '居住登记' : m.subject.name,
    formedOn: m.on,
    determinedOn: null,
    endedOn: null,
    own: {
      establishedOn: m.on,
      authority: m.unit,
      ...(!person && {
        enterpriseType: m.subject.kind === 'LEGAL_PERSON' ? '有限责任公司（自然人投资或控股）' : '个体工商户',
        legalRepresentative: m.dice.pick(SURNAMES) + m.dice.pick(GIVEN),
        registeredCapital: yuan((1 + m.dice.int(500)) * 100_000),
        capitalCurrency: 'CNY',
        businessScope: `${m.dice.pick(TRADES)}，${m.dice.pick(TRADES)}；依法须经批准的项目，经批准后方可开展经营活动`,
        address: `${m.dice.pick(ROADS)}${1 + m.dice.int(2000)}号`,
      }),
    },
  };
};

const Permit: Maker = (m) => {
  const [certificate, type] = m.dice.pick<readonly [string, string]>(isPerson(m) ? PERSON_PERMITS : PERMITS);
  const number = documentNumber('许', m);
  return {
    documentNumber: number,
    title: `${certificate}准予决定书`,
    formedOn: m.on,
    determinedOn: m.on,
    endedOn: null,
    own: {
      documentName: `${certificate}准予决定书`,
      permitType: type,
      certificateName: certificate,
      certificateNumber: `${m.item.jurisdiction}${m.subject.index}${m.nth}`,
      content: `准予取得${certificate}`,
      validFrom: m.on,
      validUntil: `${Number(m.on.slice(0, 4)) + 5}${m.on.slice(4, 8)}28`,
      authority: m.unit,
      state: '有效',
    },
  };
};

const Qualification: Maker = (m) => {
  const name = isPerson(m)
    ? m.dice.pick(['一级注册建造师', '中级会计师', '注册安全工程师', '工程师', '执业药师'])
    : m.dice.pick(['建筑工程施工总承包', '市政公用工程施工总承包', '消防设施工程专业承包']);
  return {
    documentNumber: null,
    title: name,
    formedOn: m.on,
    determinedOn: m.on,
    endedOn: null,
    own: {
      qualificationName: name,
      level: m.dice.pick(['一级', '二级', '三级']),
      certificateNumber: `ZG${m.subject.index}-${m.nth}`,
      authority: m.unit,
    },
  };
};

const Certification: Maker = (m) => {
  const scheme = m.dice.pick([
    '质量管理体系认证',
    '环境管理体系认证',
    '职业健康安全管理体系认证',
    '强制性产品认证',
  ]);
  return {
    documentNumber: null,
    title: scheme,
    formedOn: m.on,
    determinedOn: m.on,
    endedOn: null,
    own: { scheme, certificateNumber: `RZ${m.subject.index}-${m.nth}`, certifier: '示例认证中心' },
  };
};

const Commitment: Maker = (m) => {
  const commitmentType = m.dice.pick(['审批替代型', '主动型', '行业自律型', '信用修复型', '证明事项型']);
  return {
    documentNumber: null,
    title: commitmentType,
    formedOn: m.on,
    determinedOn: m.on,
    endedOn: null,
    own: {
      commitmentType,
      reason: `${m.dice.pick(['办理许可', '申请补贴', '参加招标', '办理备案'])}事项 ${m.nth}`,
      acceptedBy: m.unit,
      fulfilment: m.dice.once(50) ? '未履行' : '已履行',
    },
  };
};

const Evaluation: Maker = (m) => {
  const year = m.on.slice(0, 4);
  return {
    documentNumber: null,
    title: `${year}年度${m.item.name}`,
    formedOn: m.on,
    determinedOn: m.on,
    endedOn: null,
    own: {
      subjectMatter: `${year}年度${m.item.name}`,
      rating: m.dice.pick(['A', 'A', 'B', 'B', 'C']),
      evaluator: m.unit,
    },
  };
};

const Declaration: Maker = (m) => ({
  documentNumber: null,
  title: `自愿申报 ${m.nth}`,
  formedOn: m.on,
  determinedOn: null,
  endedOn: null,
  own: { content: isPerson(m) ? '本人从业经历和联系方式' : '本单位资产、纳税和用工情况' },
});

const ResponsiblePerson: Maker = (m) => {
  const personName = m.dice.pick(SURNAMES) + m.dice.pick(GIVEN);
  const position = m.dice.pick(['法定代表人', '总经理', '监事', '财务负责人']);
  return {
    documentNumber: null,
    title: `${position} ${personName}`,
    formedOn: m.on,
    determinedOn: null,
    endedOn: null,
    own: { personName, position },
  };
};

export const registration: Record<string, Maker> = {
  Registration,
  Permit,
  Qualification,
  Certification,
  Commitment,
  Evaluation,
  Declaration,
  ResponsiblePerson,
};
