import { text } from './cells.ts';
import type { Column, Place } from './layout.ts';

const CODE_NAMES = ['统一社会信用代码', '社会信用代码', '行政相对人代码_1', '行政相对人代码'];

/**
 * Columns 1 to 13 of double publicity (双公示), 2018 edition: the administrative counterpart (行政相对人). The
 * representative's own documents and the numbers that identify nobody today (税务登记号 …) are checked and not
 * kept.
 * @param prefix of the field codes: CF for penalties, XK for permits
 * @param representative where 法定代表人 goes
 */
export function counterpart2018(prefix: 'CF' | 'XK', representative?: Place): Column[] {
  const c = `${prefix}_XDR`;
  return [
    { header: '行政相对人名称', code: `${c}_MC`, required: true, cell: text(200), to: 'subject.name' },
    { header: '行政相对人类别', code: `${c}_LB`, required: true, cell: text(100), to: 'subject.class' },
    {
      header: '行政相对人代码_1（统一社会信用代码）',
      code: `${c}_SHXYM`,
      also: CODE_NAMES,
      cell: text(50),
      to: 'subject.code',
    },
    {
      header: '行政相对人代码_2（工商注册号）',
      code: `${c}_GSZC`,
      also: ['行政相对人代码_2', '工商注册号'],
      cell: text(50),
      to: 'subject.registrationNumber',
    },
    {
      header: '行政相对人代码_3（组织机构代码）',
      code: `${c}_ZZJG`,
      also: ['行政相对人代码_3', '组织机构代码'],
      cell: text(20),
      to: 'subject.organizationCode',
    },
    {
      header: '行政相对人代码_4（税务登记号）',
      code: `${c}_SWDJ`,
      also: ['行政相对人代码_4', '税务登记号'],
      cell: text(50),
    },
    {
      header: '行政相对人代码_5（事业单位证书号）',
      code: `${c}_SYDW`,
      also: ['行政相对人代码_5', '事业单位证书号'],
      cell: text(50),
    },
    {
      header: '行政相对人代码_6（社会组织登记证号）',
      code: `${c}_SHZZ`,
      also: ['行政相对人代码_6', '社会组织登记证号'],
      cell: text(50),
    },
    { header: '法定代表人', code: `${prefix}_FRDB`, cell: text(50), to: representative },
    { header: '法定代表人证件类型', code: `${prefix}_FR_ZJLX`, also: ['证件类型'], cell: text(64) },
    { header: '法定代表人证件号码', code: `${prefix}_FR_ZJHM`, also: ['证件号码'], cell: text(64) },
    { header: '证件类型', code: `${c}_ZJLX`, also: ['自然人证件类型', '证件类型（自然人）'], cell: text(64) },
    {
      header: '证件号码',
      code: `${c}_ZJHM`,
      also: ['自然人证件号码', '证件号码（自然人）'],
      cell: text(64),
      to: 'subject.citizenId',
    },
  ];
}

/**
 * The counterpart in the first edition (2015): no class; which code is filled in tells whether it is a
 * natural person.
 */
export function counterpart2015(prefix: 'CF' | 'XK', representative?: Place): Column[] {
  const c = `${prefix}_XDR`;
  return [
    {
      header: '行政相对人名称',
      code: `${c}_MC`,
      also: [c],
      required: true,
      cell: text(200),
      to: 'subject.name',
    },
    {
      header: '行政相对人代码_1（统一社会信用代码）',
      code: `${c}_SHXYM`,
      also: CODE_NAMES,
      cell: text(50),
      to: 'subject.code',
    },
    {
      header: '行政相对人代码_2（组织机构代码）',
      code: `${c}_ZDM`,
      also: ['组织机构代码'],
      cell: text(50),
      to: 'subject.organizationCode',
    },
    {
      header: '行政相对人代码_3（工商登记码）',
      code: `${c}_GSDJ`,
      also: ['工商登记码', '工商注册号'],
      cell: text(50),
      to: 'subject.registrationNumber',
    },
    { header: '行政相对人代码_4（税务登记号）', code: `${c}_SWDJ`, also: ['税务登记号'], cell: text(50) },
    {
      header: '行政相对人代码_5（居民身份证号）',
      code: `${c}_SFZ`,
      also: ['居民身份证号', '身份证号'],
      cell: text(64),
      to: 'subject.citizenId',
    },
    {
      header: '法定代表人姓名',
      code: `${prefix}_FR`,
      also: ['法定代表人'],
      cell: text(256),
      to: representative,
    },
  ];
}

/** The subject in the other layouts: a name, and one column for a code of any kind. */
export function subjectColumns(name: string, ...also: string[]): Column[] {
  return [
    {
      header: name,
      also: [...also, '主体名称', '信用主体名称', '企业名称', '单位名称', '行政相对人名称', '名称'].filter(
        (n) => n !== name,
      ),
      required: true,
      cell: text(200),
      to: 'subject.name',
    },
    {
      header: '统一社会信用代码',
      also: [
        '社会信用代码',
        '主体代码',
        '代码原值',
        '统一社会信用代码/组织机构代码',
        '统一社会信用代码/身份证号',
        '代码',
      ],
      cell: text(50),
      to: 'subject.code',
    },
    {
      header: '身份证号',
      also: ['身份证号码', '证件号码', '公民身份号码'],
      cell: text(64),
      to: 'subject.citizenId',
    },
  ];
}
