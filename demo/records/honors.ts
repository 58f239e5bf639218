import { CHARITIES, HONORS, PERSON_HONORS, PROJECTS } from '../words.ts';
import { type Maker, documentNumber, isPerson, yuan } from './draft.ts';

const Honor: Maker = (m) => {
  const honorName = m.dice.pick(isPerson(m) ? PERSON_HONORS : HONORS);
  return {
    documentNumber: documentNumber('表', m),
    title: honorName,
    formedOn: m.on,
    determinedOn: m.on,
    endedOn: null,
    own: { honorName, level: m.dice.pick(['市级', '区级', '区级']), grantedBy: m.unit },
  };
};

const Volunteering: Maker = (m) => {
  const project = m.dice.pick(PROJECTS);
  return {
    documentNumber: null,
    title: project,
    formedOn: m.on,
    determinedOn: null,
    endedOn: null,
    own: { project, hours: `${1 + m.dice.int(8)}.50`, organizer: m.unit },
  };
};

const Donation: Maker = (m) => {
  const project = m.dice.pick(CHARITIES);
  return {
    documentNumber: null,
    title: project,
    formedOn: m.on,
    determinedOn: null,
    endedOn: null,
    own: { project, amount: yuan(100 + m.dice.int(50_000)), recipient: m.unit },
  };
};

const RedListing: Maker = (m) => {
  const year = Number(m.on.slice(0, 4)) - 1;
  const listName = isPerson(m) ? '守信红名单' : '纳税信用A级纳税人';
  return {
    documentNumber: null,
    title: `${year} 年度${listName}`,
    formedOn: `${year}-12-31`,
    determinedOn: null,
    endedOn: null,
    own: {
      listName,
      year,
      basis: isPerson(m) ? `${year} 年度五一劳动奖章` : `${year} 年度纳税信用评价为 A 级`,
      authority: m.unit,
      ...(!isPerson(m) && { taxpayerNumber: m.subject.code }),
    },
  };
};

export const honors: Record<string, Maker> = { Honor, Volunteering, Donation, RedListing };
