/**
 * 告知承诺: permits made on a promise, and promises that were broken, by the words that units write. The patterns are read alike by
 * JavaScript and PostgreSQL. Source: JS-24.
 */

/** 承诺类型 of a promise in place of an examination: 审批替代型 in the national standard. */
export const PROMISE_TYPES = '告知承诺|审批替代|证明事项';

/** 承诺履约状态 of a promise that was not kept, or false from the start. */
export const BROKEN = '未(全部|完全|按期|如期)?履行|不履行|部分履行|违背|违反|违约|虚假';

/** 当前状态 of a permit that was taken back. */
export const TAKEN_BACK = '撤销|吊销|撤回';

/** Records that a repair by the rule on promises can be about. */
const OF_PROMISES = new Set(['Permit', 'Commitment']);

export const isOfPromises = (recordType: string): boolean => OF_PROMISES.has(recordType);
