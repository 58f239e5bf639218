import type { AgencyDoor, ArchivePage } from './delivery.ts';

function together(pages: readonly ArchivePage[], first: number): ArchivePage {
  const rows = pages.flatMap((page) => page.rows).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { rows: rows.slice(0, first), total: pages.reduce((sum, { total }) => sum + total, 0) };
}

/**
 * One door for records of every type, to whichever agency keeps them.
 * @param doorOf the agency of a record type; throws where there is none
 * @param all every agency
 */
export function routedDoor(
  doorOf: (recordType: string) => AgencyDoor,
  all: () => readonly AgencyDoor[],
): AgencyDoor {
  return {
    deliver: async (recordType, records) => doorOf(recordType).deliver(recordType, records),
    listed: async (recordType, ...rest) => doorOf(recordType).listed(recordType, ...rest),
    withdraw: async (recordType, ...rest) => doorOf(recordType).withdraw(recordType, ...rest),
    facts: async (recordType, ...rest) => doorOf(recordType).facts(recordType, ...rest),
    factsOf: async (recordType, keys) => doorOf(recordType).factsOf(recordType, keys),
    conductSince: async (question) => doorOf(question.recordType).conductSince(question),
    brokenPromise: async (recordType, ...rest) => doorOf(recordType).brokenPromise(recordType, ...rest),
    amend: async (amendment) => doorOf(amendment.recordType).amend(amendment),
    archived: async (question) => {
      const { recordType, first } = question;
      const asked = recordType === null ? all() : [doorOf(recordType)];
      return together(await Promise.all(asked.map((door) => door.archived(question))), first);
    },
  };
}
